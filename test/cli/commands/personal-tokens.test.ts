import { describe, expect, test } from "bun:test";
import { PASSWORD } from "../../support/server/account-api.ts";
import { type Device, SITE, useOnline } from "../../support/cli/online.ts";
import { ON_A_TERMINAL } from "../../support/cli/terminal.ts";
import { eventually } from "../../support/server/server.ts";

const openOnline = useOnline();

type Listed = { readonly id: string; readonly name: string };

async function list(device: Device): Promise<Listed[]> {
  return JSON.parse(await device.print("token", "list", "--json"));
}

describe("`todo token create NAME`", () => {
  test("asks for the password on a terminal, and does not show it", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    device.setup.terminals = ON_A_TERMINAL.terminals;
    device.type(PASSWORD);
    const { code, err } = await device.run("token", "create", "backup");
    expect([code, err]).toEqual([0, "Password: \nKeep it now: it is not shown again.\n"]);
  });

  test.each<[string, readonly string[], number, string]>([
    ["a wrong password", ["nine small red lamps"], 4, "todo: todo.example.com: the password is wrong\n"],
    ["no password", [], 2, "todo: there is no password on standard input\n"],
  ])("makes none for %s", async (_, lines, exit, err) => {
    const online = await openOnline();
    const device = await online.signUp();
    device.type(...lines);
    expect(await device.run("token", "create", "backup")).toEqual({ code: exit, out: "", err });
    expect(await list(device)).toEqual([]);
  });

  test("asks for nothing where nobody is logged in", async () => {
    const device = (await openOnline()).device({ ...ON_A_TERMINAL, env: { TODO_SERVER: SITE } });
    const { code, err } = await device.run("token", "create", "backup");
    expect([code, err]).toEqual([4, expect.not.stringContaining("Password:")]);
  });

  test("prints a token that is good for 90 days, alone on standard output", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    device.type(PASSWORD);
    const { code, out, err } = await device.run("token", "create", "backup");
    expect([code, out, err]).toEqual([
      0,
      expect.stringMatching(/^todo_pat_[\w-]{43}\n$/),
      "Keep it now: it is not shown again.\n",
    ]);
    expect(await online.api.knock(out.trim())).toBe(200);
    const body = await online.api.ask("POST", "/api/tasks", { as: out.trim(), json: { title: "Milk" } });
    expect(body.status).toBe(201);
    online.goOn(90 * 24 * 60 * 60_000);
    expect(await online.api.knock(out.trim())).toBe(401);
  });

  test("makes one that can only read", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    const as = await device.makeToken("backup", "--read-only", "--quiet");
    expect(await online.api.knock(as)).toBe(200);
    expect((await online.api.ask("POST", "/api/tasks", { as, json: { title: "Milk" } })).status).toBe(403);
  });

  test.each<[string, string | null]>([
    ["1", "2026-11-21T09:00:00.000Z"],
    ["365", "2027-11-20T09:00:00.000Z"],
    ["none", null],
  ])("takes %s for the days, and says it to programs", async (days, end) => {
    const device = await (await openOnline()).signUp();
    device.type(PASSWORD);
    const { out, err } = await device.run("token", "create", "bot", "--days", days, "--json");
    expect(JSON.parse(out)).toMatchObject({ name: "bot", expires_at: end, scopes: ["tasks:read", "tasks:write"] });
    expect(err).toBe("");
  });

  test.each(["0", "-1", "1.5", "1e2", "ten", "", "٣", "10000"])(
    "takes no %j for the days, and asks nobody",
    async (days) => {
      const online = await openOnline();
      const device = await online.signUp();
      online.asked.length = 0;
      expect(await device.run("token", "create", "bot", `--days=${days}`)).toEqual({
        code: 2,
        out: "",
        err: `todo: ${JSON.stringify(days)} is not a number of days\n  Or: --days none\n`,
      });
      expect(online.asked).toEqual([]);
    },
  );

  test("says what the server says against it", async () => {
    const device = await (await openOnline()).signUp();
    device.type(PASSWORD);
    const { code, out, err } = await device.run("token", "create", " ", "--days", "9999");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toStartWith("todo: todo.example.com: the body is not as it must be\n");
    expect(err).toContain("  name: the name is empty\n");
    expect(err).toContain("  days: ");
  });

  test("is for who is logged in", async () => {
    const online = await openOnline();
    const device = online.device();
    for (const words of [["create", "x"], ["list"], ["revoke", "x"]]) {
      expect(await device.run("token", ...words, "--server", SITE)).toMatchObject({ code: 4, out: "" });
      expect((await device.run("token", ...words)).code).toBe(2);
    }
    expect(online.asked).toEqual([]);
  });
});

