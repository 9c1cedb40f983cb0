import { describe, expect, test } from "bun:test";
import { type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

/** It is Friday, 20 November. Rent is due on the 16th, and the last time it was. */
async function setUp(every = "16th", due = "2026-11-16") {
  const terminal = openTerminal();
  const { handle } = await add(terminal, "Pay", "rent", `every:${every}`, `due:${due}`);
  const rent = handle.slice(0, 3);
  const stored = async () => {
    const { due_date: dueDate, occurrence, completed } = JSON.parse(await terminal.print("show", rent, "--json"));
    return [dueDate, occurrence, completed];
  };
  return { terminal, rent, stored };
}

async function add(terminal: Terminal, ...words: readonly string[]) {
  return JSON.parse(await terminal.print("add", ...words, "--json"));
}

function setDay({ setup }: Terminal, day: string): void {
  setup.now = Date.parse(`${day}T09:00:00Z`);
}

describe("a task that repeats", () => {
  test("is done for one occurrence, and says when the next one is", async () => {
    const { terminal, rent, stored } = await setUp();
    const { out, err } = await terminal.run("done", rent);
    expect(out).toBe(`Done ${rent}  Pay rent  for Mon 16 Nov  next Wed 16 Dec  every 16th\n`);
    expect(err).toBe("");
    expect(await stored()).toEqual(["2026-12-16", "2026-12-16", false]);
  });

  test("names what was missed", async () => {
    const { terminal, rent } = await setUp();
    setDay(terminal, "2027-01-20");
    const { out, err } = await terminal.run("done", rent);
    expect(out).toBe(`Done ${rent}  Pay rent  for Mon 16 Nov 2026  next Tue 16 Feb  every 16th\n`);
    expect(err).toBe('2 missed: Wed 16 Dec 2026, Sat 16 Jan; "keeping missed" behind every: keeps them\n');
  });

  test.each(["skip", "detach", "cancel"])("names what is missed with todo %s, too", async (command) => {
    const { terminal, rent } = await setUp();
    setDay(terminal, "2027-01-20");
    const { err } = await terminal.run(command, rent);
    expect(err).toStartWith("2 missed: Wed 16 Dec 2026, Sat 16 Jan;");
    await terminal.print("undo");
    expect((await terminal.run(command, rent, "--json")).err).toBe("");
  });

  test("is not detached where it was done, and says so", async () => {
    const { terminal, rent } = await setUp();
    await terminal.print("done", rent);
    const done = await terminal.run("detach", rent, "--occurrence", "2026-11-16");
    expect([done.code, done.err]).toEqual([0, expect.stringMatching(/: was done or skipped already\n$/)]);
    await terminal.print("detach", rent);
    const own = await terminal.run("detach", rent, "--occurrence", "2026-12-16");
    expect(own.err).toMatch(/: is a task of its own already\n$/);
  });

  test("names three of many that were missed, and counts the others", async () => {
    const { terminal, rent } = await setUp("day");
    const { err } = await terminal.run("done", rent);
    expect(err).toStartWith("4 missed: Tue 17 Nov, Wed 18 Nov, Thu 19 Nov and 1 more;");
  });

  test("is done far ahead only if the occurrence is named", async () => {
    const { terminal, rent, stored } = await setUp();
    await terminal.print("done", rent);
    await terminal.print("done", rent);
    const refused = await terminal.run("done", rent);
    expect([refused.code, refused.out]).toEqual([2, ""]);
    expect(refused.err).toContain("is more than one period ahead\n  If you mean it: todo done");
    expect(await stored()).toEqual(["2027-01-16", "2027-01-16", false]);
    expect(await terminal.print("done", rent, "--occurrence", "2027-01-16")).toContain("next Tue 16 Feb 2027");
  });

  test("says of an occurrence that it was done already", async () => {
    const { terminal, rent } = await setUp();
    await terminal.print("done", rent);
    const { code, out, err } = await terminal.run("done", rent, "--occurrence", "2026-11-16");
    expect([code, out]).toEqual([0, ""]);
    expect(err).toBe(`${rent}  Pay rent  for Mon 16 Nov  next Wed 16 Dec  every 16th: was done already\n`);
  });

  test("takes the occurrence in the words of any day", async () => {
    const { terminal, rent } = await setUp();
    expect(await terminal.print("done", rent, "--occurrence", "16 dec")).toBe(
      `Done ${rent}  Pay rent  for Wed 16 Dec  next Mon 16 Nov  every 16th\n`,
    );
    const refused = await terminal.run("skip", rent, "--occurrence", "someday");
    expect([refused.code, refused.out]).toEqual([2, ""]);
  });

  test("says how to reopen what was done last", async () => {
    const { terminal, rent } = await setUp();
    await terminal.print("done", rent);
    const { code, err } = await terminal.run("reopen", rent);
    const [, record = ""] = /closed last: todo reopen (\w+)\n$/.exec(err) ?? [];
    expect([code, await terminal.print("reopen", record)]).toEqual([
      0,
      expect.stringMatching(/^Reopened .* due Mon 16 Nov/),
    ]);
  });

  test("is done for good with the last one", async () => {
    const { terminal, rent, stored } = await setUp("16th for 1 time");
    expect(await terminal.print("done", rent)).toContain("for Mon 16 Nov  the last one");
    expect((await stored())[2]).toBe(true);
  });

  test("is skipped, detached, cancelled, put off and ended", async () => {
    const { terminal, rent } = await setUp();
    expect(await terminal.print("skip", rent)).toBe(
      `Skipped ${rent}  Pay rent  for Mon 16 Nov  next Wed 16 Dec  every 16th\n`,
    );
    expect(await terminal.print("detach", rent)).toMatch(/^Detached \w{3}  Pay rent  due Wed 16 Dec\n$/);
    expect(await terminal.print("cancel", rent)).toContain("for Sat 16 Jan 2027  next Tue 16 Feb 2027");
    expect(await terminal.print("edit", rent, "due+4d")).toBe(
      `Changed ${rent}  Pay rent  due Tue 16 Feb 2027 → Sat 20 Feb 2027\n`,
    );
    expect(await terminal.print("done", rent, "--forever")).toBe(`Done ${rent}  Pay rent  due Sat 20 Feb 2027\n`);
    const listed = await terminal.print("list", "status:all");
    expect(listed.split("\n").map((line) => line.slice(5).trim().replaceAll(/  +/g, "  "))).toEqual([
      "skipped Fri 20 Nov 10:00  Pay rent",
      "Wed 16 Dec  Pay rent",
      "cancelled Fri 20 Nov 10:00  Pay rent",
      "done Fri 20 Nov 10:00  Pay rent",
      "",
    ]);
  });

  test("shows how, when next, and what became of it", async () => {
    const { terminal, rent } = await setUp("2 weeks on mon");
    await terminal.print("done", rent);
    await terminal.print("skip", rent);
    const shown = await terminal.print("show", rent);
    expect(shown).toContain("repeats     every 2 weeks on Mon\n");
    expect(shown).toContain("then        Mon 28 Dec, Mon 11 Jan 2027, Mon 25 Jan 2027\n");
    expect(shown).toMatch(
      /history {5}(Mon 16 Nov {2}done today\n {12}Mon 30 Nov {2}skipped today|Mon 30 Nov {2}skipped today\n {12}Mon 16 Nov {2}done today)\n/,
    );
    expect(await terminal.print("list")).toBe(`${rent}  Mon 14 Dec  Pay rent  every 2 weeks\n`);
  });

  test("is logged in words, and comes back with one undo", async () => {
    const { terminal, rent, stored } = await setUp();
    await terminal.print("done", rent);
    const log = (await terminal.print("log")).split("\n").map((line) => line.slice(line.indexOf("complete")));
    expect(log[0]).toMatch(/^complete {2}\w{12} {2}due Mon 16 Nov → Wed 16 Dec$/);
    expect(log[1]).toMatch(/^complete {2}\w{12} {2}title "Pay rent", due Mon 16 Nov, occurrence of \w{12}, completed$/);
    const undone = await terminal.print("undo");
    expect(undone).toContain(`${rent}  Pay rent  due Wed 16 Dec → Mon 16 Nov`);
    expect(await stored()).toEqual(["2026-11-16", "2026-11-16", false]);
    expect(await terminal.print("list", "-q")).toHaveLength(13);
  });

  test("is changed in its rule, and says both", async () => {
    const { terminal, rent } = await setUp();
    expect(await terminal.print("edit", rent, "every:mon")).toBe(
      `Changed ${rent}  Pay rent  every month on the 16th → every week on Mon\n`,
    );
    expect(await terminal.print("edit", rent, "every:none")).toBe(
      `Changed ${rent}  Pay rent  repetition removed, was every week on Mon\n`,
    );
  });

  test.each([
    ["an occurrence that there is not", ["done", "--occurrence", "2026-11-17"]],
    ["an occurrence to skip that there is not", ["skip", "--occurrence", "2026-11-17"]],
    ["one occurrence and all of them", ["done", "--occurrence", "2026-11-16", "--forever"]],
    ["no due date", ["edit", "due:none"]],
    ["words that are no rule", ["edit", "every:hour"]],
  ])("refuses %s with 2 and changes nothing", async (_, [command = "", ...words]) => {
    const { terminal, rent } = await setUp();
    const before = await terminal.tasks();
    const { code, out } = await terminal.run(command, rent, ...words);
    expect([code, out]).toEqual([2, ""]);
    expect(await terminal.tasks()).toEqual(before);
  });

  test.each(["skip", "detach"])("is what todo %s needs", async (command) => {
    const terminal = openTerminal();
    const { handle } = await add(terminal, "Milk");
    const { code, err } = await terminal.run(command, handle);
    expect([code, err]).toEqual([2, `todo: task ${handle} does not repeat\n`]);
  });

  test("has no occurrence left when it is completed, and its records are none that repeat", async () => {
    const { terminal, rent } = await setUp("16th for 1 time");
    await terminal.print("done", rent);
    const [series, record] = (await terminal.tasks()).toSorted(({ series: one }) => (one === null ? -1 : 1));
    if (!series || !record) throw new Error("both are there");
    expect((await terminal.run("skip", rent)).err).toBe(
      `todo: task ${series.handle} is completed, and repeats no more\n  To go on with it: todo reopen ${series.handle}\n`,
    );
    expect((await terminal.run("skip", record.handle)).err).toBe(
      `todo: task ${record.handle} does not repeat\n  It is an occurrence of task ${series.handle}.\n`,
    );
  });

  test("that is done again after an undo is named by the next undo, too", async () => {
    const { terminal, rent } = await setUp();
    await terminal.print("done", rent);
    await terminal.print("undo");
    setDay(terminal, "2026-11-21");
    await terminal.print("done", rent);
    expect(await terminal.print("undo")).toMatch(/^Undid the completion: \w+ {2}Pay rent {2}deleted$/m);
  });

  test("is exported with its records, and imported elsewhere as it was", async () => {
    const { terminal, rent } = await setUp("day at 9:00");
    await terminal.print("done", rent);
    await terminal.print("skip", rent);
    await terminal.print("edit", rent, "due+2h");
    const exported = await terminal.print("export");
    const other = openTerminal({ stdin: exported });
    expect(await other.print("import", "-")).toContain("3 new, 0 changed, 0 unchanged");
    expect(await other.print("export")).toBe(exported);
    other.setup.stdin = exported;
    expect(await other.print("import", "-")).toContain("0 new, 0 changed, 3 unchanged");
    const [plain, refused] = ["2 weeks on mon", "hour"].map((every) =>
      JSON.stringify({ title: every, recurrence: { every } }),
    );
    for (const times of ["1 new, 0 changed, 0 unchanged", "0 new, 0 changed, 1 unchanged"]) {
      other.setup.stdin = `${plain}\n`;
      expect(await other.print("import", "-")).toContain(times);
    }
    other.setup.stdin = `${plain}\n${refused}\n`;
    const { code, err } = await other.run("import", "-");
    expect([code, err]).toEqual([2, expect.stringContaining('line 2: recurrence: every: "hour" is not understood')]);
  });

  test("by a rule of another version is shown and listed as such, and is only ended", async () => {
    const { terminal, rent } = await setUp();
    const [task] = await terminal.tasks();
    const edits = [{ id: task?.id ?? "", fields: { recurrence: "due 2026-11-16 FREQ=HOURLY" } }];
    await terminal.store().commit("local", { action: "edit", now: terminal.setup.now, edits });
    expect(await terminal.print("list")).toContain("repeats (rule of another version)");
    expect(await terminal.print("show", rent)).toContain("repeats     repeats (rule of another version)\n");
    const { code, err } = await terminal.run("done", rent);
    expect(code).toBe(2);
    expect(err).toContain("--forever");
    expect(await terminal.print("done", rent, "--forever")).toStartWith("Done ");
  });
});
