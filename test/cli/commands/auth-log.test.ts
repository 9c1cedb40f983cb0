import { describe, expect, test } from "bun:test";
import { setDisabled } from "../../../src/services/accounts/admin.ts";
import { EMAIL, PASSWORD } from "../../support/server/account-api.ts";
import { type Online, useOnline } from "../../support/cli/online.ts";

const openOnline = useOnline();

/** Somebody from far away tries a password, and from near by the owner signs in and has a token made. */
async function happen({ api }: Online): Promise<void> {
  const signIn = (password: string, peer: string, device: string) =>
    api.ask("POST", "/api/auth/login", { json: { email: EMAIL, password, device }, peer });
  api.clock.now += 60_000;
  await signIn("not seven tall green lamps", "2001:db8:1:2::7", "x");
  const { body } = await signIn(PASSWORD, "192.0.2.1", "old 📱\u202e");
  await setDisabled(api.accounts, EMAIL, { isDisabled: false, now: api.clock.now + 1 });
  api.clock.now += 60_000;
  await api.ask("POST", "/api/auth/tokens", {
    as: body,
    json: { name: "backup", password: PASSWORD },
    peer: "192.0.2.1",
  });
}

describe("`todo auth log`", () => {
  test("shows what happened to the account, newest first, when, how and from where", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    await happen(online);
    expect(await device.run("auth", "log")).toEqual({
      code: 0,
      out: [
        "2026-11-20 10:02  token create    ok      192.0.2.1        backup",
        "2026-11-20 10:01  account enable  ok      on the server",
        "2026-11-20 10:01  sign in         ok      192.0.2.1        old 📱\\u{202e}",
        "2026-11-20 10:01  sign in         failed  2001:db8:1:2::7",
        "2026-11-20 10:00  sign up         ok                       laptop",
        "",
      ].join("\n"),
      err: "",
    });
    expect(await device.run("auth", "log", "--quiet")).toEqual({ code: 0, out: "", err: "" });
  });

  test("shows it to programs, as many as are wanted", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    await happen(online);
    const events: unknown[] = JSON.parse(await device.print("auth", "log", "--json", "--limit", "4"));
    expect(events.slice(2)).toEqual([
      {
        at: "2026-11-20T09:01:00.000Z",
        event: "sign_in",
        outcome: "ok",
        address: "192.0.2.1",
        network: "192.0.2.1",
        subject: "old 📱\u202e",
      },
      {
        at: "2026-11-20T09:01:00.000Z",
        event: "sign_in",
        outcome: "failed",
        address: "2001:db8:1:2::7",
        network: "2001:db8:1:2::/64",
        subject: null,
      },
    ]);
    for (const [limit, count] of [
      ["1", 1],
      ["0", 5],
      ["999", 5],
    ] as const) {
      expect(JSON.parse(await device.print("auth", "log", "--json", "--limit", limit))).toHaveLength(count);
    }
    expect((await device.run("auth", "log", "--limit", "x")).code).toBe(2);
  });

  test("is not for a personal token", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    device.setup.env["TODO_TOKEN"] = await device.makeToken("ci");
    const { code, out, err } = await device.run("auth", "log");
    expect([code, out]).toEqual([4, ""]);
    expect(err).toContain("only a device that is signed in to an account of this server can do this\n");
  });
});
