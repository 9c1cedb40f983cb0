import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { chmodSync, chownSync, existsSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { findExposure } from "../../../src/cli/platform/checked-files.ts";
import { stampFields } from "../../../src/domain/task/registers.ts";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { useScratch } from "../../support/disks/scratch.ts";
import { DAY } from "../../support/server/account-api.ts";
import { type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();
const scratch = useScratch();

/** Nobody here has these ids. */
const [ME, STRANGER] = [54_321, 54_322];

/** A user whose tasks are in a file of this machine. */
async function openOnFile(name: string) {
  const path = scratch(name);
  await openSqlite(path).store.close();
  const terminal = openTerminal({ env: { TODO_DB: path }, findExposure });
  Object.assign(terminal.io, { openStore: async (file: string) => openSqlite(file) });
  return { path, terminal };
}

function doctor({ print }: Terminal, ...more: readonly string[]): Promise<string> {
  return print("doctor", ...more);
}

describe("`todo doctor`", () => {
  test("names saved filters that can't be used, and how to mend them", async () => {
    const { path, terminal } = await openOnFile("filters.db");
    await terminal.print("filter", "save", "work", "+work");
    const { store } = openSqlite(path);
    await store.editProfile("local", { "filter:later": "due:fridy" }, 1);
    await store.close();
    expect(await doctor(terminal)).toContain(
      'the saved filter later can\'t be used: "fridy" is not a date. To mend that: todo filter save later FILTER\n',
    );
    expect(JSON.parse(await doctor(terminal, "--json")).filters).toEqual([
      { name: "later", filter: "due:fridy", problem: '"fridy" is not a date' },
    ]);
  });

  test("finds a file that only its owner can read sound, and says no more", async () => {
    const { path, terminal } = await openOnFile("sound.db");
    expect(await doctor(terminal)).toBe(`${path}: sound\n`);
  });

  test("names parents and dependencies that are ignored because of a ring, and what ends that", async () => {
    const { path, terminal } = await openOnFile("rings.db");
    const add = async (...words: readonly string[]): Promise<{ readonly id: string; readonly handle: string }> =>
      JSON.parse(await terminal.print("add", ...words, "--json"));
    const house = await add("House");
    const van = await add("Van", `parent:${house.handle}`, `depends:${house.handle}`);
    const { store } = openSqlite(path);
    const registers = stampFields({ parent: van.id, [`dep:${van.id}`]: true }, "01a1ffffffff0000a1b2c3d4");
    await store.merge("local", [{ id: house.id, registers }]);
    await store.close();
    expect((await doctor(terminal)).trimEnd().split("\n").toSorted()).toEqual(
      [
        `${path}: sound`,
        `${house.handle}  House: its parent ${van.handle}  Van is ignored, because it closes a ring. To end that: todo move ${house.handle} --root`,
        `${house.handle}  House: it does not wait for ${van.handle}  Van, which waits for it. To end that: todo edit ${house.handle} not:depends:${van.handle}`,
        `${van.handle}  Van: it does not wait for ${house.handle}  House, which waits for it. To end that: todo edit ${van.handle} not:depends:${house.handle}`,
      ].toSorted(),
    );
    expect(JSON.parse(await doctor(terminal, "--json")).rings).toContainEqual({
      kind: "parent",
      id: house.id,
      other: van.id,
    });
    await terminal.print("move", house.handle, "--root");
    await terminal.print("edit", house.handle, `not:depends:${van.handle}`);
    expect(await doctor(terminal)).toBe(`${path}: sound\n`);
  });

  test("names files that others can read, and what ends that", async () => {
    const { path, terminal } = await openOnFile("open.db");
    writeFileSync(`${path}.secret`, "secret", { mode: 0o600 });
    for (const [file, mode] of [
      [path, 0o644],
      [`${path}.secret`, 0o640],
    ] as const) {
      chmodSync(file, mode);
    }
    const lines = (await doctor(terminal)).split("\n");
    expect(lines).toContain(`${path}: others can get at it. To end that: chmod 600 ${path}`);
    expect(lines).toContain(`${path}.secret: others can get at it. To end that: chmod 600 ${path}.secret`);
    const { exposed } = JSON.parse(await doctor(terminal, "--json"));
    expect(exposed).toContainEqual({ path, problem: "others can get at it", fix: `chmod 600 ${path}` });
  });

  test("names a file that belongs to somebody else", async () => {
    const { path, terminal } = await openOnFile("foreign.db");
    // Files of root are everybody's own, so the file is a stranger's also where the tests run as root.
    const owner = process.geteuid?.() || STRANGER;
    if (owner === STRANGER) chownSync(path, STRANGER, STRANGER);
    terminal.setup.findExposure = (file) => findExposure(file, ME);
    expect(await doctor(terminal)).toContain(
      `${path}: it belongs to another user (uid ${owner}). To end that: sudo chown ${ME} ${path}\n`,
    );
  });

  test("names copies from before updates, with size, age and how to remove them", async () => {
    const { path, terminal } = await openOnFile("copied.db");
    const copy = `${path}.before-0003_sync`;
    writeFileSync(copy, "x".repeat(2048), { mode: 0o600 });
    const at = (terminal.setup.now - 12 * DAY) / 1000;
    utimesSync(copy, at, at);
    expect(await doctor(terminal)).toBe(
      `${path}: sound\n${copy}: a copy from before an update, 2.0 KiB, 12 days old. It has what was deleted since. To remove it: rm ${copy}\n`,
    );
    expect(JSON.parse(await doctor(terminal, "--json")).copies).toEqual([
      { path: copy, bytes: 2048, modified_at: new Date(at * 1000).toISOString() },
    ]);
    expect(await terminal.print("info")).toContain("1, 2.0 KiB: todo doctor");
    expect(JSON.parse(await terminal.print("info", "--json")).copies).toEqual([copy]);
  });

  test("with --compact leaves nothing in the file of what an earlier version deleted", async () => {
    const { path, terminal } = await openOnFile("compact.db");
    const old = new Database(path);
    old.run("pragma secure_delete = off");
    old.run("create table relic (text)");
    for (let row = 0; row < 100; row += 1) old.run("insert into relic values (?)", [`mona lisa ${"x".repeat(500)}`]);
    old.run("drop table relic");
    old.close(true);
    expect(readFileSync(path, "latin1")).toContain("mona lisa");
    expect(await doctor(terminal, "--compact")).toBe(`${path}: sound\n`);
    const files = [path, `${path}-wal`].filter((file) => existsSync(file)).map((file) => readFileSync(file, "latin1"));
    expect(files.join("")).not.toContain("mona lisa");
  });
});

describe("a file that others can get at", () => {
  const NOTE = "/srv/todo.db: others can get at it. To end that: chmod 600 /srv/todo.db\n";
  const exposed = { path: "/srv/todo.db", problem: "others can get at it", fix: "chmod 600 /srv/todo.db" };

  test("is named once a day by commands that print text, beside their output", async () => {
    const { setup, run } = openTerminal({ findExposure: () => exposed });
    expect(await run("add", "--quiet", "Milk")).toMatchObject({ err: "" });
    expect(await run("list", "--json")).toMatchObject({ err: "" });
    expect(await run("list")).toMatchObject({ code: 0, err: NOTE });
    expect(await run("list")).toMatchObject({ err: "" });
    setup.now += DAY - 1;
    expect(await run("list")).toMatchObject({ err: "" });
    setup.now += 1;
    expect(await run("list")).toMatchObject({ err: NOTE });
  });

  test("is not named once it is closed to others", async () => {
    const { setup, run } = openTerminal({ findExposure: () => exposed });
    setup.findExposure = () => null;
    expect(await run("list")).toMatchObject({ err: "" });
  });
});

describe("a file of another user", () => {
  test("is exposed, and one of this user or root is not", () => {
    const path = scratch("owned.db");
    writeFileSync(path, "x", { mode: 0o600 });
    const own = process.geteuid?.() ?? 0;
    expect(findExposure(path, own)).toBeNull();
    expect(findExposure(`${path}.missing`, own)).toBeNull();
    chmodSync(path, 0o604);
    expect(findExposure(path, own)).toEqual({ path, problem: "others can get at it", fix: `chmod 600 ${path}` });
  });
});
