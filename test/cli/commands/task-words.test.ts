import { describe, expect, test } from "bun:test";
import { useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

/** What a command answers in JSON. */
async function read(terminal: ReturnType<typeof openTerminal>, ...argv: string[]) {
  return JSON.parse(await terminal.print(...argv, "--json"));
}

describe("a task", () => {
  test("is hidden and planned from dates that are counted from its due date", async () => {
    const terminal = openTerminal();
    expect(await read(terminal, "add", "Tax", "due:2027-05-31", "wait:due-3w", "scheduled:due-1d")).toMatchObject({
      due_date: "2027-05-31",
      wait_until: "2027-05-10",
      scheduled_date: "2027-05-30",
    });
    expect(await read(terminal, "edit", "wbb", "due+1w", "wait:due-1w")).toMatchObject({
      due_date: "2027-06-07",
      wait_until: "2027-05-31",
      scheduled_date: "2027-05-30",
    });
  });

  test.each([
    [["add", "Tax", "wait:due-3d"], "a new task has no due date to count from"],
    [["edit", "wbb", "scheduled:due-3d"], "has no due date to count from"],
    [["add", "Tax", "due:friday", "wait:due-1h"], "hours are counted from a time"],
    [["add", "Tax", "estimate:5"], '"5" is not a duration: write 5min or 5h'],
    [["add", "Tax", "remind:friday"], 'reminder "friday" has no time'],
  ])("%p is refused, and nothing is changed", async (argv, problem) => {
    const terminal = openTerminal();
    await terminal.add("Milk");
    const { code, err } = await terminal.run(...argv);
    expect([code, err]).toEqual([2, expect.stringContaining(problem)]);
    expect(await terminal.print("log", "--quiet")).toBe("wbbnznksrkdb\n");
  });

  test("is a part of another and waits for others, which are named as everywhere", async () => {
    const terminal = openTerminal();
    for (const title of ["House", "Van", "Boxes"]) await terminal.add(title);
    const [house, van, boxes] = (await read(terminal, "list")).map(({ id }: { id: string }) => id);
    const added = await read(terminal, "add", "Move", `parent:${house}`, `depends:${van},${boxes}`);
    expect(added).toMatchObject({ parent: house, depends_on: expect.arrayContaining([van, boxes]) });
    const edited = await read(terminal, "edit", added.handle, `not:depends:${van}`, "parent:");
    expect(edited).toMatchObject({ parent: null, depends_on: [boxes] });
    expect(await read(terminal, "edit", added.handle, "--no-depends")).toMatchObject({ depends_on: [] });
    const { code, err } = await terminal.run("add", "Paint", "parent:zzz");
    expect([code, err]).toEqual([3, expect.stringContaining('no task "zzz"')]);
  });

  test("gets the same from options", async () => {
    const terminal = openTerminal();
    const options = ["--estimate", "2h", "--remind", "1d", "--remind", "30min", "--wait", "friday"];
    expect(await read(terminal, "add", "Call", ...options)).toMatchObject({
      estimate_minutes: 120,
      reminders: ["-P1D", "-PT30M"],
      wait_until: "2026-11-27",
    });
    expect(await read(terminal, "edit", "wbb", "--no-remind", "--no-estimate", "--no-wait")).toMatchObject({
      estimate_minutes: null,
      reminders: [],
      wait_until: null,
    });
  });
});

describe("a task that repeats", () => {
  test("is understood from the words behind its key, and says so", async () => {
    const terminal = openTerminal();
    const { out, err } = await terminal.run("add", "Bins", "every:2", "weeks", "on", "mon,thu", "+home");
    expect(out).toBe("Added wbb  Bins  due Mon 23 Nov  every 2 weeks  +home\n");
    expect(err).toBe("every 2 weeks on Mon and Thu, first Mon 23 Nov, then Thu 26 Nov\n");
  });

  test("gets another rule, or none, by an edit", async () => {
    const terminal = openTerminal();
    await terminal.add("Bins");
    const { err } = await terminal.run("edit", "wbb", "due:2027-01-31", "every:month");
    expect(err).toBe("every month on the 31st, first Sun 31 Jan 2027, then Sun 28 Feb 2027\n");
    expect((await terminal.run("edit", "wbb", "every:none")).err).toBe("");
    expect(await read(terminal, "show", "wbb")).toMatchObject({ due_date: "2027-01-31", occurrence: null });
  });

  test.each([["every:hour"], ["every:weekend"], ["every:30 feb"], ["every:"]])(
    "is refused with %p, and nothing is added",
    async (word) => {
      const terminal = openTerminal();
      expect((await terminal.run("add", "Bins", word)).code).toBe(2);
      expect(await terminal.print("list", "--quiet")).toBe("");
    },
  );
});