describe("`todo token list`", () => {
  test("shows the tokens, the oldest first, of which it has only the ends", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    const one = await device.makeToken("backup", "--read-only");
    online.goOn(60_000);
    const two = await device.makeToken("bot", "--days", "none");
    await online.api.knock(two);
    // The server notes it behind its answer.
    await eventually("the use is noted", async () => (await device.print("token", "list")).includes("last used"));
    const [first, second] = await list(device);
    const { out } = await device.run("token", "list");
    expect(out.split("\n")).toEqual([
      `${first?.id.slice(-8)}  backup  …${one.slice(-8)}  tasks:read              until 2027-02-18 10:00  never used`,
      `${second?.id.slice(-8)}  bot     …${two.slice(-8)}  tasks:read tasks:write  no end                  last used 2026-11-20 10:01`,
      "",
    ]);
    for (const token of [one, two]) expect(out).not.toContain(token.slice(9, 20));
    expect(await device.print("token", "list", "--quiet")).toBe(`${first?.id}\n${second?.id}\n`);
    expect(await device.print("token")).toBe(await device.print("token", "list"));
  });

  test("is empty where there are none", async () => {
    const device = await (await openOnline()).signUp();
    const none = "No program has a token. Make one with: todo token create NAME\n";
    for (const words of [["token"], ["token", "list"]])
      expect(await device.run(...words)).toEqual({ code: 0, out: "", err: none });
    expect(await device.print("token", "--json", "list")).toBe("[]\n");
    expect(await device.run("token", "--quiet")).toEqual({ code: 0, out: "", err: "" });
  });
});

describe("`todo token revoke`", () => {
  test.each<[string, (token: Listed) => string]>([
    ["name", ({ name }) => name],
    ["id", ({ id }) => id],
    ["end of the id", ({ id }) => id.slice(-8)],
  ])("ends the token of this %s, at once, and no other", async (_, nameOf) => {
    const online = await openOnline();
    const device = await online.signUp();
    const [one, two] = [await device.makeToken("a"), await device.makeToken("b")];
    expect(await online.api.knock(one)).toBe(200);
    const [first] = await list(device);
    expect(await device.print("token", "revoke", first ? nameOf(first) : "")).toBe("Revoked a\n");
    expect([await online.api.knock(one), await online.api.knock(two)]).toEqual([401, 200]);
  });

  test("names the choices where two have the name, and ends none", async () => {
    const device = await (await openOnline()).signUp();
    for (const name of ["bot", "bot", "other"]) await device.makeToken(name);
    const { code, err } = await device.run("token", "revoke", "bot");
    const [one, two] = await list(device);
    expect([code, err]).toEqual([
      3,
      `todo: 2 have this name or id\n  ${one?.id.slice(-8)}  bot\n  ${two?.id.slice(-8)}  bot\n`,
    ]);
    expect(await list(device)).toHaveLength(3);
    expect(JSON.parse(await device.print("token", "revoke", one?.id ?? "", "--json"))).toMatchObject({ name: "bot" });
    expect(await device.print("token", "revoke", "bot", "--quiet")).toBe("");
  });

  test("does not repeat what it does not know, which may be the token itself", async () => {
    const device = await (await openOnline()).signUp();
    const token = await device.makeToken("bot");
    for (const format of [[], ["--json"]]) {
      const { code, out, err } = await device.run("token", "revoke", token, ...format);
      expect([code, out]).toEqual([3, ""]);
      expect(err).not.toContain(token.slice(-8));
    }
  });
});
