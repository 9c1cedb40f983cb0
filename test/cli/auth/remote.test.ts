import { describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { run } from "../../../src/cli/run.ts";
import { TodoError } from "../../../src/domain/errors.ts";
import { DATABASE, NAME, onServer, PASSWORD, signedIn, tokenOf } from "../../support/cli/remote.ts";
import { useScratch } from "../../support/disks/scratch.ts";
import { type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();
const scratch = useScratch();

/** A terminal of ada, who has two open tasks in a database on a server, one that is done, one that is deleted, and a file. */
async function openFurnished(): Promise<{ terminal: Terminal; file: string }> {
  const terminal = openTerminal(await signedIn());
  await terminal.print("add", "Pay rent", "+home", "project:House");
  await terminal.print("add", "Milk", "due:today");
  await terminal.print("done", await terminal.print("add", "Bread", "--quiet").then((out) => out.trim()));
  await terminal.print("rm", await terminal.print("add", "Salt", "--quiet").then((out) => out.trim()));
  const file = scratch("tasks.json");
  writeFileSync(file, '[{"title":"Butter"},{"title":"Jam"}]');
  return { terminal, file };
}

/** What each command does to a database at a URL: with these words it prints something like this. */
const READS: [string, readonly string[], RegExp][] = [
  ["list", ["list"], /Milk[^]*Pay rent/],
  ["todo alone", [], /Milk[^]*Pay rent/],
  ["show", ["show", "wbb"], /Pay rent/],
  ["log", ["log"], /add[^]*Milk/],
  ["tags", ["tags"], /home/],
  ["projects", ["projects"], /House/],
  ["export", ["export"], /"title":"Pay rent"/],
];
const WRITES: [string, readonly string[], RegExp][] = [
  ["add", ["add", "Butter"], /^Added/],
  ["edit", ["edit", "wbb", "+more"], /^Changed .*\+more/],
  ["done", ["done", "wbb"], /^Done/],
  ["reopen", ["reopen", "xjm"], /^Reopened.*Bread/],
  ["rm", ["rm", "wbb"], /^Deleted/],
  ["restore", ["restore", "slh"], /^Restored.*Salt/],
  ["undo", ["undo"], /^Undid the deletion/],
  ["import", ["import", scratch("tasks.json")], /^Imported 2 new/],
];

describe("with a database at a URL", () => {
  test.each([...READS, ...WRITES])("%s works on the tasks of the token's user", async (_, argv, shown) => {
    const { terminal } = await openFurnished();
    const { code, out } = await terminal.run(...argv);
    expect(code).toBe(0);
    expect(out).toMatch(shown);
    expect(new Set(terminal.opened)).toEqual(new Set([DATABASE]));
    expect(await terminal.store().find("local", { where: [] })).toEqual({ tasks: [] });
  });

  test.each([...READS, ...WRITES])("%s shows nothing of other users' and changes nothing", async (_, argv) => {
    const { terminal } = await openFurnished();
    const before = await terminal.store(DATABASE).find("ada", { where: [] });
    terminal.setup.env["TODO_TOKEN"] = await tokenOf("eve");
    const { out, err } = await terminal.run(...argv);
    expect(out + err).not.toMatch(/rent|Milk|Bread|Salt|home|House/);
    expect(await terminal.store(DATABASE).find("ada", { where: [] })).toEqual(before);
  });

  test.each(READS)("%s is for a token that may only read, too", async (_, argv, shown) => {
    const { terminal } = await openFurnished();
    terminal.setup.env["TODO_TOKEN"] = await tokenOf("ada", { scope: "tasks:read" });
    expect(await terminal.print(...argv)).toMatch(shown);
  });

  test.each([...READS, ["info", ["info"], /./] as const, ...WRITES])(
    "%s is refused to a token that allows nothing, before anything is opened",
    async (_, argv) => {
      for (const claims of [{ scope: "" }, { scope: "openid" }, { scp: ["openid"] }, { permissions: [] }]) {
        const terminal = openTerminal(onServer({ TODO_TOKEN: await tokenOf("ada", claims) }));
        const { code, out, err } = await terminal.run(...argv);
        expect([code, out]).toEqual([4, ""]);
        expect(err).toContain("the token's scope lacks tasks:read");
        expect(terminal.opened).toEqual([]);
      }
    },
  );

  test.each(WRITES)("%s is refused to a token that may not write, and nothing is written", async (_, argv) => {
    const { terminal } = await openFurnished();
    const [store, before] = [terminal.store(DATABASE), await terminal.print("export", "--deleted")];
    const history = await store.history("ada", {});
    for (const [scope, missing] of [
      ["tasks:read", "tasks:write"],
      ["", "tasks:read"],
      ["tasks:writer", "tasks:read"],
    ] as const) {
      terminal.setup.env["TODO_TOKEN"] = await tokenOf("ada", { scope });
      const { code, out, err } = await terminal.run(...argv);
      expect([code, out]).toEqual([4, ""]);
      expect(err).toBe(
        `todo: the token's scope lacks ${missing}, which its issuer must name in scope, scp or permissions\n` +
          "  Get a token with that scope from your auth server.\n",
      );
    }
    expect(await store.history("ada", {})).toEqual(history);
    terminal.setup.env["TODO_TOKEN"] = await tokenOf("ada", { scope: "tasks:read tasks:write" });
    expect(await terminal.print("export", "--deleted")).toBe(before);
    expect((await terminal.run(...argv)).code).toBe(0);
  });

  test.each([...READS, ["info", ["info"], /./] as const, ...WRITES])(
    "%s needs a good token, before anything is opened",
    async (_, argv) => {
      const expired = await tokenOf("ada", { exp: 1 });
      for (const token of ["", "bad", expired]) {
        const terminal = openTerminal(onServer({ TODO_TOKEN: token }));
        const { code, out, err } = await terminal.run(...argv);
        expect([code, out]).toEqual([4, ""]);
        expect(err).toContain("todo login --token -");
        expect(terminal.opened).toEqual([]);
      }
    },
  );

  test("a command needs to know whose tokens are good", async () => {
    const terminal = openTerminal({ env: { TODO_DB: DATABASE, TODO_TOKEN: await tokenOf("ada") } });
    const { code, err } = await terminal.run("list");
    expect([code, err.split("\n")[0]]).toEqual([2, "todo: no secret or key set is configured to check tokens with"]);
    expect(terminal.opened).toEqual([]);
  });

  test("the URL may be given with --db, before and behind the command, and in any spelling", async () => {
    const { TODO_DB: _, ...env } = (await signedIn()).env ?? {};
    const terminal = openTerminal({ env });
    const url = DATABASE.replace("postgres://", "PostgreSQL://");
    await terminal.print("--db", url, "add", "Milk");
    expect(await terminal.print("list", `--db=${url}`)).toContain("Milk");
    expect(terminal.opened).toEqual([url, url]);
  });

  test("a plain DATABASE_URL is left alone, which may be that of any project", async () => {
    const variables = { DATABASE_URL: DATABASE, TODO_DATABASE_URL: DATABASE, NEON_DB_URL: DATABASE };
    const terminal = openTerminal({ env: { ...(await signedIn()).env, ...variables, HOME: scratch("home") } });
    delete terminal.setup.env["TODO_DB"];
    mkdirSync(scratch("home/.local/share/todo"), { recursive: true });
    await terminal.print("add", "Milk");
    expect(await terminal.print("list")).toContain("Milk");
    expect(new Set(terminal.opened)).toEqual(new Set([scratch("home/.local/share/todo/todo.db")]));
  });

  test("what the database says is said", async () => {
    const terminal = openTerminal(await signedIn());
    const openDatabase = () => Promise.reject(new TodoError("unavailable", `${NAME}: it can't be reached`));
    let err = "";
    const io = { ...terminal.io, openDatabase, err: { ...terminal.io.err, write: (text: string) => (err += text) } };
    expect(await run(["list"], io)).toBe(6);
    expect(err).toBe(`todo: ${NAME}: it can't be reached\n`);
  });
});

describe("commands for files", () => {
  test.each([
    ["doctor", ["doctor"], "See how a database on a server is: todo db status"],
    ["backup", ["backup", "copy.db"], "todo export --deleted > tasks.json"],
    ["backup", ["backup", "copy.db"], "pg_dump"],
    [
      "auth token --local",
      ["auth", "token", "--local"],
      "Tokens for a database on a server are those of your account there",
    ],
  ])("refuse a server: %s says %p", async (name, argv, instead) => {
    const terminal = openTerminal(await signedIn());
    const { code, out, err } = await terminal.run(...argv);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toStartWith(`todo: todo ${name} is for a database in a file\n`);
    expect(err).toContain(instead);
    expect(terminal.opened).toEqual([]);
  });

  test("are not needed for info, which counts the user's own tasks on a server", async () => {
    const { terminal } = await openFurnished();
    await terminal.store(DATABASE).commit("eve", {
      action: "add",
      now: terminal.setup.now,
      edits: [{ id: Bun.randomUUIDv7(), fields: { title: "Hers" } }],
    });
    expect(await terminal.print("info")).toBe(
      [
        "version   1.2.3",
        `database  ${NAME}`,
        "schema    0001_second",
        "user      ada",
        "tasks     2 pending, 1 completed, 1 deleted",
        "",
      ].join("\n"),
    );
    expect(JSON.parse(await terminal.print("info", "--json"))).toEqual({
      version: "1.2.3",
      database: NAME,
      schema: "0001_second",
      user: "ada",
      pending: 2,
      cancelled: 0,
      completed: 1,
      deleted: 1,
    });
    expect(await terminal.print("info", "--quiet")).toBe(`${NAME}\n`);
  });
});

describe("what was meant to be a URL", () => {
  test.each([
    `mysql://u:${PASSWORD}@db.example.com/todo`,
    `postgress://u:${PASSWORD}@db.example.com/todo`,
    `postgres:/u:${PASSWORD}@db.example.com/todo`,
    `postgres:u:${PASSWORD}@db.example.com/todo`,
    ` postgres://u:${PASSWORD}@db.example.com/todo`,
    `up to date\npostgres://u:${PASSWORD}@db.example.com/todo`,
    `https://db.example.com/?password=${PASSWORD}`,
  ])("is not taken for the name of a file, nor repeated: %s", async (url) => {
    for (const argv of [["list"], ["info"], ["auth", "token", "--local"], ["whoami"], ["db", "status"], ["serve"]]) {
      const terminal = openTerminal({ env: { TODO_DB: url } });
      const { code, out, err } = await terminal.run(...argv);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toStartWith("todo: the database is neither a file nor a postgres:// URL\n");
      expect(err).not.toMatch(new RegExp(`${PASSWORD}|example`));
      expect(terminal.opened).toEqual([]);
    }
  });
});

describe("Tab", () => {
  const offer = async (terminal: Terminal, ...words: readonly string[]) => {
    const { code, out, err } = await terminal.run("__complete", "--", ...words);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    return out.split("\n").flatMap((line) => line.split("\t")[0] || []);
  };

  test("offers what is in a database at a URL", async () => {
    const { terminal } = await openFurnished();
    expect(await offer(terminal, "list", "+")).toEqual(["+home"]);
    terminal.setup.env["TODO_DB"] = ":memory:";
    expect(await offer(terminal, "list", "+")).toEqual([]);
    expect(await offer(terminal, "--db", DATABASE, "list", "+")).toEqual(["+home"]);
    expect(await offer(terminal, "list", `--db=${DATABASE}`, "+")).toEqual(["+home"]);
  });

  test("offers nothing without a token, or where the database is away", async () => {
    const terminal = openTerminal(onServer());
    expect(await offer(terminal, "done", "")).toEqual([]);
    expect(terminal.opened).toEqual([]);
    const away = openTerminal(await signedIn());
    Object.assign(away.io, { openDatabase: () => Promise.reject(new TodoError("unavailable", "away")) });
    expect(await offer(away, "done", "")).toEqual([]);
    expect(await offer(openTerminal(onServer({ TODO_DB: `mysql://u:${PASSWORD}@h/d` })), "done", "")).toEqual([]);
  });

  test("offers nothing where the database gives no answer, and does not wait for it for long", async () => {
    const terminal = openTerminal(await signedIn());
    const openDatabase = () => new Promise<never>(() => undefined);
    Object.assign(terminal.io, { openDatabase });
    expect(await offer(terminal, "done", "")).toEqual([]);
  });

  test("offers what todo db can do", async () => {
    const terminal = openTerminal();
    expect(await offer(terminal, "db", "")).toEqual(["migrate", "status"]);
    expect(await offer(terminal, "db", "migrate", "--cr")).toEqual(["--create-role"]);
    expect(await offer(terminal, "db", "status", "")).toEqual([]);
    expect(await offer(terminal, "db", "nothing", "")).toEqual([]);
  });
});
