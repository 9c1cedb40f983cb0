import { describe, expect, test } from "bun:test";
import type { WireTask } from "../../../src/contract/task.ts";
import { ON_A_TERMINAL, type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();
const PLAIN = { ...ON_A_TERMINAL, env: { NO_COLOR: "1" } };

async function listTitles(terminal: Terminal, ...argv: string[]): Promise<string[]> {
  const tasks: WireTask[] = JSON.parse(await terminal.print("list", "--json", ...argv));
  return tasks.map(({ title }) => title);
}

/** It is Friday, 20 November 2026, 10:00. */
async function aTestUser(): Promise<Terminal> {
  const terminal = openTerminal();
  await terminal.add("rent", "due:yesterday", "+home", "+money", "project:Flat", "priority:high");
  await terminal.add("lunch", "due:12:30", "+food", "priority:medium");
  await terminal.add("call", "due:2026-11-20 09:30", "priority:high");
  await terminal.add("plants", "due:today", "+home");
  await terminal.add("letter", "due:tomorrow", "project:Work", "--description", "To the Landlord");
  await terminal.add("concert", "due:saturday 20:00", "priority:low");
  await terminal.add("someday", "project:Work");
  const done = await terminal.add("milk", "due:today", "+food");
  const gone = await terminal.add("beer", "+food", "project:Work");
  await terminal.print("done", done.handle);
  await terminal.print("rm", gone.handle);
  return terminal;
}

const PENDING = ["rent", "lunch", "call", "plants", "letter", "concert", "someday"];

/** A term and the pending tasks that it means. */
const TERMS: [string, string[]][] = [
  ["+home", ["rent", "plants"]],
  ["+money", ["rent"]],
  ["+HOME", ["rent", "plants"]],
  ["+nothing", []],
  ["project:Work", ["letter", "someday"]],
  ["project:work", ["letter", "someday"]],
  ["proj:WORK", ["letter", "someday"]],
  ["project:Wor", []],
  ["project:none", ["lunch", "call", "plants", "concert"]],
  ["due:today", ["lunch", "call", "plants"]],
  ["due:tomorrow", ["letter", "concert"]],
  ["today", ["lunch", "call", "plants"]],
  ["tomorrow", ["letter", "concert"]],
  ["yesterday", ["rent"]],
  ["due:none", ["someday"]],
  ["due:9:30", []],
  ["due:2026-11-20 09:30", ["call"]],
  ["due.before:today", ["rent"]],
  ["due.before:tomorrow", ["rent", "lunch", "call", "plants"]],
  ["due.before:12:30", ["rent", "call"]],
  ["due.after:today", ["letter", "concert"]],
  ["due.after:yesterday", ["lunch", "call", "plants", "letter", "concert"]],
  ["overdue", ["rent", "call"]],
  ["priority:high", ["rent", "call"]],
  ["priority:LOW", ["concert"]],
  ["pri:H", ["rent", "call"]],
  ["p2", ["lunch"]],
  ["p4", ["plants", "letter", "someday"]],
  ["priority:none", ["plants", "letter", "someday"]],
  ["LETTER", ["letter"]],
  ["landlord", ["letter"]],
  ["the Land", ["letter"]],
  ["(+home or project:Work)", ["rent", "plants", "letter", "someday"]],
  ["((+home | +food) priority:none)", ["plants"]],
  ["(not +home overdue)", ["call"]],
  ["priority>=medium", ["rent", "lunch", "call"]],
  ["priority<medium", ["concert"]],
  ["due<today", ["rent"]],
  ["due<=today", ["rent", "lunch", "call", "plants"]],
  ["due.from:tomorrow", ["letter", "concert"]],
  ["due!=today", ["rent", "letter", "concert", "someday"]],
  ["due:any", ["rent", "lunch", "call", "plants", "letter", "concert"]],
  ["due:this month", ["rent", "lunch", "call", "plants", "letter", "concert"]],
  ["project.is:work", []],
  ["project.has:or", ["letter", "someday"]],
  ["tag:any", ["rent", "lunch", "plants"]],
  ["title:landlord", []],
  ["description:landlord", ["letter"]],
  ["has:description", ["letter"]],
  ["is:someday", ["someday"]],
  ["is:ready", PENDING],
  ["created:today", PENDING],
];

describe("a filter", () => {
  test.each(TERMS)("of %p lists what it means, and not: all other open tasks", async (term, meant) => {
    const terminal = await aTestUser();
    expect((await listTitles(terminal, term)).toSorted()).toEqual(meant.toSorted());
    const others = PENDING.filter((title) => !meant.includes(title));
    expect((await listTitles(terminal, `not:${term}`)).toSorted()).toEqual(others.toSorted());
  });

  test("of an empty text lists all open tasks", async () => {
    expect(await listTitles(await aTestUser(), "")).toHaveLength(PENDING.length);
  });

  test("of a project lists the levels below it, without case", async () => {
    const terminal = openTerminal();
    await terminal.add("tax", "project:Work.Finance");
    await terminal.add("desk", "project:WORK/Office/Desk");
    await terminal.add("plan", "project:work");
    await terminal.add("garden", "project:Workshop");
    await terminal.add("visit", "project:ÄRZTE");
    expect((await listTitles(terminal, "project:Work")).toSorted()).toEqual(["desk", "plan", "tax"]);
    expect(await listTitles(terminal, "project:work/office")).toEqual(["desk"]);
    expect((await listTitles(terminal, "not:project:Work")).toSorted()).toEqual(["garden", "visit"]);
    expect(await listTitles(terminal, "project:ärzte")).toEqual(["visit"]);
  });

  test("of a date in several words is one term, and so is a word in quotes of its own", async () => {
    const terminal = await aTestUser();
    expect(await listTitles(terminal, "due:saturday", "20:00")).toEqual(["concert"]);
    expect(await listTitles(terminal, "due.before:21", "nov", "project:flat")).toEqual(["rent"]);
    await terminal.add("--", "rent or due:x");
    expect(await listTitles(terminal, '"due:x"')).toEqual(["rent or due:x"]);
    expect(await listTitles(terminal, "rent", '"or"')).toEqual(["rent or due:x"]);
  });

  test("that is misspelled is an error and no empty list, for scripts too", async () => {
    const terminal = await aTestUser();
    const { code, out, err } = await terminal.run("list", "due.befor:today", "--json");
    expect([code, out]).toEqual([2, ""]);
    expect(JSON.parse(err)).toMatchObject({
      error: { code: "invalid_input", message: "due.befor: is no filter term" },
    });
  });

  test("by status lists done and deleted tasks", async () => {
    const terminal = await aTestUser();
    expect(await listTitles(terminal, "status:completed")).toEqual(["milk"]);
    expect(await listTitles(terminal, "status:deleted")).toEqual(["beer"]);
    expect(await listTitles(terminal, "status:all")).toHaveLength(9);
    expect((await listTitles(terminal, "not:status:pending")).toSorted()).toEqual(["beer", "milk"]);
    expect(await listTitles(terminal, "not:status:all")).toEqual([]);
    expect(await listTitles(terminal, "status:all", "+food", "not:status:deleted")).toEqual(["lunch", "milk"]);
  });

  test("of several terms lists what meets them all", async () => {
    const terminal = await aTestUser();
    expect(await listTitles(terminal, "+home", "priority:high")).toEqual(["rent"]);
    expect(await listTitles(terminal, "+home", "not:overdue")).toEqual(["plants"]);
    expect(await listTitles(terminal, "project:Work", "e", "r")).toEqual(["letter"]);
    expect(await listTitles(terminal, "+home", "+food")).toEqual([]);
  });

  test("that joins terms holds as a whole in every view", async () => {
    const terminal = await aTestUser();
    const words = ["+food", "or", "rent"];
    expect(await terminal.print("completed", "-q", ...words)).toBe(await terminal.print("completed", "-q", "+food"));
    expect((await terminal.print("today", "-q", ...words)).trimEnd().split("\n")).toHaveLength(2);
    expect((await terminal.print("tree", "-q", ...words)).trimEnd().split("\n")).toHaveLength(2);
    expect((await terminal.print("upcoming", "-q", "letter", "or", "concert")).trimEnd().split("\n")).toHaveLength(2);
  });

  test("finds text behind -- whatever it looks like", async () => {
    const terminal = openTerminal();
    await terminal.add("--", "a +home for 100% of them");
    await terminal.add("another", "+home");
    expect(await listTitles(terminal, "--", "+home")).toEqual(["a +home for 100% of them"]);
    expect(await listTitles(terminal, "100%")).toEqual(["a +home for 100% of them"]);
    expect(await listTitles(terminal, "10_%")).toEqual([]);
  });

  test("finds text without regard to case and to how letters are composed", async () => {
    const terminal = openTerminal();
    await terminal.add("Café ÜBER Straße");
    for (const term of ["cafe\u0301", "CAFÉ", "über", "straße"])
      expect(await listTitles(terminal, term)).toHaveLength(1);
  });
});

describe("the order", () => {
  test("is overdue and soonest first, what has no due date last", async () => {
    const terminal = await aTestUser();
    // A day is due until it ends, so the plants of today come behind the times of today.
    expect(await listTitles(terminal)).toEqual(["rent", "call", "lunch", "plants", "concert", "letter", "someday"]);
  });

  test("turned round still has what has no due date last", async () => {
    const terminal = await aTestUser();
    expect(await listTitles(terminal, "--reverse")).toEqual([
      ...(await listTitles(terminal, "not:due:none")).toReversed(),
      "someday",
    ]);
  });

  test.each([
    ["created", PENDING],
    ["title", ["call", "concert", "letter", "lunch", "plants", "rent", "someday"]],
    ["priority", ["rent", "call", "lunch", "concert", "plants", "letter", "someday"]],
  ])("by %s is as asked", async (key, order) => {
    const terminal = await aTestUser();
    expect(await listTitles(terminal, "--sort", key)).toEqual(order);
  });

  test.each(["due", "due_date"])("by %s is the usual one", async (key) => {
    const terminal = await aTestUser();
    expect(await listTitles(terminal, "--sort", key)).toEqual(await listTitles(terminal));
    expect(await listTitles(terminal, "--sort", key, "--reverse")).toEqual(await listTitles(terminal, "--reverse"));
  });

  test("by completed has what was completed first at the beginning, or last when reversed", async () => {
    const terminal = await aTestUser();
    terminal.setup.now += 1000;
    await terminal.print("done", "wbb");
    expect(await listTitles(terminal, "status:completed", "--sort", "completed")).toEqual(["milk", "rent"]);
    expect(await listTitles(terminal, "status:completed", "--sort", "completed", "--reverse")).toEqual([
      "rent",
      "milk",
    ]);
  });

  test("by title does not mind the case", async () => {
    const terminal = openTerminal();
    for (const title of ["b", "C", "a", "D"]) await terminal.add(title);
    expect(await listTitles(terminal, "--sort", "title")).toEqual(["a", "b", "C", "D"]);
    expect(await listTitles(terminal, "--sort", "title", "--reverse")).toEqual(["D", "C", "b", "a"]);
  });

  test("by updated has the task that was changed last at the end, or first when turned round", async () => {
    const terminal = await aTestUser();
    await terminal.print("edit", "wbb", "+changed");
    expect((await listTitles(terminal, "--sort", "updated")).at(-1)).toBe("rent");
    expect((await listTitles(terminal, "--sort", "updated", "--reverse"))[0]).toBe("rent");
  });
});

test("a line keeps apart until when a task is hidden, how it repeats, and where it belongs", async () => {
  const terminal = openTerminal();
  await terminal.add("Report", "every:16th", "wait:due-3d", "project:Work", "+desk");
  const line = await terminal.print("list", "is:waiting");
  expect(line).toEndWith("  Report  hidden until Sun 13 Dec  every 16th  Work +desk\n");
});

describe("the length of a list", () => {
  async function manyTasks(count: number): Promise<Terminal> {
    const terminal = openTerminal(PLAIN);
    terminal.setup.stdin = Array.from({ length: count }, (_, number) => `Task ${number}\n`).join("");
    await terminal.print("add", "-", "--quiet");
    return terminal;
  }

  test("says how many more there are beside those of --limit", async () => {
    const terminal = await manyTasks(53);
    const { err } = await terminal.run("list", "--limit", "20");
    expect(err).toBe("33 more. Leave out --limit to see them all.\n");
  });

  test("says nothing of more when there are none", async () => {
    const terminal = await manyTasks(20);
    const { out, err } = await terminal.run("list", "--limit", "20");
    expect(out.trimEnd().split("\n")).toHaveLength(20);
    expect(err).toBe("");
  });

  test("is everything when piped and for programs", async () => {
    const terminal = await manyTasks(53);
    expect(await listTitles(terminal)).toHaveLength(53);
    expect((await terminal.run("list", "--ndjson")).out.trimEnd().split("\n")).toHaveLength(53);
    terminal.setup.terminals = ["in", "err"];
    const { out, err } = await terminal.run("list");
    expect(out.trimEnd().split("\n")).toHaveLength(53);
    expect(err).toBe("");
  });

  test.each([
    ["0", 53],
    ["1", 1],
    ["52", 52],
    ["53", 53],
    ["999999999", 53],
  ])("is what --limit %s says, also on a terminal", async (limit, shown) => {
    const terminal = await manyTasks(53);
    const { out, err } = await terminal.run("list", "--limit", limit, "--no-pager");
    expect(out.trimEnd().split("\n")).toHaveLength(shown);
    expect(err).toStartWith(shown < 53 ? `${53 - shown} more.` : "");
    expect(await listTitles(terminal, `--limit=${limit}`)).toHaveLength(shown);
  });

  test("goes over many pages without a gap or a repetition", async () => {
    const terminal = await manyTasks(5200);
    for (const flags of [[], ["--sort", "title"], ["--reverse"], ["--limit", "5100"]]) {
      const titles = await listTitles(terminal, ...flags);
      expect(new Set(titles).size).toBe(flags.includes("--limit") ? 5100 : 5200);
      expect(titles).toHaveLength(flags.includes("--limit") ? 5100 : 5200);
    }
  });
});

test("ls is list", async () => {
  const terminal = await aTestUser();
  expect(await terminal.print("ls", "+home")).toBe(await terminal.print("list", "+home"));
});

test("--quiet prints whole handles, which commands take back", async () => {
  const terminal = await aTestUser();
  const handles = (await terminal.print("list", "+home", "--quiet")).trimEnd().split("\n");
  expect(handles).toHaveLength(2);
  for (const handle of handles) expect(handle).toMatch(/^[bcdfghjklmnpqrstvwxz]{12}$/);
  await terminal.print("done", ...handles);
  expect(await listTitles(terminal, "+home")).toEqual([]);
});

test("--ndjson prints the same tasks as --json, one a line", async () => {
  const terminal = await aTestUser();
  const lines = (await terminal.print("list", "--ndjson")).trimEnd().split("\n");
  const tasks: WireTask[] = JSON.parse(await terminal.print("list", "--json"));
  expect(lines.map((line): WireTask => JSON.parse(line))).toEqual(tasks);
});

test("a list shows as few letters of a handle as tell it from all others, deleted ones too", async () => {
  const terminal = openTerminal();
  terminal.setup.stdin = "x\n".repeat(400);
  await terminal.print("add", "-", "--quiet");
  const shown = (await terminal.print("list"))
    .trimEnd()
    .split("\n")
    .map((line) => line.split(" ")[0] ?? "");
  expect(new Set(shown).size).toBe(400);
  expect(Math.min(...shown.map((prefix) => prefix.length))).toBe(3);
  expect(Math.max(...shown.map((prefix) => prefix.length))).toBeGreaterThan(3);
  await terminal.print("rm", "--yes", ...shown.slice(1));
  expect((await terminal.print("list")).split(" ")[0]).toBe(shown[0]);
  for (const prefix of shown) expect((await terminal.run("show", prefix)).code).toBe(0);
});

describe("a filter that finds nothing", () => {
  async function listNothing(...terms: string[]): Promise<string> {
    const terminal = openTerminal(ON_A_TERMINAL);
    await terminal.add("Slides", "+home", "project:Work.Finance", "due:today");
    await terminal.add("Chairs", "project:Side work", "due:today");
    return (await terminal.run("list", ...terms)).err;
  }

  test.each([
    ["+hom", "No open task has the tag +hom. Did you mean +home?"],
    ["+READY", "No open task has the tag +READY. See: todo tags"],
    ["project:wrk", "No open task has the project wrk. Did you mean project:Work?"],
    ["project:Work.Finanse", "No open task has the project Work.Finanse. Did you mean project:Work.Finance?"],
    ["project:Sid work", 'No open task has the project Sid work. Did you mean project:"Side work"?'],
    ["@home", "@home was looked for as text. Did you mean +home?"],
    ["#Work", "#Work was looked for as text. Did you mean project:Work?"],
  ])("names what no open task has, with what is spelled alike: %s", async (term, note) => {
    expect(await listNothing(term)).toBe(`No such tasks.\n${note}\n`);
  });

  test("names nothing that is known or is not among the open tasks", async () => {
    expect(await listNothing("+HOME", "project:work", "due:tomorrow")).toBe("No such tasks.\n");
    expect(await listNothing("status:completed", "+old")).toBe("No such tasks.\n");
  });

  test("says how many tasks fit that are hidden now, in a tree too", async () => {
    const terminal = openTerminal(ON_A_TERMINAL);
    await terminal.add("Report", "+desk", "wait:tomorrow");
    for (const view of ["list", "tree"]) {
      const { err } = await terminal.run(view, "+desk");
      expect(err).toBe("No such tasks now. 1 waits: todo list is:waiting\n");
      expect((await terminal.run(view, "+dek")).err).toBe(
        "No such tasks.\nNo open task has the tag +dek. Did you mean +desk?\n",
      );
    }
  });

  test("names it in the views, too", async () => {
    const terminal = openTerminal(ON_A_TERMINAL);
    await terminal.add("Slides", "+home", "due:today");
    const note = "No open task has the tag +hom. Did you mean +home?\n";
    expect((await terminal.run("today", "+hom")).err).toBe(`No such task is due or planned for today.\n${note}`);
    expect((await terminal.run("upcoming", "+hom")).err).toBe(`No such task is due from now on.\n${note}`);
  });
});
