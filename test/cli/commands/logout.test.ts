import { describe, expect, test } from "bun:test";
import { CREDENTIALS, DATABASE, NAME, onServer, ORIGIN, tokenOf } from "../../support/cli/remote.ts";
import { type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

const OTHER = { "postgres://db.example.com:6543/todo": { token: "other" } };

async function openLoggedIn(env: Record<string, string> = {}): Promise<Terminal> {
  const terminal = openTerminal(onServer(env));
  terminal.kept.set(CREDENTIALS, JSON.stringify({ ...OTHER, [ORIGIN]: { token: await tokenOf("ada") } }));
  return terminal;
}

describe("`todo logout`", () => {
  test("forgets the token of the database and no other", async () => {
    const terminal = await openLoggedIn();
    expect(await terminal.run("logout")).toEqual({ code: 0, out: `Logged out of ${NAME}\n`, err: "" });
    expect(JSON.parse(terminal.kept.get(CREDENTIALS) ?? "")).toEqual(OTHER);
    expect((await terminal.run("list")).code).toBe(4);
    expect(terminal.opened).toEqual([]);
  });

  test("says where there was none, and changes nothing", async () => {
    const terminal = await openLoggedIn();
    await terminal.print("logout");
    const before = terminal.kept.get(CREDENTIALS);
    expect(await terminal.run("logout")).toEqual({ code: 0, out: "", err: `You were not logged in to ${NAME}.\n` });
    expect(terminal.kept.get(CREDENTIALS)).toBe(before);
    const fresh = openTerminal(onServer());
    expect((await fresh.run("logout")).err).toBe(`You were not logged in to ${NAME}.\n`);
    expect(fresh.kept.size).toBe(0);
  });

  test("says it to programs and to scripts", async () => {
    const terminal = await openLoggedIn();
    expect(JSON.parse(await terminal.print("logout", "--json"))).toEqual({
      server: null,
      database: NAME,
      forgotten: true,
    });
    expect(JSON.parse(await terminal.print("logout", "--json"))).toEqual({
      server: null,
      database: NAME,
      forgotten: false,
    });
    expect(await (await openLoggedIn()).run("logout", "--quiet")).toEqual({ code: 0, out: "", err: "" });
  });

  test("says that TODO_TOKEN still counts", async () => {
    const terminal = await openLoggedIn({ TODO_TOKEN: await tokenOf("eve") });
    expect((await terminal.run("logout")).err).toBe("TODO_TOKEN is set and is used all the same.\n");
    expect(await terminal.print("whoami", "--quiet")).toBe("eve\n");
  });

  test("needs a server, or a database on one", async () => {
    const { code, err } = await openTerminal().run("logout");
    expect(code).toBe(2);
    expect(err).toStartWith("todo: todo logout needs a server or a database on one\n");
  });

  test("leaves what it can't read as it is", async () => {
    const terminal = openTerminal(onServer());
    terminal.kept.set(CREDENTIALS, "[]");
    const { code, err } = await terminal.run("logout", "--db", DATABASE);
    expect(code).toBe(4);
    expect(err).toEndWith(": todo login\n");
    expect([...terminal.kept]).toEqual([[CREDENTIALS, "[]"]]);
  });
});
