import { describe, expect, test } from "bun:test";
import { stampFields } from "../../../src/domain/task/registers.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();
const LATER = "01a1ffffffff0000a1b2c3d4";

/** A move into a new house, with what is to be done first below what needs it. */
async function moveHouse(): Promise<Terminal & { readonly named: (title: string) => Promise<Task> }> {
  const terminal = openTerminal();
  const named = async (title: string) => {
    const task = (await terminal.tasks()).find((each) => each.title === title);
    if (!task) throw new Error(`no task ${title}`);
    return task;
  };
  const { handle } = await terminal.add("House move", "due:12 dec", "project:House");
  const van = await terminal.add("Book the van", `parent:${handle}`, "due:monday", "priority:high");
  await terminal.add("Compare offers", `parent:${van.handle}`);
  await terminal.add("Pack the kitchen", `parent:${handle}`, `depends:${van.handle}`);
  await terminal.add("Garden");
  await terminal.print("done", (await named("Compare offers")).handle);
  return { ...terminal, named };
}

/** What another device wrote, where that made no ring. */
async function waitFor(terminal: Terminal, task: Task, other: Task): Promise<void> {
  const registers = stampFields({ [`dep:${other.id}`]: true }, LATER);
  await terminal.store().merge("local", [{ id: task.id, registers }]);
}

/** The lines with each handle in place of its letters. */
async function readTree(terminal: Terminal, ...argv: readonly string[]): Promise<string[]> {
  const text = await terminal.print("tree", ...argv);
  const lines = text.trimEnd().split("\n");
  return lines.map((line) => line.replace(/[bcdfghjklmnpqrstvwxz]{3}(?=  )/, "###"));
}

