import { describe, expect, test } from "bun:test";
import { expectGolden, listGolden } from "../../support/cli/golden.ts";
import { ON_A_TERMINAL, type Terminal, useTerminals } from "../../support/cli/terminal.ts";
import { record } from "../../support/cli/transcript.ts";

const openTerminal = useTerminals();
const PLAIN = { ...ON_A_TERMINAL, env: { NO_COLOR: "1" } };
const WIDTHS = [40, 80, 120];
const COMMANDS = [["calendar"], ["cal", "next", "month"], ["calendar", "2027-02", "+home"], ["calendar", "+nothing"]];

/** It is Friday, 20 November 2026, 10:00 in Berlin. */
async function aBusyAutumn(terminal: Terminal): Promise<void> {
  await terminal.add("Tax return", "due:2026-09-30");
  await terminal.add("Pay rent", "due:2026-11-16", "+home");
  await terminal.add("Call Ann", "due:yesterday");
  await terminal.add("Dentist", "due:17:00");
  await terminal.add("Water plants", "every:week", "due:today", "+home");
  await terminal.add("Report", "scheduled:sunday", "due:27 nov");
  await terminal.add("Sow peas", "due:2027-03-01");
  await terminal.add("Wait", "due:saturday", "wait:saturday");
}

describe("todo calendar", () => {
  test.each(WIDTHS)("in %d columns is as it was looked at", async (columns) => {
    const terminal = openTerminal({ ...PLAIN, columns, rows: 60 });
    await aBusyAutumn(terminal);
    const text = await record(terminal, COMMANDS);
    const isTooWide = (line: string) => Bun.stringWidth(line) > columns && !line.startsWith("2> ");
    expect(text.split("\n").filter(isTooWide)).toEqual([]);
    expectGolden(`calendar/${columns}-columns.txt`, text);
  });

  test("in a pipe and in colours is as it was looked at", async () => {
    const piped = openTerminal();
    await aBusyAutumn(piped);
    expectGolden("calendar/piped.txt", await record(piped, [...COMMANDS, ["cal", "-q"]]));
    const coloured = openTerminal(ON_A_TERMINAL);
    await aBusyAutumn(coloured);
    expectGolden("calendar/in-colours.txt", await record(coloured, [["calendar"]]));
  });

  test.each(["2026-11-16", "2026-11-22", "2026-11-01", "2026-12-31"])(
    "has %s in brackets where that is today",
    async (day) => {
      const terminal = openTerminal({ now: Date.parse(`${day}T09:00:00Z`) });
      const out = await terminal.print("calendar");
      expect(out.match(/\[ ?\d+\]/g)).toEqual([`[${String(Number(day.slice(8))).padStart(2)}]`]);
    },
  );

  test("answers programs with the numbers of each day", async () => {
    const terminal = openTerminal();
    await aBusyAutumn(terminal);
    const { days, overdue_before } = JSON.parse(await terminal.print("calendar", "nov", "--json"));
    expect([days.length, overdue_before]).toEqual([30, 1]);
    expect(days[19]).toEqual({ day: "2026-11-20", overdue: 0, due: 2, planned: 0, to_come: 0 });
    expect(days[26]).toEqual({ day: "2026-11-27", overdue: 0, due: 1, planned: 0, to_come: 1 });
  });

  test("refuses a month that there is not, and a filter for what is not open", async () => {
    const terminal = openTerminal();
    expect(await terminal.run("calendar", "2027-13")).toEqual({ code: 2, out: "", err: "todo: there is no 2027-13\n" });
    expect((await terminal.run("calendar", "status:deleted")).code).toBe(2);
  });

  test.each<[string[]]>([[["2027"]], [["13", "+home"]], [["-1"]], [["next", "year"]], [["this week"]]])(
    "refuses %j, which is no month, rather than look for it in titles",
    async (words) => {
      const { code, out, err } = await openTerminal().run("calendar", ...words);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(/^todo: a calendar is of one month, not of .+\n  Write a month such as feb, february 2027,/);
    },
  );

  test("says on a terminal what there is where nothing is due", async () => {
    const terminal = openTerminal(PLAIN);
    expect((await terminal.run("calendar")).err).toBe("Nothing to do. Add a task with: todo add WORDS\n");
    await terminal.add("a");
    expect((await terminal.run("calendar", "feb")).err).toBe(
      "Nothing is due in February 2027. 1 task is open: todo list\n",
    );
  });
});

test("every golden file of todo calendar is compared, and nothing else lies there", () => {
  const names = [...WIDTHS.map((columns) => `${columns}-columns.txt`), "piped.txt", "in-colours.txt"];
  expect(listGolden("calendar")).toEqual(names.toSorted());
});
