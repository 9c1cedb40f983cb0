import { describe, expect, test } from "bun:test";
import type { DatabaseServer, DatabaseStatus } from "../../../../src/ports/database.ts";
import { TodoError } from "../../../../src/domain/errors.ts";
import { DATABASE, onServer, PASSWORD } from "../../../support/cli/remote.ts";
import { type Terminal, useTerminals } from "../../../support/cli/terminal.ts";

const openTerminal = useTerminals();

const UP_TO_DATE: DatabaseStatus = {
  applied: ["0000_first"],
  pending: [],
  unknown: [],
  role: "owner",
  bypassesRowSecurity: true,
  unprotected: [],
  openSchema: null,
};
const ROLE_URL = `postgres://todo_app:${PASSWORD}@db.example.com/todo`;

/** A terminal with the URL of an owner. No token is needed. `server` is what the database does in its own way. */
function openOwning(server: Partial<DatabaseServer> = {}, env: Record<string, string> = {}): Terminal {
  return openTerminal({ env: { TODO_DB: DATABASE, ...env }, server: { status: async () => UP_TO_DATE, ...server } });
}

describe("`todo db migrate`", () => {
  test("prints the names of what it applied, one a line", async () => {
    const terminal = openOwning({ migrate: async () => ["0001_second", "0002_third"] });
    expect(await terminal.run("db", "migrate")).toEqual({ code: 0, out: "0001_second\n0002_third\n", err: "" });
  });

  test("says where there was nothing to do", async () => {
    const terminal = openOwning();
    expect(await terminal.run("db", "migrate")).toEqual({ code: 0, out: "The database is up to date.\n", err: "" });
    expect(await terminal.run("db", "migrate", "--quiet")).toEqual({ code: 0, out: "", err: "" });
    expect(await terminal.run("db", "migrate", "--json")).toEqual({
      code: 0,
      out: '{"applied":[],"role_url":null}\n',
      err: "",
    });
  });

  test("with --create-role prints the URL of the new role, and says what it is for", async () => {
    const terminal = openOwning({ migrate: async () => ["0001_second"], createRole: async () => ROLE_URL });
    const { code, out, err } = await terminal.run("db", "migrate", "--create-role");
    expect([code, out]).toEqual([0, `0001_second\n${ROLE_URL}\n`]);
    for (const word of ["only once", "todo serve", "DATABASE_URL", "TODO_MIGRATE_URL"]) expect(err).toContain(word);
    expect(err).not.toContain(PASSWORD);
    expect(await terminal.run("db", "migrate", "--create-role", "-q")).toEqual({
      code: 0,
      out: `${ROLE_URL}\n`,
      err: "",
    });
    expect(JSON.parse(await terminal.print("db", "migrate", "--create-role", "--json"))).toEqual({
      applied: ["0001_second"],
      role_url: ROLE_URL,
    });
  });

  test("with --create-role says where the role was there already", async () => {
    const { code, out, err } = await openOwning().run("db", "migrate", "--create-role");
    expect([code, out]).toEqual([0, "The database is up to date.\n"]);
    expect(err).toBe("The role todo_app was there already. Its rights are renewed, its password is as it was.\n");
  });

  test("with --create-role names a schema in which every role may create things, with what to type", async () => {
    const status = async () => ({ ...UP_TO_DATE, openSchema: "public" });
    const { code, err } = await openOwning({ status, createRole: async () => ROLE_URL }).run(
      "db",
      "migrate",
      "--create-role",
    );
    expect(code).toBe(0);
    expect(err).toContain("revoke create on schema public from public\n");
    expect((await openOwning({ status }).run("db", "migrate")).err).toBe("");
  });

  test("makes no role unless it is asked to", async () => {
    const createRole = () => Promise.reject(new Error("nobody asked for a role"));
    expect((await openOwning({ createRole }).run("db", "migrate")).code).toBe(0);
  });

  test("fails for tables that are not protected, after it has shown the URL that nobody can see again", async () => {
    const status = async () => ({ ...UP_TO_DATE, unprotected: ["tasks", "history"] });
    for (const [format, out] of [
      [[], `The database is up to date.\n${ROLE_URL}\n`],
      [["--json"], `{"applied":[],"role_url":"${ROLE_URL}"}\n`],
    ] as const) {
      const terminal = openOwning({ status, createRole: async () => ROLE_URL });
      const ended = await terminal.run("db", "migrate", "--create-role", ...format);
      expect([ended.code, ended.out]).toEqual([1, out]);
      expect(ended.err).toContain("row-level security does not protect tasks, history");
    }
  });

  test("says why it could not, and closes the database all the same", async () => {
    const failure = new TodoError("forbidden", "the role may not change the tables");
    const terminal = openOwning({ migrate: () => Promise.reject(failure) });
    const closed: string[] = [];
    const { openDatabase } = terminal.io;
    Object.assign(terminal.io, {
      openDatabase: async (url: string) => {
        const server = await openDatabase(url);
        return { ...server, store: { ...server.store, close: async () => void closed.push(url) } };
      },
    });
    expect(await terminal.run("db", "migrate")).toEqual({
      code: 4,
      out: "",
      err: "todo: the role may not change the tables\n",
    });
    expect(closed).toEqual([DATABASE]);
  });
});