describe("todo tree", () => {
  test("shows subtasks below their task, how many are done, and what waits", async () => {
    const terminal = await moveHouse();
    const van = (await terminal.named("Book the van")).handle.slice(0, 3);
    expect(await readTree(terminal)).toEqual([
      "###  House move            Sat 12 Dec        0 of 2",
      "├─ ###  Book the van       Mon 23 Nov  high  1 of 1",
      "│  └─ ###  Compare offers  done",
      `└─ ###  Pack the kitchen                     waits for ${van}`,
      "###  Garden",
    ]);
  });

  test("shows of a filter what fits and what is above it", async () => {
    const terminal = await moveHouse();
    expect(await readTree(terminal, "kitchen")).toEqual([
      "###  House move           Sat 12 Dec  0 of 2",
      expect.stringContaining("└─ ###  Pack the kitchen"),
    ]);
    expect(await terminal.print("tree", "nothing")).toBe("");
  });

  test("shows an open task whose parent is done at the root, with the parent's title", async () => {
    const terminal = await moveHouse();
    await terminal.print("done", (await terminal.named("House move")).handle);
    expect(await readTree(terminal)).toEqual([
      expect.stringMatching(/^###  Book the van .* 1 of 1  ‹ House move$/),
      expect.stringContaining("└─ ###  Compare offers"),
      expect.stringMatching(/^###  Pack the kitchen .*‹ House move$/),
      "###  Garden",
    ]);
  });

  test("marks tasks that two devices let wait for each other as a ring", async () => {
    const terminal = await moveHouse();
    const [van, kitchen] = [await terminal.named("Book the van"), await terminal.named("Pack the kitchen")];
    await waitFor(terminal, van, kitchen);
    const lines = await readTree(terminal);
    expect(lines.filter((line) => line.endsWith("ring"))).toHaveLength(2);
    expect(lines.some((line) => line.includes("waits for"))).toBe(false);
  });

  test("shows a ring of parents that two devices made, cut at its newest edge", async () => {
    const terminal = await moveHouse();
    const [house, van] = [await terminal.named("House move"), await terminal.named("Book the van")];
    await terminal.store().merge("local", [{ id: house.id, registers: stampFields({ parent: van.id }, LATER) }]);
    expect((await readTree(terminal))[0]).toContain("###  House move");
    expect(await readTree(terminal)).toHaveLength(5);
  });

  test("names three of the tasks that one waits for, and how many more there are", async () => {
    const terminal = await moveHouse();
    const blockers = [];
    for (const title of ["1", "2", "3", "4", "5"]) blockers.push((await terminal.add(title)).handle);
    await terminal.print("edit", (await terminal.named("Garden")).handle, `depends:${blockers.join(",")}`);
    const line = (await readTree(terminal)).find((each) => each.includes("Garden"));
    expect(line).toMatch(/waits for \w{3,}, \w{3,}, \w{3,} and 2 more$/);
  });

  test("keeps the lines of a tree short that other devices made very deep", async () => {
    const terminal = openTerminal();
    const ids = Array.from({ length: 60 }, () => Bun.randomUUIDv7());
    const tasks = ids.map((id, at) => ({
      id,
      registers: stampFields({ title: `level ${at}`, ...(at > 0 && { parent: ids[at - 1] ?? null }) }, LATER),
    }));
    await terminal.print("add", "first");
    await terminal.store().merge("local", tasks);
    const lines = await readTree(terminal);
    expect(lines.filter((line) => line.includes("level"))).toHaveLength(60);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(110);
  });

  test("leaves out what waits, but for what is above something that does not", async () => {
    const terminal = await moveHouse();
    await terminal.print("edit", (await terminal.named("Garden")).handle, "wait:+3d");
    await terminal.print("edit", (await terminal.named("House move")).handle, "wait:2026-11-20T12:00:00Z");
    await terminal.print("edit", (await terminal.named("Pack the kitchen")).handle, "wait:2026-11-20");
    const titles = (await readTree(terminal)).join("\n");
    expect(titles).toContain("House move");
    expect(titles).toContain("Pack the kitchen");
    expect(titles).not.toContain("Garden");
    expect((await readTree(terminal, "garden", "status:pending")).join("\n")).toContain("Garden");
  });

  test("says how a task repeats", async () => {
    const terminal = await moveHouse();
    await terminal.add("Water plants", "every:mon");
    expect((await readTree(terminal)).at(-1)).toMatch(/^###  Water plants +Mon 23 Nov +every Mon$/);
  });

  test("gives programs each task with its depth, its count and what blocks it", async () => {
    const terminal = await moveHouse();
    const tasks: unknown = JSON.parse(await terminal.print("tree", "--json"));
    expect(tasks).toMatchObject([
      { title: "House move", depth: 1, subtasks: { completed: 0, total: 2 }, blocked: false, blocked_by: [] },
      { title: "Book the van", depth: 2, subtasks: { completed: 1, total: 1 } },
      { title: "Compare offers", depth: 3, completed: true },
      { title: "Pack the kitchen", depth: 2, blocked: true, blocked_by: [(await terminal.named("Book the van")).id] },
      { title: "Garden", depth: 1 },
    ]);
    expect((await terminal.print("tree", "--ndjson")).trimEnd().split("\n")).toHaveLength(5);
    expect((await terminal.print("tree", "-q")).split("\n")[0]).toBe((await terminal.named("House move")).handle);
  });

  test("fits its lines into a terminal and cuts titles first", async () => {
    const terminal = await moveHouse();
    await terminal.add("A title that is much longer than the terminal has columns for it", "due:friday");
    terminal.setup.terminals = ["in", "out", "err"];
    terminal.setup.columns = 50;
    const out = Bun.stripANSI(await terminal.print("tree"));
    const lines = out.trimEnd().split("\n");
    expect(lines.filter((line) => Bun.stringWidth(line) > 50)).toEqual([]);
    expect(lines.at(-1)).toContain("…");
    expect(lines.at(-1)).toContain("Fri 27 Nov");
  });
});

describe("todo move", () => {
  test("puts a task before and after another, first, last, under a task and at the root", async () => {
    const terminal = await moveHouse();
    const handle = async (title: string) => (await terminal.named(title)).handle;
    const titles = async () => (await readTree(terminal)).map((line) => line.replace(/\s{2,}(\S+ )*\d.*$/, "").trim());
    const order = async () => (await titles()).map((line) => /(?:House|van|offers|kitchen|Garden)/.exec(line)?.[0]);
    await terminal.print("move", await handle("Pack the kitchen"), "--before", await handle("Book the van"));
    expect(await order()).toEqual(["House", "kitchen", "van", "offers", "Garden"]);
    await terminal.print("move", await handle("Garden"), "--after", await handle("Pack the kitchen"));
    expect(await order()).toEqual(["House", "kitchen", "Garden", "van", "offers"]);
    await terminal.print("move", await handle("Garden"), "--first");
    expect(await order()).toEqual(["House", "Garden", "kitchen", "van", "offers"]);
    await terminal.print("move", await handle("Garden"), "--under", await handle("Book the van"), "--last");
    expect(await order()).toEqual(["House", "kitchen", "van", "offers", "Garden"]);
    const out = await terminal.print("move", await handle("Garden"), "--root");
    expect(out).toMatch(/^Moved \w+ {2}Garden\n$/);
    expect(await terminal.named("Garden")).toMatchObject({ parent: null });
    await terminal.print("undo");
    expect(await terminal.named("Garden")).toMatchObject({ parent: (await terminal.named("Book the van")).id });
  });

  test("says what is there already", async () => {
    const terminal = await moveHouse();
    const { handle } = await terminal.named("Garden");
    const { code, err } = await terminal.run("move", handle, "--root");
    expect([code, err]).toEqual([0, expect.stringContaining("is there already")]);
  });

  test.each([
    [[], "no place is given"],
    [["--first", "--last"], "more than one place is given"],
    [["--root", "--under", "ALL"], "more than one place is given"],
  ])("with %j is refused", async (flags, message) => {
    const terminal = await moveHouse();
    const { handle } = await terminal.named("Garden");
    const { code, err } = await terminal.run("move", handle, ...flags);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  test("below what is below it is refused, and so is a place beside a task under another parent", async () => {
    const terminal = await moveHouse();
    const [house, van, garden] = await Promise.all(["House move", "Book the van", "Garden"].map(terminal.named));
    const under = await terminal.run("move", house?.handle ?? "", "--under", van?.handle ?? "");
    expect([under.code, under.err]).toEqual([
      2,
      'todo: "House move" can\'t be below "Book the van", which is below it\n  Move "Book the van" to another place first.\n',
    ]);
    const flags = ["--under", house?.handle ?? "", "--before", garden?.handle ?? ""];
    const beside = await terminal.run("move", van?.handle ?? "", ...flags);
    expect([beside.code, beside.err]).toEqual([2, "todo: a task is placed beside one that has the same parent\n"]);
  });

  test("is named so in the log, with the handle of the parent", async () => {
    const terminal = await moveHouse();
    const [house, garden] = [await terminal.named("House move"), await terminal.named("Garden")];
    await terminal.print("move", garden.handle, "--under", house.handle);
    expect((await terminal.print("log")).split("\n")[0]).toMatch(
      new RegExp(`  move +${garden.handle}  parent ${house.handle}$`),
    );
    expect(await terminal.print("undo")).toMatch(/^Undid the move: \w+ {2}Garden {2}parent removed, was \w+\n$/);
    await terminal.print("move", garden.handle, "--first");
    expect((await terminal.print("log")).split("\n")[0]).toMatch(/ {2}another place$/);
    await terminal.print("edit", garden.handle, `depends:${house.handle}`);
    expect((await terminal.print("log")).split("\n")[0]).toContain(`waits for ${house.handle}`);
    await terminal.print("edit", garden.handle, `not:depends:${house.handle}`);
    expect((await terminal.print("log")).split("\n")[0]).toContain(`no longer waits for ${house.handle}`);
  });
});

describe("todo show", () => {
  test("names parent, subtasks, what a task waits for and what it blocks", async () => {
    const terminal = await moveHouse();
    const show = async (title: string) =>
      (await terminal.print("show", (await terminal.named(title)).handle)).replaceAll(
        /\b[bcdfghjklmnpqrstvwxz]{3}(?=  )/g,
        "###",
      );
    expect(await show("House move")).toContain("subtasks    ###  Book the van\n            ###  Pack the kitchen\n");
    expect(await show("Book the van")).toContain(
      "parent      ###  House move\nsubtasks    ###  Compare offers  done\nblocks      ###  Pack the kitchen\n",
    );
    expect(await show("Pack the kitchen")).toContain("parent      ###  House move\nwaits for   ###  Book the van\n");
    expect(await show("Garden")).not.toMatch(/parent|subtasks|waits|blocks/);
  });

  test("says which parent is ignored because of a ring, and which task does not wait", async () => {
    const terminal = await moveHouse();
    const [house, van, kitchen] = await Promise.all(
      ["House move", "Book the van", "Pack the kitchen"].map(terminal.named),
    );
    if (!house || !van || !kitchen) throw new Error("the tasks are there");
    await terminal.store().merge("local", [{ id: house.id, registers: stampFields({ parent: van.id }, LATER) }]);
    await waitFor(terminal, van, kitchen);
    expect(await terminal.print("show", house.handle)).toMatch(
      /^parent {6}\w+ {2}Book the van \(ignored, because it closes a ring of parents\)$/m,
    );
    expect(await terminal.print("show", van.handle)).toMatch(
      /^waits for {3}\w+ {2}Pack the kitchen \(waits for this one too, so neither waits\)$/m,
    );
  });
});
