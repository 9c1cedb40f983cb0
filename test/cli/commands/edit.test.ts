import { describe, expect, test } from "bun:test";
import type { Task } from "../../../src/domain/task/task.ts";
import { ON_A_TERMINAL, type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

async function aTask(): Promise<{ readonly terminal: Terminal; readonly task: Task }> {
  const terminal = openTerminal();
  const words = ["Pay rent", "due:friday", "project:Home", "priority:high", "+a", "+b", "--description", "Both months"];
  return { terminal, task: await terminal.add(...words) };
}

const FULL = {
  title: "Pay rent",
  dueDate: "2026-11-27",
  project: "Home",
  priority: "high",
  tags: ["a", "b"],
  description: "Both months",
} as const;

describe("an edit", () => {
  test.each<[string[], object]>([
    [["--title", "Pay the rent"], { title: "Pay the rent" }],
    [["--due", "31 dec"], { dueDate: "2026-12-31" }],
    [["due+1d"], { dueDate: "2026-11-28" }],
    [["DUE-1w"], { dueDate: "2026-11-20" }],
    [["due:due+1m-1d"], { dueDate: "2026-12-26" }],
    [["due:due + 2 weeks"], { dueDate: "2026-12-11" }],
    [["--due", "due+1y"], { dueDate: "2027-11-27" }],
    [["due:+1d"], { dueDate: "2026-11-21" }],
    [["--", "due+1d"], { title: "due+1d" }],
    [["--no-due"], { dueDate: null }],
    [["--due", "none"], { dueDate: null }],
    [["--tag", "c", "--tag", "a"], { tags: ["a", "b", "c"] }],
    [["--untag", "a"], { tags: ["b"] }],
    [["--untag", "a", "--untag", "b", "--tag", "c"], { tags: ["c"] }],
    [["--project", "My Garden"], { project: "My Garden" }],
    [["--no-project"], { project: null }],
    [["--priority", "low"], { priority: "low" }],
    [["--no-priority"], { priority: null }],
    [["--description", "One\nmonth"], { description: "One\nmonth" }],
    [["--no-description"], { description: null }],
    [["due:2027-01-01"], { dueDate: "2027-01-01" }],
    [["due:none", "project:none", "priority:none"], { dueDate: null, project: null, priority: null }],
    [["+c", "+d"], { tags: ["a", "b", "c", "d"] }],
    [["due:"], { dueDate: null }],
    [["project:", "priority:"], { project: null, priority: null }],
    [["pri:", "proj:"], { project: null, priority: null }],
    [["tags:"], { tags: [] }],
    [["tags:", "+c"], { tags: ["c"] }],
    [["not:+a"], { tags: ["b"] }],
    [["not:+A"], { tags: ["b"] }],
    [["not:+a", "--untag", "b", "+c"], { tags: ["c"] }],
    [["+c", "--untag", "b", "--title", "Rent", "project:Flat"], { title: "Rent", project: "Flat", tags: ["a", "c"] }],
    [["--", "due:friday", "+all", "--title"], { title: "due:friday +all --title" }],
    [["+c", "--", "-x"], { title: "-x", tags: ["a", "b", "c"] }],
  ])("with %p changes that and nothing else", async (args, change) => {
    const { terminal, task } = await aTask();
    terminal.setup.now += 60_000;
    const out = await terminal.print("edit", task.handle, ...args);
    expect(out).toStartWith("Changed wbb  ");
    expect(await terminal.look(task)).toMatchObject({ ...FULL, ...change, updatedAt: "2026-11-20T09:01:00.000Z" });
  });

  test.each<[string[], string]>([
    [["due:monday"], "Pay rent  due Fri 27 Nov → Mon 23 Nov"],
    [["--title", "Pay the rent"], 'title "Pay rent" → "Pay the rent"'],
    [["+c", "--untag", "a"], "Pay rent  -a removed, +c"],
    [["project:none", "priority:low"], 'Pay rent  priority "high" → "low", project removed, was "Home"'],
    [["--description", "x".repeat(300)], `Pay rent  description "Both months" → "${"x".repeat(200)}…"`],
  ])("with %p says of each field what it was and is", async (args, change) => {
    const { terminal } = await aTask();
    expect(await terminal.print("edit", "wbb", ...args)).toBe(`Changed wbb  ${change}\n`);
  });

  test("prints the whole task for programs", async () => {
    const { terminal } = await aTask();
    const printed: unknown = JSON.parse(await terminal.print("edit", "wbb", "due:monday", "--json"));
    expect(printed).toMatchObject({ title: "Pay rent", due_date: "2026-11-23", project: "Home" });
  });

  test("that says what is so already writes nothing", async () => {
    const { terminal, task } = await aTask();
    const { code, out, err } = await terminal.run(
      "edit",
      "wbb",
      "due:friday",
      "+a",
      "+c",
      "--untag",
      "c",
      "--title",
      "Pay rent",
    );
    expect([code, out]).toEqual([0, ""]);
    expect(err).toContain("is so already");
    expect(await terminal.look(task)).toEqual(task);
    expect(await terminal.store().history("local", {})).toHaveLength(1);
  });

  test("of several tasks changes them all, or none", async () => {
    const { terminal, task } = await aTask();
    const milk = await terminal.add("Milk");
    await terminal.print("edit", task.handle, milk.handle.slice(0, 4), "+shop", "project:none");
    expect(await terminal.look(task)).toMatchObject({ ...FULL, tags: ["a", "b", "shop"], project: null });
    expect(await terminal.look(milk)).toMatchObject({ title: "Milk", tags: ["shop"] });
    const before = await terminal.tasks();
    expect((await terminal.run("edit", task.handle, "zzz", "+x")).code).toBe(3);
    expect((await terminal.run("edit", task.handle, milk.handle, "due:31 feb")).code).toBe(2);
    expect(await terminal.tasks()).toEqual(before);
  });

  test("by an offset moves each task from its own due date", async () => {
    const { terminal, task } = await aTask();
    const call = await terminal.add("Call", "due:2027-03-27 09:00");
    const out = await terminal.print("edit", task.handle, call.handle, "due+1d");
    expect(out).toContain("Pay rent  due Fri 27 Nov → Sat 28 Nov");
    // The clocks of Berlin change on 28 March.
    expect([call.dueDate, (await terminal.look(call)).dueDate]).toEqual([
      "2027-03-27T08:00:00Z",
      "2027-03-28T07:00:00Z",
    ]);
    await terminal.print("edit", call.handle, "due+24h");
    expect((await terminal.look(call)).dueDate).toBe("2027-03-29T07:00:00Z");
  });

  test.each([
    ["due+1d", "has no due date to count from"],
    ["due+1q", '"due+1q" is not a date'],
  ])("with %p is refused for a task without a due date, and changes none", async (word, reason) => {
    const { terminal, task } = await aTask();
    const milk = await terminal.add("Milk");
    const { code, err } = await terminal.run("edit", task.handle, milk.handle, word);
    expect([code, err]).toEqual([2, expect.stringContaining(reason)]);
    expect(await terminal.tasks()).toEqual([task, milk]);
  });

  test.each([
    ["due+2h", "hours are counted from a time, and this is a day without one"],
    ["due+9000y", "only the years 1970 to 9999 can be used"],
    ["due+99999999999d", "there is no day so far from 2026-11-27"],
  ])("with %p is refused for a day: %s", async (word, reason) => {
    const { terminal, task } = await aTask();
    expect((await terminal.run("edit", task.handle, word)).err).toContain(reason);
    expect(await terminal.look(task)).toEqual(task);
  });

  test("that gives the due date and an offset is refused", async () => {
    const { terminal, task } = await aTask();
    expect((await terminal.run("edit", task.handle, "due+1d", "due:monday")).err).toContain(
      "due is given twice: due+1d and monday",
    );
  });

  test("of several tasks is refused as a whole when one would get too many tags", async () => {
    const { terminal, task } = await aTask();
    const tags = Array.from({ length: 49 }, (_, number) => `+tag${number}`);
    const milk = await terminal.add("Milk", ...tags);
    const { code, err } = await terminal.run("edit", task.handle, milk.handle, "+x", "+y");
    expect(code).toBe(2);
    expect(err).toContain("a task can have 50 tags, these are 51");
    expect(await terminal.look(task)).toEqual(task);
    expect((await terminal.run("edit", milk.handle, "+x", "+y", "--untag", "tag0")).code).toBe(0);
  });

  test("takes as references what looks like one, and the first argument in any case", async () => {
    const { terminal, task } = await aTask();
    expect((await terminal.run("edit", "wbb", "html", "guide")).err).toContain('no task "html"');
    expect((await terminal.run("edit", "rent", "Milk")).err).toContain('no task "rent"');
    expect(await terminal.look(task)).toEqual(task);
    await terminal.print("edit", "wbb", "--", "html", "guide");
    expect(await terminal.look(task)).toMatchObject({ title: "html guide" });
  });

  test("of a done task leaves it done", async () => {
    const { terminal, task } = await aTask();
    await terminal.print("done", "wbb");
    await terminal.print("edit", "wbb", "+c");
    expect(await terminal.look(task)).toMatchObject({ tags: ["a", "b", "c"], completedAt: "2026-11-20T09:00:00.000Z" });
  });

  test("without words and flags opens no editor where nobody sits at the terminal", async () => {
    const { terminal } = await aTask();
    terminal.setup.env["EDITOR"] = "vi";
    expect((await terminal.run("edit", "wbb")).code).toBe(2);
    expect(terminal.editors).toEqual([]);
  });
});

describe("words of an edit that stand alone", () => {
  const EDIT = ["edit", "wbb", "all", "new", "+c"];

  test("replace no title where nobody can be asked, whatever lies on standard input", async () => {
    const { terminal, task } = await aTask();
    terminal.setup.stdin = "y\n";
    const { code, err } = await terminal.run(...EDIT);
    expect(code).toBe(2);
    expect(err).toContain("--title");
    expect(await terminal.look(task)).toEqual(task);
  });

  test.each([
    ["y", "all new", ["a", "b", "c"]],
    ["n", "Pay rent", ["a", "b"]],
    ["", "Pay rent", ["a", "b"]],
  ])("are asked about on a terminal, and with the answer %p the title is %p", async (answer, title, tags) => {
    const { terminal, task } = await aTask();
    Object.assign(terminal.setup, ON_A_TERMINAL, { stdin: `${answer}\n` });
    const { code, err } = await terminal.run(...EDIT);
    expect(code).toBe(0);
    expect(err).toStartWith('Change the title "Pay rent" to "all new"? [y/N] ');
    expect(await terminal.look(task)).toMatchObject({ title, tags });
  });

  test("are asked about once for several tasks, which are shown before", async () => {
    const { terminal } = await aTask();
    await terminal.add("Milk");
    Object.assign(terminal.setup, ON_A_TERMINAL, { stdin: "n\n" });
    expect((await terminal.run("edit", "wbb", "gqn", "Same", "--no-color")).err).toBe(
      "wbb  Pay rent  due Fri 27 Nov  high  Home  +a +b\n" +
        "gqn  Milk\n" +
        'Change the titles of these 2 tasks to "Same"? [y/N] Nothing was changed.\n',
    );
  });

  test.each([
    ["due tomorrow", "due:tomorrow"],
    ["due next friday", 'due:"next friday"'],
    ["priority high", "priority:high"],
    ["low", "priority:low"],
    ["a", "+a"],
    ["Home", "project:Home"],
  ])("(%s) are shown beside what else they may mean: %s", async (words, meant) => {
    const { terminal } = await aTask();
    const scripted = await terminal.run("edit", "wbb", ...words.split(" "));
    expect(scripted.err).toContain(`Did you mean ${meant}?`);
    Object.assign(terminal.setup, ON_A_TERMINAL, { stdin: "" });
    const { err } = await terminal.run("edit", "wbb", ...words.split(" "));
    expect(err).toStartWith(`Did you mean ${meant}?\nChange the title "Pay rent" to `);
  });

  test("are not asked about in a dry run, which writes nothing", async () => {
    const { terminal, task } = await aTask();
    Object.assign(terminal.setup, ON_A_TERMINAL);
    const { out, err } = await terminal.run("edit", "wbb", "Rent", "--dry-run", "--no-color");
    expect([out, err]).toEqual(['Would change wbb  title "Pay rent" → "Rent"\n', ""]);
    expect(await terminal.look(task)).toEqual(task);
  });
});

test("an edit under a clock that is years ahead does not date later edits and new tasks into the future", async () => {
  const { terminal, task } = await aTask();
  const { now } = terminal.setup;
  terminal.setup.now = now + 4 * 365 * 86_400_000;
  await terminal.print("edit", "wbb", "priority:low");
  terminal.setup.now = now + 60_000;
  expect(JSON.parse(await terminal.print("edit", "wbb", "priority:medium", "--json"))).toMatchObject({
    priority: "medium",
    updated_at: "2026-11-20T09:01:00.000Z",
  });
  expect(await terminal.add("Milk")).toMatchObject({ updatedAt: "2026-11-20T09:01:00.000Z" });
  await terminal.print("undo");
  await terminal.print("undo");
  expect(await terminal.look(task)).toMatchObject({ priority: "low", updatedAt: "2026-11-20T09:01:00.000Z" });
});

describe("an edit in the editor", () => {
  async function atTheEditor(edit: (form: string) => string) {
    const { terminal, task } = await aTask();
    Object.assign(terminal.setup, ON_A_TERMINAL, { edit });
    Object.assign(terminal.setup.env, { EDITOR: "nano", VISUAL: "code --wait" });
    terminal.setup.now += 60_000;
    return { terminal, task, ended: await terminal.run("edit", "wbb", "--no-color") };
  }

  test("changes a field, clears another, and keeps the others", async () => {
    const { terminal, task, ended } = await atTheEditor((form) =>
      form.replace("due: 2026-11-27", "due: monday").replace("project: Home", "project:"),
    );
    expect(ended).toEqual({
      code: 0,
      out: 'Changed wbb  Pay rent  due Fri 27 Nov → Mon 23 Nov, project removed, was "Home"\n',
      err: "",
    });
    expect(await terminal.look(task)).toMatchObject({ ...FULL, dueDate: "2026-11-23", project: null });
    expect(terminal.editors).toEqual(["code --wait"]);
    expect([...terminal.kept]).toEqual([]);
  });

  test("takes a description of several lines", async () => {
    const { terminal, task } = await atTheEditor((form) => `${form}\n# second paragraph\ntitle: no\n`);
    expect(await terminal.look(task)).toMatchObject({
      ...FULL,
      description: "Both months\n\n# second paragraph\ntitle: no",
    });
  });

  test("uses EDITOR where VISUAL is not set or empty", async () => {
    const { terminal } = await aTask();
    Object.assign(terminal.setup, ON_A_TERMINAL);
    for (const env of [{ EDITOR: "nano" }, { EDITOR: "vi", VISUAL: "" }]) {
      Object.assign(terminal.setup.env, env);
      await terminal.print("edit", "wbb");
    }
    expect(terminal.editors).toEqual(["nano", "vi"]);
  });

  test("opens vi where neither is set, if there is one", async () => {
    const { terminal } = await aTask();
    Object.assign(terminal.setup, ON_A_TERMINAL);
    expect((await terminal.run("edit", "wbb")).code).toBe(2);
    terminal.setup.programs = ["vi"];
    await terminal.print("edit", "wbb");
    expect(terminal.editors).toEqual(["vi"]);
  });

  test("says where the text is and names --wait when the editor ended at once", async () => {
    const { terminal, task } = await aTask();
    Object.assign(terminal.setup, ON_A_TERMINAL, { keptIn: "/tmp/todo-x/todo-wbbnznksrkdb.txt" });
    terminal.setup.env["EDITOR"] = "code";
    expect(await terminal.run("edit", "wbb")).toEqual({
      code: 0,
      out: "",
      err:
        'code ended at once. If its window is still open, let it wait, as in EDITOR="code --wait".\n' +
        "Your text is kept in /tmp/todo-x/todo-wbbnznksrkdb.txt\nNothing was changed.\n",
    });
    expect(await terminal.look(task)).toEqual(task);
  });

  test.each<[string, (form: string) => string]>([
    ["the text is the same", (form) => form],
    ["only comments and blank lines differ", (form) => `# hello\n\n${form}\n`],
    ["a field says the same in other words", (form) => form.replace("due: 2026-11-27", "due: friday")],
  ])("writes nothing when %s", async (_, edit) => {
    const { terminal, task, ended } = await atTheEditor(edit);
    expect([ended.code, ended.out]).toEqual([0, ""]);
    expect(await terminal.look(task)).toEqual(task);
    expect(await terminal.store().history("local", {})).toHaveLength(1);
  });

  test("is refused with the number of the line, and the text is kept", async () => {
    const { terminal, task, ended } = await atTheEditor((form) =>
      form.replace("due: 2026-11-27", "due: 31 feb").replace("Pay rent", "Pay more"),
    );
    expect([ended.code, ended.out]).toEqual([2, ""]);
    expect(ended.err).toContain('line 4: "31 feb" is not a date: there is no 31 feb');
    expect(ended.err).toContain("Your text is kept in /kept/todo-wbbnznksrkdb.txt");
    expect(terminal.kept.get("todo-wbbnznksrkdb.txt")).toContain("title: Pay more\ndue: 31 feb\n");
    expect(await terminal.look(task)).toEqual(task);
  });

  test("is a conflict when the task was changed meanwhile, and the text is kept", async () => {
    const { terminal, task } = await aTask();
    Object.assign(terminal.setup, ON_A_TERMINAL);
    terminal.setup.env["EDITOR"] = "vi";
    let changed: Promise<unknown> | undefined;
    terminal.setup.edit = (form) => {
      const edits = [{ id: task.id, fields: { title: "Pay it by card" } }];
      changed = terminal.store().commit("local", { action: "edit", now: terminal.setup.now, edits });
      return form.replace("due: 2026-11-27", "due: monday");
    };
    const { code, out, err } = await terminal.run("edit", "wbb");
    await changed;
    expect([code, out]).toEqual([5, ""]);
    expect(err).toContain("the task was changed by someone else in the meantime");
    expect(err).toContain("Your text is kept in /kept/todo-wbbnznksrkdb.txt");
    expect(terminal.kept.get("todo-wbbnznksrkdb.txt")).toContain("due: monday");
    expect(await terminal.look(task)).toMatchObject({ ...FULL, title: "Pay it by card" });
  });

  test("does not open for a deleted task, where nothing could be saved", async () => {
    const { terminal } = await aTask();
    Object.assign(terminal.setup, ON_A_TERMINAL);
    terminal.setup.env["EDITOR"] = "vi";
    await terminal.print("rm", "wbb");
    expect((await terminal.run("edit", "wbb")).code).toBe(3);
    expect(terminal.editors).toEqual([]);
  });
});

describe("a word of an edit that looks like a field and is none", () => {
  test.each(["until:monday", "recur:weekly", "note:hello", "title:Rent"])("asks for no title: %s", async (word) => {
    const { terminal, task } = await aTask();
    Object.assign(terminal.setup, ON_A_TERMINAL, { stdin: "y\n" });
    const { code, err } = await terminal.run("edit", task.handle, word);
    expect([code, err.split("\n", 1)[0]]).toEqual([2, `todo: ${word.split(":", 1)[0]}: is no field`]);
    expect(err).not.toContain("[y/N]");
  });
});
