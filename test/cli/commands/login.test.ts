import { describe, expect, test } from "bun:test";
import { CREDENTIALS, DATABASE, NAME, ORIGIN, onServer, SECRET, tokenOf } from "../../support/cli/remote.ts";
import { OPENING } from "../../support/stores/test-user.ts";
import { ON_A_TERMINAL, type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

const LOGIN = ["login", "--token", "-"];

function kept({ kept: files }: Terminal): unknown {
  return JSON.parse(files.get(CREDENTIALS) ?? "null");
}

describe("`todo login --token -`", () => {
  test("keeps the token on standard input, by which the database knows the user from then on", async () => {
    const token = await tokenOf("ada");
    const terminal = openTerminal({ ...onServer(), stdin: `${token}\n` });
    expect(await terminal.run(...LOGIN)).toEqual({
      code: 0,
      out: `Logged in as ada to ${NAME} until 2026-11-20 11:00\n`,
      err: "",
    });
    expect(kept(terminal)).toEqual({ [ORIGIN]: { token } });
    expect(terminal.folders).toEqual(["/home/ann/.config/todo"]);
    // The database is not needed for it.
    expect(terminal.opened).toEqual([]);
    await terminal.print("add", "Milk");
    const { tasks } = await terminal.store(DATABASE).find("ada", { where: [] });
    expect(tasks.map(({ title }) => title)).toEqual(["Milk"]);
  });

  test("says it to programs", async () => {
    const terminal = openTerminal({ ...onServer(), stdin: await tokenOf("ada") });
    expect(JSON.parse(await terminal.print(...LOGIN, "--json"))).toEqual({
      user: "ada",
      email: null,
      server: null,
      database: NAME,
      expires_at: "2026-11-20T10:00:00.000Z",
      synced: null,
    });
    terminal.setup.stdin = await tokenOf("ada");
    expect(await terminal.run(...LOGIN, "--quiet")).toEqual({ code: 0, out: "", err: "" });
  });

  test.each(["\n", "\r\n", "", "\nmore"])("takes one line, however it ends: %j", async (end) => {
    const token = await tokenOf("ada");
    const terminal = openTerminal({ ...onServer(), stdin: token + end });
    await terminal.print(...LOGIN);
    expect(kept(terminal)).toEqual({ [ORIGIN]: { token } });
  });

  test("asks on a terminal", async () => {
    const terminal = openTerminal({ ...onServer(), ...ON_A_TERMINAL, stdin: `${await tokenOf("ada")}\n` });
    expect((await terminal.run(...LOGIN)).err).toBe("Token: \n");
  });

  test("keeps one token for each database, the last one", async () => {
    const terminal = openTerminal(onServer());
    const login = async (user: string, ...more: string[]) => {
      terminal.setup.stdin = await tokenOf(user);
      await terminal.print(...LOGIN, ...more);
    };
    await login("ada");
    await login("eve", "--db", "postgresql://other:x@db.example.com:6543/todo");
    await login("bob", "--db", "POSTGRES://someone@db.EXAMPLE.com:5432/todo");
    expect(kept(terminal)).toEqual({
      [ORIGIN]: { token: await tokenOf("bob") },
      "postgres://db.example.com:6543/todo": { token: await tokenOf("eve") },
    });
    expect(await terminal.print("whoami", "--quiet")).toBe("bob\n");
  });

  test("takes an end in the last year of the calendar, and none after it", async () => {
    const LAST_SECOND = 253_402_300_799;
    const terminal = openTerminal({ ...onServer(), stdin: await tokenOf("ada", { exp: LAST_SECOND }) });
    expect(JSON.parse(await terminal.print(...LOGIN, "--json"))).toMatchObject({
      expires_at: "9999-12-31T23:59:59.000Z",
    });
    for (const exp of [LAST_SECOND + 1, Number.MAX_SAFE_INTEGER]) {
      const other = openTerminal({ ...onServer(), stdin: await tokenOf("ada", { exp }) });
      expect((await other.run(...LOGIN)).err).toContain("the token is not valid");
    }
  });

  test("says where TODO_TOKEN goes before what it keeps", async () => {
    const terminal = openTerminal({ ...onServer({ TODO_TOKEN: await tokenOf("eve") }), stdin: await tokenOf("ada") });
    const { code, err } = await terminal.run(...LOGIN);
    expect([code, err]).toEqual([0, "TODO_TOKEN is set and goes before this token.\n"]);
    expect(await terminal.print("whoami", "--quiet")).toBe("eve\n");
  });

  test("keeps a copy of what it can't read, and begins anew", async () => {
    const terminal = openTerminal({ ...onServer(), stdin: await tokenOf("ada") });
    terminal.kept.set(CREDENTIALS, "{ broken");
    const { code, err } = await terminal.run(...LOGIN);
    const aside = `${CREDENTIALS}.corrupt-1`;
    expect([code, err]).toEqual([0, `The tokens that were kept could not be read. They are in ${aside}\n`]);
    expect(terminal.kept.get(aside)).toBe("{ broken");
    expect(kept(terminal)).toEqual({ [ORIGIN]: { token: await tokenOf("ada") } });
  });

  test("keeps what another version wrote beside a token", async () => {
    const terminal = openTerminal({ ...onServer(), stdin: await tokenOf("ada") });
    const other = { "https://todo.example.com": { token: "x", device: "phone" } };
    terminal.kept.set(CREDENTIALS, JSON.stringify({ ...other, [ORIGIN]: { token: "y", since: 1 } }));
    await terminal.print(...LOGIN);
    expect(kept(terminal)).toEqual({ ...other, [ORIGIN]: { token: await tokenOf("ada"), since: 1 } });
  });
});

/** Tokens that somebody types behind the command. */
const TYPED = [await tokenOf("ada"), "hunter2='4711'"];

describe("`todo login` keeps nothing", () => {
  const EXPIRED = OPENING / 1000;

  test.each<[string, () => string | Promise<string>, string]>([
    ["an expired token", () => tokenOf("ada", { exp: EXPIRED }), "the token has expired"],
    ["a token of another secret", () => tokenOf("ada", {}, SECRET.toLowerCase()), "the token is not valid"],
    ["a token with more around it", async () => `Bearer ${await tokenOf("ada")}`, "the token is not valid"],
    ["a text", () => "password", "the token is not valid"],
  ])("of %s", async (_, make, why) => {
    const stdin = await make();
    const terminal = openTerminal({ ...onServer(), stdin });
    const { code, out, err } = await terminal.run(...LOGIN);
    expect([code, out]).toEqual([4, ""]);
    expect(err).toBe(`todo: ${why}\n  Make one with: todo token create NAME, or get one from your auth server.\n`);
    expect(terminal.kept.size).toBe(0);
  });

  test.each(["", "\n", "\r\n"])("where standard input is %j", async (stdin) => {
    const terminal = openTerminal({ ...onServer(), stdin });
    const { code, err } = await terminal.run(...LOGIN);
    expect(code).toBe(2);
    expect(err).toBe("todo: there is no token on standard input\n");
    expect(terminal.kept.size).toBe(0);
  });

  test.each(TYPED)("of a token on the command line, and does not repeat it (%#)", async (token) => {
    for (const argv of [
      ["--token", token],
      [`--token=${token}`],
      [token],
      ["--token", "-", token],
      [`--tokn=${token}`],
      ["--tokn", token],
    ]) {
      const terminal = openTerminal({ ...onServer(), stdin: token });
      for (const format of [[], ["--json"]]) {
        const { code, out, err } = await terminal.run("login", ...argv, ...format);
        expect([code, out]).toEqual([2, ""]);
        expect(err).not.toContain(token.slice(0, 7));
        expect(err).toMatch(argv.join().includes("--tokn") ? /unknown option '--tokn/ : /can be read by others/);
      }
      expect(terminal.kept.size).toBe(0);
    }
  });

  test("without --token, and says how", async () => {
    const { code, err } = await openTerminal(onServer()).run("login");
    expect(code).toBe(2);
    expect(err).toBe(
      "todo: todo login reads a token for a database from standard input\n" +
        "  Give it with: todo login --token - < token.txt\n",
    );
  });

  test("for a file, which asks for no token", async () => {
    for (const argv of [[], ["--db", "tasks.db"]]) {
      const terminal = openTerminal({ env: { BETTER_AUTH_SECRET: SECRET }, stdin: await tokenOf("ada") });
      const { code, err } = await terminal.run(...LOGIN, ...argv);
      expect(code).toBe(2);
      expect(err).toBe(
        "todo: todo login needs a server or a database on one\n" +
          "  Name a server with: todo login https://todo.example.com\n" +
          "  Name a database with --db or TODO_DB: postgres://user:password@host/database\n",
      );
      expect(terminal.kept.size).toBe(0);
    }
  });

  test("for a plain DATABASE_URL, which may be that of any project", async () => {
    const terminal = openTerminal({ env: { DATABASE_URL: DATABASE, BETTER_AUTH_SECRET: SECRET } });
    expect((await terminal.run(...LOGIN)).code).toBe(2);
    expect(terminal.kept.size).toBe(0);
  });

  test("where nothing says whose tokens are good", async () => {
    const terminal = openTerminal({ env: { TODO_DB: DATABASE }, stdin: await tokenOf("ada") });
    const { code, err } = await terminal.run(...LOGIN);
    expect(code).toBe(2);
    expect(err).toStartWith("todo: no secret or key set is configured to check tokens with\n");
    for (const word of ["BETTER_AUTH_SECRET", "TODO_JWKS_URL", "/home/ann/.config/todo/config.json"]) {
      expect(err).toContain(word);
    }
  });

  test("where nothing says where", async () => {
    const terminal = openTerminal({ ...onServer({ HOME: "" }), stdin: await tokenOf("ada") });
    const { code, err } = await terminal.run(...LOGIN);
    expect([code, err]).toEqual([
      2,
      "todo: neither HOME nor XDG_CONFIG_HOME says where your tokens are\n" +
        "  Set one of them, or give the token with TODO_TOKEN.\n",
    ]);
  });

  test.each(["postgres://", "postgres://host", "postgres://u:p@/db", "postgres://u:p@[/db", "postgresql://h:x/d"])(
    "for %s, which names no database",
    async (url) => {
      const terminal = openTerminal({ ...onServer({ TODO_DB: url }), stdin: await tokenOf("ada") });
      const { code, err } = await terminal.run(...LOGIN);
      expect([code, err]).toEqual([
        2,
        "todo: the database URL is incomplete\n  Write it as: postgres://user:password@host/database\n",
      ]);
      expect(terminal.kept.size).toBe(0);
    },
  );
});