describe.each(["migrate", "status"])("the database of `todo db %s`", (command) => {
  const url = (name: string) => `postgres://u:${PASSWORD}@${name}.example.com/todo`;
  const VARIABLES = ["TODO_MIGRATE_URL", "TODO_DATABASE_URL", "DATABASE_URL", "NEON_DB_URL", "TODO_DB"];

  test("is that of --db, else of the first variable that is set", async () => {
    const all = Object.fromEntries(VARIABLES.map((name) => [name, url(name)]));
    const terminal = openTerminal({ env: all });
    await terminal.print("db", command, "--db", url("flag"));
    await terminal.print("--db", url("flag"), "db", command);
    for (const name of VARIABLES) {
      await terminal.print("db", command);
      terminal.setup.env[name] = "";
    }
    // The status is that of the role that serves, too.
    const serving = command === "status" ? ["TODO_DATABASE_URL"] : [];
    expect(terminal.opened).toEqual(["flag", "flag", "TODO_MIGRATE_URL", ...serving, ...VARIABLES.slice(1)].map(url));
  });

  test("must be on a server", async () => {
    for (const argv of [[], ["--db", "tasks.db"]]) {
      const terminal = openTerminal({ env: { TODO_DATABASE_URL: argv.length > 0 ? url("server") : "" } });
      const { code, err } = await terminal.run("db", command, ...argv);
      expect(code).toBe(2);
      expect(err).toStartWith(`todo: todo db ${command} is for a database on a server\n`);
      expect(err).toContain("A file is brought up to date when it is opened: todo info\n");
      expect(terminal.opened).toEqual([]);
    }
  });

  test.each(VARIABLES.slice(0, -1))("must be one of PostgreSQL in %s, whose value is not repeated", async (name) => {
    const terminal = openTerminal({ env: { [name]: `mysql://u:${PASSWORD}@db.example.com/todo` } });
    const { code, err } = await terminal.run("db", command);
    expect(code).toBe(2);
    expect(err).toStartWith(`todo: ${name} is not the URL of a PostgreSQL database\n`);
    expect(err).not.toMatch(new RegExp(`${PASSWORD}|example`));
  });

  test("needs no token", async () => {
    expect((await openTerminal({ ...onServer(), env: { TODO_DB: DATABASE } }).run("db", command)).code).toBe(0);
  });
});

describe("`todo db`", () => {
  test("alone, or with what it does not know, says what it can do", async () => {
    expect(await openOwning().run("db")).toEqual({
      code: 2,
      out: "",
      err: `todo: todo db needs a subcommand\n  Use one of migrate, status.\n\n${await openOwning().print("db", "-h")}`,
    });
    expect(await openOwning().run("db", "statsu")).toEqual({
      code: 2,
      out: "",
      err: "todo: unknown command 'statsu'\n  Did you mean status?\n  See: todo db --help\n",
    });
  });
});
