import { describe, expect, test } from "bun:test";
import { expectGolden, listGolden } from "../../support/cli/golden.ts";
import { ON_A_TERMINAL, type Terminal, useTerminals } from "../../support/cli/terminal.ts";
import { record } from "../../support/cli/transcript.ts";

const openTerminal = useTerminals();
const PLAIN = { ...ON_A_TERMINAL, env: { NO_COLOR: "1" } };
const WIDTHS = [40, 80, 120];
const COMMANDS = [["next"], ["next", "--why"], ["next", "--limit", "3"], ["next", "+home", "--limit", "1"]];
const MINUTE_MS = 60_000;

/** It is Friday, 20 November 2026, 10:00 in Berlin. */
async function aBusyWeek(terminal: Terminal): Promise<void> {
  await terminal.add("Sow peas", "due:2027-03-01", "project:Garden", "priority:low");
  await terminal.add("Pay rent", "due:2026-11-16", "+home", "priority:high", "project:House.Flat");
  await terminal.add("Read a book");
  await terminal.add(
    "Write the report about the year that nobody will ever read",
    "scheduled:2026-11-18",
    "due:2026-12-24",
  );
  await terminal.add("Call Ann", "due:2026-11-20 09:30", "+phone");
  const dentist = await terminal.add("Dentist", "due:17:00", "project:Health");
  await terminal.add("Ask for money", "due:27 nov", "+work", "priority:medium");
  await terminal.add("Book the van", "priority:high", "+home");
  await terminal.add("Clean the windows", "priority:medium", "+home");
  await terminal.add("Plan the trip", "due:28 nov");
  await terminal.add("Buy new teeth", `depends:${dentist.handle}`, "due:today");
  await terminal.add("Wash the car", "wait:tomorrow", "+home");
  await terminal.add("Tax return", "wait:2027-01-01", "due:2027-05-31");
  await terminal.add("Prune the roses", "scheduled:tomorrow");
  const started = await terminal.add("Repair the chair", "priority:low");
  terminal.setup.now -= 130 * MINUTE_MS;
  await terminal.print("start", started.handle);
  terminal.setup.now += 130 * MINUTE_MS;
}

async function titlesOf(terminal: Terminal, ...argv: readonly string[]): Promise<string[]> {
  const lines = (await terminal.print("next", "--ndjson", ...argv)).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line).title);
}

describe("todo next", () => {
  test.each(WIDTHS)("in %d columns is as it was looked at", async (columns) => {
    const terminal = openTerminal({ ...PLAIN, columns, rows: 60 });
    await aBusyWeek(terminal);
    const text = await record(terminal, COMMANDS);
    expect(text.split("\n").filter((line) => Bun.stringWidth(line.replace(/^2> /, "")) > columns)).toEqual([]);
    expectGolden(`next/${columns}-columns.txt`, text);
  });

  test("in a pipe and for programs is as it was looked at", async () => {
    const terminal = openTerminal();
    await aBusyWeek(terminal);
    const text = await record(terminal, [
      ...COMMANDS,
      ["next", "--limit", "2", "-q"],
      ["next", "--limit", "2", "--json"],
    ]);
    expectGolden("next/piped.txt", text);
  });

  test("has ten tasks, or as many as one asks for, or all", async () => {
    const terminal = openTerminal();
    terminal.setup.stdin = "x\n".repeat(12);
    await terminal.print("add", "-");
    expect(await titlesOf(terminal)).toHaveLength(10);
    expect(await titlesOf(terminal, "--limit", "11")).toHaveLength(11);
    expect(await titlesOf(terminal, "--limit", "0")).toHaveLength(12);
  });

  test("says below how many more there are, and the terms for them find as many", async () => {
    const terminal = openTerminal(PLAIN);
    await aBusyWeek(terminal);
    const { err } = await terminal.run("next", "--limit", "4");
    expect(err).toBe("7 more are ready, 1 is blocked, 2 wait, 1 is planned for later. See: todo list\nis:ready\n");
    const counts: number[] = [];
    for (const term of ["is:ready", "is:blocked", "is:waiting", "scheduled.after:today"]) {
      counts.push(JSON.parse(await terminal.print("list", term, "--json")).length);
    }
    expect(counts).toEqual([4 + 7, 1, 2, 1]);
  });

  test("refuses a filter for what is not open, and takes one for all", async () => {
    const terminal = openTerminal();
    await terminal.add("a", "+home");
    const refused = await terminal.run("next", "+home", "status:completed");
    expect(refused).toEqual({
      code: 2,
      out: "",
      err: "todo: only open tasks are shown here, and status:completed asks for others\n  They are in: todo list status:completed\n",
    });
    expect(await titlesOf(terminal, "status:all", "+home")).toEqual(["a"]);
    expect(await titlesOf(terminal, "not:status:completed")).toEqual(["a"]);
  });
});

describe("where nothing is to be done next", () => {
  test("a person learns how to add a task", async () => {
    const { err } = await openTerminal(PLAIN).run("next");
    expect(err).toBe("Nothing to do. Add a task with: todo add WORDS\n");
  });

  test("a person learns what there is that can't be done now, and a command finds it", async () => {
    const terminal = openTerminal(PLAIN);
    await terminal.add("a", "wait:tomorrow");
    expect((await terminal.run("next")).err).toBe("Nothing is ready. 1 waits. See: todo list is:waiting\n");
    await terminal.add("b", "scheduled:tomorrow", "+home");
    await terminal.add("c", "scheduled:tomorrow");
    expect((await terminal.run("next")).err).toBe(
      "Nothing is ready. 1 waits, 2 are planned for later. See: todo list is:waiting\n",
    );
    expect((await terminal.run("next", "+home")).err).toBe("No such task is ready. 1 is planned for later.\n");
    await terminal.print("rm", "--yes", ...(await terminal.print("list", "is:waiting", "-q")).trim().split("\n"));
    expect((await terminal.run("next")).err).toEndWith("See: todo list scheduled.after:today\n");
    expect(JSON.parse(await terminal.print("list", "scheduled.after:today", "--json"))).toHaveLength(2);
  });

  test("a person who misspelt a tag learns which there is", async () => {
    const terminal = openTerminal(PLAIN);
    await terminal.add("a", "+home");
    expect((await terminal.run("next", "+hme")).err).toStartWith("No such tasks.\n");
  });

  test("a program reads an empty list", async () => {
    expect(await openTerminal().run("next", "--json")).toEqual({ code: 0, out: "[]\n", err: "" });
  });
});

test("every golden file of todo next is compared, and nothing else lies there", () => {
  expect(listGolden("next")).toEqual([...WIDTHS.map((columns) => `${columns}-columns.txt`), "piped.txt"].toSorted());
});
