import { describe, expect, test } from "bun:test";
import type { DatabaseStatus } from "../../../../src/ports/database.ts";
import { TodoError } from "../../../../src/domain/errors.ts";
import { DATABASE, NAME } from "../../../support/cli/remote.ts";
import { type Terminal, useTerminals } from "../../../support/cli/terminal.ts";

const openTerminal = useTerminals();

const SOUND: DatabaseStatus = {
  applied: ["0000_first", "0001_second"],
  pending: [],
  unknown: [],
  role: "todo_app",
  bypassesRowSecurity: false,
  unprotected: [],
  openSchema: null,
};

function openWith(status: Partial<DatabaseStatus> = {}): Terminal {
  return openTerminal({ env: { TODO_DB: DATABASE }, server: { status: async () => ({ ...SOUND, ...status }) } });
}

describe("`todo db status`", () => {
  test("says what the database has, as whom it is used, and that all is well", async () => {
    expect(await openWith().run("db", "status")).toEqual({
      code: 0,
      out: [
        `database     ${NAME}`,
        "applied      0000_first, 0001_second",
        "missing      none",
        "role         todo_app, bound by row-level security",
        "unprotected  none",
        "",
      ].join("\n"),
      err: "",
    });
  });

  test("says it to programs, and to nobody with --quiet", async () => {
    expect(JSON.parse(await openWith().print("db", "status", "--json"))).toEqual({
      database: NAME,
      applied: ["0000_first", "0001_second"],
      pending: [],
      unknown: [],
      role: "todo_app",
      row_security: true,
      owner: null,
      unprotected: [],
      open_schema: null,
    });
    expect(await openWith().run("db", "status", "-q")).toEqual({ code: 0, out: "", err: "" });
  });

  test.each([
    [["--json", "db", "status"]],
    [["db", "--json", "status"]],
    [["--db", DATABASE, "db", "status", "--json"]],
    [["db", "--db", DATABASE, "--json", "status"]],
    [["db", "status", "--json", "--db", DATABASE]],
  ])("takes its flags wherever they stand: %j", async (argv) => {
    const terminal = openWith();
    if (argv.includes("--db")) terminal.setup.env["TODO_DB"] = "";
    expect(JSON.parse(await terminal.print(...argv))).toMatchObject({ database: NAME });
  });

  test("names a schema in which every role may create things, with what to type, which is no failure", async () => {
    const advice =
      'Every role may create things in the schema "MyTasks". If no other program needs that, as its owner: revoke create on schema "MyTasks" from public\n';
    const { code, err } = await openWith({ openSchema: '"MyTasks"' }).run("db", "status");
    expect([code, err]).toEqual([0, advice]);
    const { out } = await openWith({ openSchema: '"MyTasks"' }).run("db", "status", "--json");
    expect(JSON.parse(out)).toMatchObject({ open_schema: '"MyTasks"' });
  });

  test("says where the role is not bound, which is no failure: its owner looks, too", async () => {
    const { code, out } = await openWith({ role: "owner", bypassesRowSecurity: true }).run("db", "status");
    expect(code).toBe(0);
    expect(out).toContain("role         owner, not bound by row-level security\n");
  });

  test.each<[string, Partial<DatabaseStatus>, number, string, string]>([
    [
      "it lacks migrations",
      { applied: [], pending: ["0000_first"] },
      1,
      "missing      0000_first\n",
      "todo db migrate",
    ],
    ["it is newer", { unknown: ["0099_new"] }, 1, "unknown      0099_new\n", "Install the newest version"],
    ["a table is not protected", { unprotected: ["tasks"] }, 1, "unprotected  tasks\n", "does not protect tasks\n"],
    ["it is newer and lacks one", { unknown: ["0099_new"], pending: ["0001_second"] }, 1, "0099_new", "newer version"],
  ])("fails where %s, after it has said all", async (_, status, exit, shown, hint) => {
    for (const format of [[], ["--json"], ["-q"]]) {
      const { code, out, err } = await openWith(status).run("db", "status", ...format);
      expect(code).toBe(exit);
      expect(err).toContain(hint.trimEnd());
      if (format.length === 0) expect(out).toContain(shown);
      if (format[0] === "--json") expect(JSON.parse(out)).toMatchObject(status);
    }
  });

  test("says that it is out of reach", async () => {
    const failure = new TodoError("unavailable", `${NAME}: it can't be reached`);
    const terminal = openTerminal({
      env: { TODO_DB: DATABASE },
      server: { status: () => Promise.reject(failure) },
    });
    expect(await terminal.run("db", "status")).toEqual({
      code: 6,
      out: "",
      err: `todo: ${NAME}: it can't be reached\n`,
    });
  });

  describe("with TODO_MIGRATE_URL", () => {
    const OWNER_URL = "postgres://owner@db.example.com/todo";
    const OWNER: DatabaseStatus = { ...SOUND, role: "owner", bypassesRowSecurity: true };

    /** A terminal whose databases are seen by the role of their URL. */
    function openBoth(env: Record<string, string>, serving: Partial<DatabaseStatus> = {}): Terminal {
      const terminal = openTerminal({ env: { TODO_MIGRATE_URL: OWNER_URL, ...env } });
      const { openDatabase } = terminal.io;
      const statusAt = async (url: string) => (url === OWNER_URL ? OWNER : { ...SOUND, ...serving });
      Object.assign(terminal.io, {
        openDatabase: async (url: string) => ({ ...(await openDatabase(url)), status: () => statusAt(url) }),
      });
      return terminal;
    }

    test("names both roles, and the one that serves decides", async () => {
      const terminal = openBoth({ DATABASE_URL: DATABASE });
      const { code, out, err } = await terminal.run("db", "status");
      expect([code, err]).toEqual([0, ""]);
      expect(out).toContain(
        "role         todo_app, bound by row-level security\nowner        owner, not bound by row-level security\n",
      );
      expect(JSON.parse(await terminal.print("db", "status", "--json"))).toMatchObject({
        role: "todo_app",
        row_security: true,
        owner: { role: "owner", row_security: false },
      });
      const failing = await openBoth({ DATABASE_URL: DATABASE }, { unprotected: ["tasks"] }).run("db", "status");
      expect(failing.code).toBe(1);
    });

    test("alone says that nothing names the role that serves", async () => {
      const { code, out, err } = await openBoth({}).run("db", "status");
      expect([code, out]).toEqual([
        0,
        expect.stringContaining("role         owner, not bound by row-level security\n"),
      ]);
      expect(err).toBe(
        "This is the role of TODO_MIGRATE_URL. The one that serves is that of DATABASE_URL, which is not set.\n",
      );
    });
  });

  test("shows names on lines that a terminal does not obey", async () => {
    const { out } = await openWith({ role: "a\u001b[2J", unprotected: ["b\nc"] }).run("db", "status");
    expect(out).toContain("a\\e[2J");
    expect(out).toContain("b\\nc");
  });
});
