import { describe, expect, test } from "bun:test";
import { expectGolden, listGolden } from "../../support/cli/golden.ts";
import { ON_A_TERMINAL, type Terminal, useTerminals } from "../../support/cli/terminal.ts";
import { record } from "../../support/cli/transcript.ts";

const openTerminal = useTerminals();
const PLAIN = { ...ON_A_TERMINAL, env: { NO_COLOR: "1" } };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const COMMANDS = [
  ["stats"],
  ["stats", "this week"],
  ["stats", "this year", "+home"],
  ["completed", "last", "3", "days"],
  ["reminders"],
  ["reminders", "--until", "+7d"],
];

/** Some weeks of work in two projects, seen from Friday, 20 November 2026. */
async function someWeeks(terminal: Terminal): Promise<void> {
  const { setup } = terminal;
  const until = setup.now;
  for (let back = 24; back >= 0; back -= 1) {
    setup.now = until - back * DAY_MS;
    const project = back % 3 === 0 ? "House" : "Work and all that belongs to it";
    const { handle } = await terminal.add(
      `Task ${back}`,
      `project:${project}`,
      ...(back % 2 === 0 ? ["+home", "due:today"] : []),
    );
    if (back % 4 === 0) continue;
    if (back % 5 === 0) await terminal.print("start", handle);
    setup.now += 2 * HOUR_MS;
    await terminal.print(back % 7 === 0 ? "cancel" : "done", handle);
  }
  setup.now = until;
  const { handle } = await terminal.add("Water the plants", "every:day");
  await terminal.add("Dentist", "due:tomorrow 10:00", "remind:1d", "remind:30min", "project:Health", "+phone");
  await terminal.add(
    "Renew the passport at the office that is open in the morning",
    "remind:2026-11-20 09:00",
    "wait:mon",
  );
  await terminal.add("Pay rent", "due:friday", "remind:1d", "remind:now");
  await terminal.print("skip", handle);
  await terminal.print("done", handle);
}

describe("what was done", () => {
  test.each([40, 80, 120])("is shown in %i columns", async (columns) => {
    const terminal = openTerminal({ ...PLAIN, columns, rows: 60 });
    await someWeeks(terminal);
    expectGolden(`activity/${columns}-columns.txt`, await record(terminal, COMMANDS));
  });

  test("is shown in a pipe, and to programs", async () => {
    const terminal = openTerminal();
    await someWeeks(terminal);
    const commands = [
      ...COMMANDS,
      ["stats", "--json"],
      ["stats", "today", "--json"],
      ["completed", "today", "-q"],
      ["reminders", "-q"],
      ["reminders", "--count"],
    ];
    expectGolden("activity/piped.txt", await record(terminal, commands));
  });

  test("is shown in colours, and if there is nothing", async () => {
    const coloured = openTerminal(ON_A_TERMINAL);
    await coloured.add("Task");
    expectGolden("activity/in-colours.txt", await record(coloured, [["stats", "today"]]));
    expectGolden("activity/of-nothing.txt", await record(openTerminal(PLAIN), [...COMMANDS, ["stats", "--json"]]));
  });
});

test("every golden file of what was done is compared, and nothing else lies there", () => {
  expect(listGolden("activity")).toEqual([
    "120-columns.txt",
    "40-columns.txt",
    "80-columns.txt",
    "in-colours.txt",
    "of-nothing.txt",
    "piped.txt",
  ]);
});
