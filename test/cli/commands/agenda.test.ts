import { describe, expect, test } from "bun:test";
import type { WireAgenda } from "../../../src/contract/agenda.ts";
import { expectGolden, listGolden } from "../../support/cli/golden.ts";
import { ON_A_TERMINAL, type Terminal, useTerminals } from "../../support/cli/terminal.ts";
import { record } from "../../support/cli/transcript.ts";

const openTerminal = useTerminals();
const PLAIN = { ...ON_A_TERMINAL, env: { NO_COLOR: "1" } };
const WIDTHS = [40, 80, 120];
const COMMANDS = [["agenda"], ["agenda", "3"], ["agenda", "1", "+home"], ["agenda", "+nothing"]];

/** It is Friday, 20 November 2026, 10:00 in Berlin. */
async function aBusyWeek(terminal: Terminal): Promise<void> {
  await terminal.add("Pay rent", "due:2026-11-16", "priority:high", "project:House");
  await terminal.add("Call Ann", "due:2026-11-20 09:30", "+phone");
  await terminal.add("Dentist", "due:17:00", "project:Health");
  await terminal.add("Water plants", "every:2 days", "+home", "due:today");
  await terminal.add("Quarterly report", "scheduled:sunday", "due:27 nov", "project:Work");
  await terminal.add("Ask for quotes", "scheduled:sunday 14:00", "project:Work");
  await terminal.add("Stand-up", "every:weekday at 9:00", "due:monday", "project:Work");
  await terminal.add("Put the bins out", "every:mon", "due:monday", "project:House");
  await terminal.add(
    "Write to everybody who came to the party and thank them for all that they brought",
    "due:tuesday",
  );
  await terminal.add("Wash the car", "due:monday", "wait:sunday");
  await terminal.add("Sow peas", "due:2027-03-01");
}

async function readItems(terminal: Terminal, ...argv: readonly string[]): Promise<string[]> {
  const { days }: WireAgenda = JSON.parse(await terminal.print("agenda", "--json", ...argv));
  return days.flatMap(({ day, items }) =>
    items.map(({ kind, at, task }) => `${day} ${at ?? ""} ${kind} ${task.title}`),
  );
}

describe("todo agenda", () => {
  test.each(WIDTHS)("in %d columns is as it was looked at", async (columns) => {
    const terminal = openTerminal({ ...PLAIN, columns, rows: 90 });
    await aBusyWeek(terminal);
    const text = await record(terminal, COMMANDS);
    const isTooWide = (line: string) => Bun.stringWidth(line) > columns && !line.startsWith("2> ");
    expect(text.split("\n").filter(isTooWide)).toEqual([]);
    expectGolden(`agenda/${columns}-columns.txt`, text);
  });

  test("in a pipe is as it was looked at", async () => {
    const terminal = openTerminal();
    await aBusyWeek(terminal);
    expectGolden("agenda/piped.txt", await record(terminal, [...COMMANDS, ["agenda", "-q"]]));
  });

  test("answers programs with every day, and each item with its time and its task", async () => {
    const terminal = openTerminal();
    await aBusyWeek(terminal);
    const { days, overdue, more }: WireAgenda = JSON.parse(await terminal.print("agenda", "--json"));
    expect(days.map(({ day }) => day)).toHaveLength(7);
    expect([overdue, more]).toEqual([2, false]);
    expect(await readItems(terminal, "4")).toEqual([
      "2026-11-20  overdue Pay rent",
      "2026-11-20 09:30 overdue Call Ann",
      "2026-11-20 17:00 due Dentist",
      "2026-11-20  due Water plants",
      "2026-11-22 14:00 planned Ask for quotes",
      "2026-11-22  planned Quarterly report",
      "2026-11-22  to_come Water plants",
      "2026-11-23 09:00 due Stand-up",
      "2026-11-23  due Put the bins out",
    ]);
  });

  test("shows the oldest of what is overdue, says how much more there is and finds it", async () => {
    const terminal = openTerminal(PLAIN);
    terminal.setup.stdin = "x\n".repeat(22);
    await terminal.print("add", "-", "due:yesterday");
    const { out, err } = await terminal.run("agenda");
    expect(out.match(/overdue/g)).toHaveLength(20);
    expect(err).toBe("2 more are overdue. See: todo list overdue\n");
    expect(JSON.parse(await terminal.print("list", "overdue", "--json"))).toHaveLength(22);
  });

  test.each(["0", "91", "-1", "100000000000"])("refuses %s days", async (days) => {
    const { code, err } = await openTerminal().run("agenda", days);
    expect([code, err]).toEqual([
      2,
      `todo: an agenda has 1 to 90 days, not ${days}\n  To look for a number: todo list NUMBER\n`,
    ]);
  });

  test("refuses a filter for what is not open", async () => {
    const { code, err } = await openTerminal().run("agenda", "status:completed");
    expect([code, err.split("\n")[0]]).toEqual([
      2,
      "todo: only open tasks are shown here, and status:completed asks for others",
    ]);
  });
});

describe("where no day has anything", () => {
  test("a person learns how to add a task, or what there is", async () => {
    const terminal = openTerminal(PLAIN);
    expect((await terminal.run("agenda")).err).toBe("Nothing to do. Add a task with: todo add WORDS\n");
    await terminal.add("a", "+home");
    expect((await terminal.run("agenda")).err).toBe(
      "Nothing is due or planned within 7 days. 1 task is open: todo list\n",
    );
    expect((await terminal.run("agenda", "1", "+home")).err).toBe("No such task is due or planned for today.\n");
  });

  test("a program reads the days, or nothing", async () => {
    const terminal = openTerminal();
    expect(JSON.parse(await terminal.print("agenda", "1", "--json"))).toEqual({
      days: [{ day: "2026-11-20", items: [] }],
      overdue: 0,
      more: false,
    });
    expect(await terminal.print("agenda", "-q")).toBe("");
  });
});

test("every golden file of todo agenda is compared, and nothing else lies there", () => {
  expect(listGolden("agenda")).toEqual([...WIDTHS.map((columns) => `${columns}-columns.txt`), "piped.txt"].toSorted());
});
