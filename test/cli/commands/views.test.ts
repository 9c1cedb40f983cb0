import { describe, expect, test } from "bun:test";
import type { WireTask } from "../../../src/contract/task.ts";
import { ON_A_TERMINAL, type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();
const PLAIN = { ...ON_A_TERMINAL, env: { NO_COLOR: "1" } };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

async function listTitles(terminal: Terminal, ...argv: string[]): Promise<string[]> {
  const [command = "", ...words] = argv;
  const tasks: WireTask[] = JSON.parse(await terminal.print(command, "--json", ...words));
  return tasks.map(({ title }) => title);
}

/** The titles under each heading of what a terminal shows. The titles are letters. */
function readSections(out: string): Record<string, string[]> {
  const sections: Record<string, string[]> = {};
  let last: string[] = [];
  for (const line of out.split("\n")) {
    const title = / ([a-z])(?: {2}\+home)?$/.exec(line)?.[1];
    if (title !== undefined) last.push(title);
    else if (line !== "") last = sections[line] = [];
  }
  return sections;
}

/** It is Friday, 20 November 2026, 10:00 in Berlin. */
async function aTestUser(): Promise<Terminal> {
  const terminal = openTerminal(PLAIN);
  await terminal.add("a", "due:wednesday");
  await terminal.add("b", "due:today", "+home");
  await terminal.add("c", "due:2026-11-20 09:30");
  await terminal.add("d", "due:23:30", "+home");
  await terminal.add("e", "due:yesterday");
  await terminal.add("f", "due:2026-11-21 00:30");
  await terminal.add("g", "due:2027-03-01", "+home");
  await terminal.add("h", "+home");
  await terminal.add("i", "due:2026-11-19 23:59", "+home");
  await terminal.add("j", "due:tomorrow");
  return terminal;
}

describe("a task that waits", () => {
  async function openWaiting(): Promise<Terminal> {
    const terminal = openTerminal(PLAIN);
    await terminal.add("a", "due:today", "wait:10:00:01");
    await terminal.add("b", "due:tomorrow", "wait:tomorrow");
    await terminal.add("c", "due:tomorrow", "wait:today");
    return terminal;
  }

  test("is in no list until then, to the second, and says how to see it", async () => {
    const terminal = await openWaiting();
    expect(readSections(await terminal.print("list", "--no-pager"))).toEqual({});
    expect(await listTitles(terminal, "list")).toEqual(["c"]);
    expect(await listTitles(terminal, "upcoming")).toEqual(["c"]);
    expect((await terminal.run("today")).err).toBe("Nothing is due or planned for today. 1 task is open: todo list\n");
    expect(await listTitles(terminal, "list", "is:waiting")).toEqual(["a", "b"]);
    expect(await listTitles(terminal, "list", "wait:tomorrow")).toEqual(["b"]);
    terminal.setup.now += 1000;
    expect(await listTitles(terminal, "today")).toEqual(["a"]);
    terminal.setup.now += DAY_MS;
    expect(await listTitles(terminal, "list")).toEqual(["a", "b", "c"]);
  });

  test("is counted beside those that are shown, and where nothing is", async () => {
    const terminal = await openWaiting();
    expect((await terminal.run()).err).toBe("1 open. 2 wait: todo list is:waiting\n");
    await terminal.print("done", ...(await terminal.print("list", "-q")).trim().split("\n"));
    for (const argv of [[], ["list"], ["today"], ["upcoming"]]) {
      expect((await terminal.run(...argv)).err).toBe("Nothing to do now. 2 wait: todo list is:waiting\n");
    }
    terminal.setup.now += 1000;
    expect((await terminal.run()).err).toBe("1 open, 1 due today. 1 waits: todo list is:waiting\n");
  });

  test("is listed when it is done, and for who asks for a status", async () => {
    const terminal = await openWaiting();
    expect(await listTitles(terminal, "list", "status:pending")).toEqual(["a", "b", "c"]);
    await terminal.print("done", ...(await terminal.print("list", "is:waiting", "-q")).trim().split("\n"));
    expect((await listTitles(terminal, "completed")).toSorted()).toEqual(["a", "b"]);
  });
});

describe("a task that is planned for a day", () => {
  test("says so in lists where it has no due date, and is in today from then on", async () => {
    const terminal = openTerminal(PLAIN);
    await terminal.add("a", "scheduled:today");
    await terminal.add("b", "scheduled:yesterday", "due:2027-03-01");
    await terminal.add("c", "scheduled:tomorrow");
    await terminal.add("d", "scheduled:yesterday", "due:today");
    expect(readSections(await terminal.print("today"))).toEqual({ Today: ["d"], Planned: ["b", "a"] });
    expect(await terminal.print("list")).toMatch(/planned today +a\n.*planned tomorrow +c\n$/s);
    const piped = openTerminal({ env: terminal.setup.env });
    await piped.add("a", "scheduled:today");
    expect(await piped.print("list")).toBe("wbb  planned Fri 20 Nov  a\n");
  });

  test("is found by that day", async () => {
    const terminal = openTerminal(PLAIN);
    await terminal.add("a", "scheduled:today");
    await terminal.add("b", "scheduled:tomorrow");
    await terminal.add("c");
    expect(await listTitles(terminal, "list", "scheduled:tomorrow")).toEqual(["b"]);
    expect(await listTitles(terminal, "list", "scheduled.before:tomorrow")).toEqual(["a"]);
    expect(await listTitles(terminal, "list", "scheduled.after:today")).toEqual(["b"]);
    expect(await listTitles(terminal, "list", "scheduled:none")).toEqual(["c"]);
  });
});

describe("todo today", () => {
  test("lists what is overdue, then what is due today, by the user's days", async () => {
    const terminal = await aTestUser();
    expect(readSections(await terminal.print("today"))).toEqual({ Overdue: ["i", "e", "c"], Today: ["d", "b"] });
    expect(await listTitles(terminal, "today")).toEqual(["i", "e", "c", "d", "b"]);
  });

  test("is narrowed by the terms of a filter and by words behind --", async () => {
    const terminal = await aTestUser();
    expect(await listTitles(terminal, "today", "+home")).toEqual(["i", "d", "b"]);
    expect(await listTitles(terminal, "today", "+home", "not:overdue")).toEqual(["d", "b"]);
    await terminal.add("--due", "today", "--", "words with +home in it");
    expect(await listTitles(terminal, "today", "--", "+home")).toEqual(["words with +home in it"]);
    expect((await terminal.run("today", "--", "no such words")).err).toBe(
      "No such task is due or planned for today.\n",
    );
  });

  test("lists the same for programs and with -q, and says nothing else to them", async () => {
    const terminal = await aTestUser();
    const handles = (await terminal.print("list", "-q", "due.before:tomorrow")).split("\n").toSorted();
    expect((await terminal.print("today", "-q")).split("\n").toSorted()).toEqual(handles);
    expect((await terminal.print("today", "--ndjson")).split("\n")).toHaveLength(6);
    expect(await terminal.run("today", "+nothing", "-q")).toEqual({ code: 0, out: "", err: "" });
  });

  test("has nothing of what is done", async () => {
    const terminal = await aTestUser();
    const all = (await terminal.print("today", "-q")).trimEnd().split("\n");
    await terminal.print("done", ...all);
    expect(await terminal.run("today")).toEqual({
      code: 0,
      out: "",
      err: "Nothing is due or planned for today. 5 tasks are open: todo list\n",
    });
  });
});

describe("todo upcoming", () => {
  test("lists day by day what is due from now on, and says how much is overdue", async () => {
    const terminal = await aTestUser();
    const { out, err } = await terminal.run("upcoming");
    expect(readSections(out)).toEqual({
      Today: ["d", "b"],
      Tomorrow: ["f", "j"],
      "Wed 25 Nov": ["a"],
      "Mon 1 Mar 2027": ["g"],
    });
    expect(err).toBe("3 overdue. See: todo today\n");
    expect(await listTitles(terminal, "upcoming")).toEqual(["d", "b", "f", "j", "a", "g"]);
  });

  test("shows the time of a moment, also months ahead, and nothing for a day", async () => {
    const terminal = openTerminal(PLAIN);
    await terminal.add("meet", "due:2027-03-01 09:15");
    await terminal.add("pay", "due:2027-03-01");
    const [heading, meet, pay] = (await terminal.print("upcoming")).split("\n");
    expect(heading).toBe("Mon 1 Mar 2027");
    expect(meet).toMatch(/^\w{3} {2}09:15 {2}meet$/);
    expect(pay).toMatch(/^\w{3} {9}pay$/);
  });

  test("is narrowed by the terms of a filter", async () => {
    const terminal = await aTestUser();
    expect(await listTitles(terminal, "upcoming", "+home", "due.before:2027-01-01")).toEqual(["d", "b"]);
  });
});

describe("todo completed", () => {
  /** One task was done on each of so many days back, seen from Friday. */
  async function aWeek(): Promise<Terminal> {
    const terminal = openTerminal(PLAIN);
    const names = ["a", "b", "c", "d", "e", "f"];
    for (const name of names) await terminal.add(name, ...(name === "b" ? ["+home"] : []));
    const tasks = await terminal.tasks();
    for (const [back, name] of names.entries()) {
      const task = tasks.find(({ title }) => title === name);
      terminal.setup.now -= back * DAY_MS;
      await terminal.print("done", task?.handle ?? "");
      terminal.setup.now += back * DAY_MS;
    }
    await terminal.add("open");
    return terminal;
  }

  test("lists what was completed by days, newest first, with the time", async () => {
    const terminal = await aWeek();
    const out = await terminal.print("completed");
    expect(readSections(out)).toEqual({
      Today: ["a"],
      Yesterday: ["b"],
      "Wed 18 Nov": ["c"],
      "Tue 17 Nov": ["d"],
      "Mon 16 Nov": ["e"],
      "Sun 15 Nov": ["f"],
    });
    expect(out.split("\n")[1]).toMatch(/^\w{3} {2}10:00 {2}a$/);
  });

  test("of today has those since midnight, and of this week those since Monday", async () => {
    const terminal = await aWeek();
    expect(await listTitles(terminal, "completed", "today")).toEqual(["a"]);
    expect(await listTitles(terminal, "completed", "week")).toEqual(["a", "b", "c", "d", "e"]);
    terminal.setup.now += 3 * DAY_MS - 10 * HOUR_MS;
    expect(await listTitles(terminal, "completed", "today")).toEqual([]);
    expect(await listTitles(terminal, "completed", "week")).toEqual([]);
    expect((await terminal.run("completed", "week")).err).toBe(
      "No task was completed in this period, 23–29 Nov. See all: todo completed\n",
    );
  });

  test("of other periods has those between two midnights, in one argument or several and in any case", async () => {
    const terminal = await aWeek();
    expect(await listTitles(terminal, "completed", "yesterday")).toEqual(["b"]);
    expect(await listTitles(terminal, "completed", "Month")).toEqual(["a", "b", "c", "d", "e", "f"]);
    expect(await listTitles(terminal, "completed", "last", "2", "days")).toEqual(["a", "b"]);
    expect(await listTitles(terminal, "completed", "2026-11-16..2026-11-18")).toEqual(["c", "d", "e"]);
    terminal.setup.now += 11 * DAY_MS;
    expect(await listTitles(terminal, "completed", "last month")).toEqual(["a", "b", "c", "d", "e", "f"]);
    expect((await terminal.run("completed", "Yesterday")).err).toBe(
      "No task was completed in this period, Mon 30 Nov. See all: todo completed\n",
    );
  });

  test("says of a period that there is none what to write", async () => {
    const { code, err } = await openTerminal(PLAIN).run("completed", "2026-11-31");
    expect(code).toBe(2);
    expect(err).toContain("there is no 2026-11-31");
  });

  test("marks what was closed without being done", async () => {
    const terminal = openTerminal(PLAIN);
    const series = await terminal.add("a", "every:day");
    const task = await terminal.add("b");
    await terminal.print("skip", series.handle);
    await terminal.print("cancel", task.handle);
    const out = await terminal.print("completed");
    expect(out).toMatch(/ skipped 10:00 .* a/);
    expect(out).toMatch(/ cancelled 10:00 .*b/);
  });

  test("is narrowed by terms behind the period or without one, and only the first words are a period", async () => {
    const terminal = await aWeek();
    expect(await listTitles(terminal, "completed", "week", "+home")).toEqual(["b"]);
    expect(await listTitles(terminal, "completed", "+home")).toEqual(["b"]);
    expect(await listTitles(terminal, "completed", "last month", "+home")).toEqual([]);
    expect(await listTitles(terminal, "completed", "+home", "today")).toEqual([]);
  });
});
