import { describe, expect, test } from "bun:test";
import { EMAIL } from "../../support/server/account-api.ts";
import { SITE, useOnline } from "../../support/cli/online.ts";

const openOnline = useOnline();

const OVER = {
  code: 4,
  out: "",
  err: `todo: your session at todo.example.com has ended\n  Log in again: todo login ${SITE}\n`,
};

describe("`todo auth status`", () => {
  test("says where one is logged in, as whom and until when, and that it works, but not the token", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    const { token = "", user = "" } = device.credentials()[SITE] ?? {};
    expect(await device.run("auth", "status")).toEqual({
      code: 0,
      out: [
        `server  ${SITE}`,
        `user    ${EMAIL}`,
        `login   ${device.path}`,
        `token   …${token.slice(-4)}`,
        "ends    2026-11-20 10:15, and is renewed by itself",
        "state   works",
        "",
      ].join("\n"),
      err: "",
    });
    expect(JSON.parse(await device.print("auth", "status", "--json"))).toEqual({
      server: SITE,
      user,
      email: EMAIL,
      source: device.path,
      token: `…${token.slice(-4)}`,
      expires_at: "2026-11-20T09:15:00.000Z",
      renews: true,
      state: "works",
    });
    expect(await device.print("auth", "--quiet", "status")).toBe("works\n");
  });

  test("shows the end of the new token where it got one", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    online.goOn(60 * 60_000);
    expect(await device.print("auth", "status")).toContain("ends    2026-11-20 11:15, and is renewed by itself\n");
  });

  test("says of a personal token what it is and until when", async () => {
    const online = await openOnline();
    const token = await (await online.signUp()).makeToken("ci", "--days", "none");
    const device = online.device();
    device.type(token);
    await device.print("login", SITE, "--token", "-");
    const out = await device.print("auth", "status");
    expect(out).toContain(`\ntoken   todo_pat_…${token.slice(-4)}\nends    never\nstate   works\n`);
    expect(out).not.toContain(token.slice(-8));
  });

  test("says of TODO_TOKEN whose it is", async () => {
    const online = await openOnline();
    const token = await (await online.signUp()).makeToken("ci");
    const device = online.device({ env: { TODO_TOKEN: token } });
    const out = await device.print("auth", "status", "--server", SITE);
    expect(out).toContain(`user    ${EMAIL}\nlogin   TODO_TOKEN\ntoken   todo_pat_…${token.slice(-4)}\n`);
    device.setup.env["TODO_TOKEN"] = "todo_pat_wrong";
    expect(await device.run("auth", "status", "--server", SITE)).toEqual({
      code: 4,
      out: "",
      err: "todo: todo.example.com refuses the token of TODO_TOKEN\n  Set TODO_TOKEN to another one.\n",
    });
  });

  test("says that the session is over, and keeps what it has", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    const other = await online.logIn();
    const listed: { readonly id: string; readonly current: boolean }[] = JSON.parse(
      await other.print("sessions", "--json"),
    );
    await other.print("sessions", "revoke", listed.find(({ current }) => !current)?.id ?? "");
    const before = device.credentials();
    expect(await device.run("auth", "status")).toEqual(OVER);
    expect(device.credentials()).toEqual(before);
  });

  test("says that the server is away, and what is known without it", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    online.state.network = () => Promise.reject(new Error("cut"));
    const { code, out } = await device.run("auth", "status");
    expect(code).toBe(0);
    expect(out).toContain(`user    ${EMAIL}\n`);
    expect(out).toEndWith("\nstate   unknown: the server is away\n");
  });

  test("is for who is logged in", async () => {
    const device = (await openOnline()).device();
    expect(await device.run("auth", "status")).toMatchObject({
      code: 2,
      err: expect.stringContaining("no server is given"),
    });
    expect(await device.run("auth", "status", "--server", SITE)).toMatchObject({
      code: 4,
      err: expect.stringContaining("you are not logged in to todo.example.com"),
    });
  });
});

describe("`todo auth token`", () => {
  test("prints the token of the login alone, for programs too, and asks nobody while it is good", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    const { token = "" } = device.credentials()[SITE] ?? {};
    online.asked.length = 0;
    expect(await device.run("auth", "token")).toEqual({ code: 0, out: `${token}\n`, err: "" });
    expect(await device.print("auth", "token", "--quiet")).toBe(`${token}\n`);
    expect(JSON.parse(await device.print("auth", "--json", "token"))).toEqual({ token });
    expect(online.asked).toEqual([]);
    expect(await online.api.knock(token)).toBe(200);
  });

  test("prints TODO_TOKEN where that is set", async () => {
    const device = (await openOnline()).device({ env: { TODO_TOKEN: "todo_pat_x", TODO_SERVER: SITE } });
    expect(await device.print("auth", "token")).toBe("todo_pat_x\n");
  });

  test("prints nothing where the session is over or the server is away", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    online.goOn(61 * 24 * 60 * 60_000);
    expect(await device.run("auth", "token")).toEqual(OVER);
    online.state.network = () => Promise.reject(new Error("cut"));
    expect(await online.hurry(() => device.run("auth", "token"))).toMatchObject({ code: 6, out: "" });
  });
});
