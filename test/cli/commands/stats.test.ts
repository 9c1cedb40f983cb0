import { describe, expect, test } from "bun:test";
import type { WireStats } from "../../../src/contract/stats.ts";
import { ON_A_TERMINAL, type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();
const PLAIN = { ...ON_A_TERMINAL, env: { NO_COLOR: "1" } };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** It is Friday, 20 November 2026, 10:00 in Berlin. */
async function read(terminal: Terminal, ...words: string[]): Promise<WireStats> {
  return JSON.parse(await terminal.print("stats", "--json", ...words));
}

/** Runs commands some days and hours from now. */
async function at(terminal: Terminal, ms: number, ...commands: (readonly string[])[]): Promise<void> {
  terminal.setup.now += ms;
  for (const argv of commands) await terminal.print(...argv);
  terminal.setup.now -= ms;
}

describe("todo stats", () => {
  test("counts what was done, cancelled, skipped and added on each day", async () => {
    const terminal = openTerminal();
    const [a, b, c] = [await terminal.add("a"), await terminal.add("b"), await terminal.add("c", "every:day")];
    await terminal.add("d");
    await at(terminal, DAY_MS, ["done", a.handle], ["cancel", b.handle], ["add", "e"]);
    await at(terminal, 2 * DAY_MS, ["done", c.handle], ["skip", c.handle]);
    terminal.setup.now += 2 * DAY_MS;
    const { from, to, rows, ...now } = await read(terminal, "this week");
    expect([from, to]).toEqual(["2026-11-16", "2026-11-22"]);
    expect(rows.slice(-3)).toEqual([
      { from: "2026-11-20", to: "2026-11-20", done: 0, added: 4, skipped: 0, cancelled: 0 },
      { from: "2026-11-21", to: "2026-11-21", done: 1, added: 1, skipped: 0, cancelled: 1 },
      { from: "2026-11-22", to: "2026-11-22", done: 1, added: 0, skipped: 1, cancelled: 0 },
    ]);
    expect(now).toMatchObject({ open: 3, overdue: 0, waiting: 0, blocked: 0 });
  });

  test("counts the last occurrence of a series once, and an end before it", async () => {
    const terminal = openTerminal();
    const [a, b] = [await terminal.add("a", "every:day for 1 times"), await terminal.add("b", "every:day")];
    await terminal.print("done", a.handle);
    await terminal.print("done", "--forever", b.handle);
    expect((await read(terminal, "today")).rows).toMatchObject([{ done: 2, added: 2 }]);
  });

  test("begins days at the user's midnight, also where the clocks change", async () => {
    const terminal = openTerminal({ now: Date.parse("2026-10-25T22:30:00Z") });
    const late = await terminal.add("a", "due:today");
    const later = await terminal.add("b", "due:today");
    await terminal.print("done", late.handle);
    terminal.setup.now += HOUR_MS;
    await terminal.print("done", later.handle);
    const { rows, with_due_date, on_time } = await read(terminal, "2026-10-25..2026-10-26");
    expect(rows).toMatchObject([
      { from: "2026-10-25", done: 1, added: 2 },
      { from: "2026-10-26", done: 1, added: 0 },
    ]);
    expect([on_time, with_due_date]).toEqual([1, 2]);
  });

  test("says what is open as lists do", async () => {
    const terminal = openTerminal();
    await terminal.add("a", "due:yesterday");
    await terminal.add("b", "due:yesterday", "wait:tomorrow");
    const { handle } = await terminal.add("c");
    await terminal.add("d", `depends:${handle}`);
    await terminal.add("e", `depends:${handle}`, "wait:tomorrow");
    expect(await read(terminal)).toMatchObject({ open: 5, overdue: 1, waiting: 2, blocked: 1 });
    for (const [filter, count] of [
      ["overdue", 1],
      ["is:waiting", 2],
      ["is:blocked", 1],
    ] as const) {
      expect(JSON.parse(await terminal.print("list", "--json", filter))).toHaveLength(count);
    }
  });

  test("has the projects in which most was done first, and none last of these with as much", async () => {
    const terminal = openTerminal();
    for (const project of ["Work", "Home", "Work", undefined, undefined, "Open"]) {
      const { handle } = await terminal.add("a", ...(project ? [`project:${project}`] : []));
      if (project !== "Open") await terminal.print("done", handle);
    }
    const { projects } = await read(terminal, "today");
    expect(projects.map(({ project, done, open }) => [project, done, open])).toEqual([
      ["Work", 2, 0],
      [null, 2, 0],
      ["Home", 1, 0],
      ["Open", 0, 1],
    ]);
  });

  test("has the tracked time of whole months, and of no other periods", async () => {
    const terminal = openTerminal();
    const { handle } = await terminal.add("a", "project:Work");
    await terminal.print("start", handle);
    terminal.setup.now += 90 * 60_000;
    await terminal.print("stop", handle);
    const time = async (...words: string[]) => (await read(terminal, ...words)).projects[0]?.tracked_minutes;
    expect(await time()).toBe(90);
    expect(await time("this year")).toBe(90);
    expect(await time("last month")).toBe(0);
    expect(await time("this week")).toBeNull();
  });

  test("has the time of a task that was imported", async () => {
    const terminal = openTerminal({ stdin: '{"title":"a","tracked_minutes":5}\n{"title":"b","tracked_minutes":0}\n' });
    await terminal.print("import", "-");
    expect((await read(terminal)).projects).toMatchObject([{ open: 2, tracked_minutes: 5 }]);
  });

  test("is narrowed by the terms of a filter, whatever the state of the tasks", async () => {
    const terminal = openTerminal();
    const [a] = [await terminal.add("a", "+home"), await terminal.add("b", "+home"), await terminal.add("c")];
    await terminal.print("done", a.handle);
    expect(await read(terminal, "today", "+home")).toMatchObject({ open: 1, rows: [{ done: 1, added: 2 }] });
    expect(await read(terminal, "+home", "or", "c")).toMatchObject({ open: 2 });
    expect(await read(terminal, "today", "--", "c")).toMatchObject({ open: 1 });
  });

  test("refuses a period that is to come, and one that is too long", async () => {
    const terminal = openTerminal();
    expect(await terminal.run("stats", "2027")).toMatchObject({ code: 2 });
    expect((await terminal.run("stats", "2027")).err).toContain("the period is still to come");
    expect((await terminal.run("stats", "2005..2026")).err).toContain("at most 20 years");
    expect(await terminal.run("stats", "2007..2026")).toMatchObject({ code: 0 });
  });

  test("says on a terminal what to type if there is nothing to count", async () => {
    const terminal = openTerminal(PLAIN);
    expect(await terminal.run("stats")).toEqual({
      code: 0,
      out: "",
      err: "Nothing to do. Add a task with: todo add WORDS\n",
    });
    expect((await terminal.run("stats", "+home")).err).toContain("No such tasks.");
  });
});
