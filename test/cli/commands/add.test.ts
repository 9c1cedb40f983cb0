import { describe, expect, test } from "bun:test";
import type { WireTask } from "../../../src/contract/task.ts";
import { ON_A_TERMINAL, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

describe("a new task", () => {
  test("has what the words say, and the answer says it back", async () => {
    const terminal = openTerminal();
    expect(await terminal.print("add", "Pay", "rent", "due:friday", "+home")).toBe(
      "Added wbb  Pay rent  due Fri 27 Nov  +home\n",
    );
    expect(await terminal.tasks()).toMatchObject([
      { title: "Pay rent", dueDate: "2026-11-27", tags: ["home"], project: null, priority: null, description: null },
    ]);
  });

  test("has what the flags say, wherever they stand", async () => {
    const terminal = openTerminal();
    const flags = ["--due", "tomorrow at 9", "--tag", "b", "--tag", "a", "--project", "My Flat", "--priority", "HIGH"];
    const task = await terminal.add("Pay", ...flags, "--description", "Both\nmonths", "rent");
    expect(task).toMatchObject({
      title: "Pay rent",
      dueDate: "2026-11-21T08:00:00Z",
      tags: ["a", "b"],
      project: "My Flat",
      priority: "high",
      description: "Both\nmonths",
    });
  });

  test("keeps a word that looks like a field and is none, and says so once beside the answer", async () => {
    const terminal = openTerminal();
    const { code, out, err } = await terminal.run(
      "add",
      "Water",
      "plants",
      "recur:weekly",
      "until:fri",
      "due:sat",
      "9:00",
    );
    expect({ code, out, err }).toEqual({
      code: 0,
      out: "Added wbb  Water plants recur:weekly until:fri  due Sat 21 Nov 09:00\n",
      err: "recur: and until: are no fields and stay in the title.\n",
    });
    expect((await terminal.run("add", "--", "Water", "recur:weekly")).err).toBe("");
    expect((await terminal.run("add", "-q", "recur:weekly")).err).toBe("");
    expect(await terminal.run("add", "--json", "pri:H", "see", "https://example.org")).toMatchObject({
      code: 0,
      err: "",
    });
  });

  test("has the day that was meant, in whatever time zone", async () => {
    for (const timeZone of ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"]) {
      const task = await openTerminal({ timeZone }).add("x", "due:2026-11-21");
      expect(task.dueDate).toBe("2026-11-21");
    }
  });

  test("keeps its title as it was typed, apart from NFC", async () => {
    const terminal = openTerminal();
    const titles = [
      "  two  spaces  ",
      "C++ and +1",
      "see https://example.org/?a=b&c:d",
      "a\tb\u001b[31m",
      "emoji 👩‍👩‍👧 🇩🇪",
    ];
    for (const title of titles) await terminal.add(title);
    await terminal.add("cafe\u0301");
    expect(await terminal.titles()).toEqual([...titles, "caf\u00e9"]);
  });

  test("has everything behind -- in its title, flags and keys too", async () => {
    const task = await openTerminal().add("Read", "+book", "--", "-h", "due:friday", "+this", "--", "-");
    expect(task).toMatchObject({ title: "Read -h due:friday +this -- -", dueDate: null, tags: ["book"] });
  });

  test("may begin with a number below zero", async () => {
    expect(await openTerminal().add("-5", "degrees")).toMatchObject({ title: "-5 degrees" });
  });

  test("may have a title of 500 emoji of one character each, and 50 tags", async () => {
    const tags = Array.from({ length: 50 }, (_, number) => `+tag${number}`);
    const task = await openTerminal().add("🦊".repeat(500), ...tags);
    expect(task.title).toBe("🦊".repeat(500));
    expect(task.tags).toHaveLength(50);
  });

  test("has no due date that another could be counted from", async () => {
    const terminal = openTerminal();
    const { code, err } = await terminal.run("add", "x", "due:due+1d");
    expect([code, err]).toEqual([2, expect.stringContaining("a new task has no due date to count from")]);
    expect(await terminal.tasks()).toEqual([]);
    expect(await terminal.add("Pay", "due+1d")).toMatchObject({ title: "Pay due+1d", dueDate: null });
  });

  test("that is made with none has none", async () => {
    const task = await openTerminal().add("x", "due:none", "project:none", "--priority", "none");
    expect(task).toMatchObject({ dueDate: null, project: null, priority: null });
  });

  test("is printed for programs as an object, as a line, or as its handle", async () => {
    const terminal = openTerminal();
    const json = await terminal.print("add", "Pay rent", "--json");
    const task: WireTask = JSON.parse(json);
    expect(task).toMatchObject({ title: "Pay rent", completed: false, tags: [] });
    expect(json).toBe(await terminal.print("show", task.handle, "--json"));
    expect((await terminal.print("add", "Milk", "--ndjson")).split("\n")).toHaveLength(2);
    expect(await terminal.print("add", "Bread", "--quiet")).toMatch(/^[a-z]{12}\n$/);
  });
});

describe("titles on standard input", () => {
  test("become one task each, blank lines skipped, whatever the line ends", async () => {
    const terminal = openTerminal({ stdin: "\ufeffMilk\r\n\r\n   \t\r\nBread +not a tag\r\nlast without an end" });
    const out = await terminal.print("add", "-", "+shop", "due:tomorrow", "--project", "Home");
    expect(out.trimEnd().split("\n")).toHaveLength(3);
    const shared = { tags: ["shop"], dueDate: "2026-11-21", project: "Home" };
    expect(await terminal.tasks()).toMatchObject([
      { title: "Milk", ...shared },
      { title: "Bread +not a tag", ...shared },
      { title: "last without an end", ...shared },
    ]);
  });

  test("are one change, which one undo takes back", async () => {
    const terminal = openTerminal({ stdin: "Milk\nBread\n" });
    await terminal.print("add", "-");
    await terminal.print("undo");
    expect(await terminal.print("list")).toBe("");
  });

  test.each([
    ["a line too long", `Milk\n${"x".repeat(501)}\nBread`, "line 2: title has 501 characters"],
    ["a line that can't be seen", "Milk\nBread\n\n\u200b\u200d\n", "line 4: title is empty"],
    ["a NUL", "Milk\nBr\0ead", "line 2: title contains a NUL character"],
  ])("add nothing when there is %s", async (_, stdin, problem) => {
    const terminal = openTerminal({ stdin });
    const { code, out, err } = await terminal.run("add", "-");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(problem);
    expect(await terminal.tasks()).toEqual([]);
    expect(await terminal.store().history("local", {})).toEqual([]);
  });

  test("are an array for programs, also when there is one or none", async () => {
    const terminal = openTerminal({ stdin: "Milk\n" });
    expect(JSON.parse(await terminal.print("add", "-", "--json"))).toMatchObject([{ title: "Milk" }]);
    terminal.setup.stdin = "\n \n";
    expect(JSON.parse(await terminal.print("add", "-", "--json"))).toEqual([]);
  });

  test("may be thousands, which keep their order", async () => {
    const terminal = openTerminal({ stdin: Array.from({ length: 5000 }, (_, at) => `Task ${at}`).join("\n") });
    const handles = (await terminal.print("add", "-", "--quiet")).trimEnd().split("\n");
    expect(new Set(handles).size).toBe(5000);
    const titles = (await terminal.print("list", "--sort", "created", "--ndjson")).trimEnd().split("\n");
    expect(titles[4999]).toContain('"title":"Task 4999"');
  });
});

describe("standard input that is a terminal", () => {
  test.each([
    [["add", "-"], "Milk\n", "titles, one a line"],
    [["import", "-"], '{"title":"Milk"}\n', "JSON or NDJSON"],
  ])("is said to be waited for (%p)", async (argv, stdin, what) => {
    const terminal = openTerminal({ ...ON_A_TERMINAL, stdin });
    const { code, err } = await terminal.run(...argv);
    expect([code, err]).toEqual([0, `Type or paste ${what}, then end with Ctrl-D on a new line.\n`]);
    expect(await terminal.titles()).toEqual(["Milk"]);
  });
});

test("a day that stays in the title is named in a note, unless the task has a due date", async () => {
  const terminal = openTerminal(ON_A_TERMINAL);
  const note = "tomorrow stays in the title. Did you mean due:tomorrow?\n";
  expect((await terminal.run("add", "Pay", "rent", "tomorrow")).err).toBe(note);
  expect((await terminal.run("add", "Pay", "rent", "tomorrow", "due:friday")).err).toBe("");
  expect((await terminal.run("add", "--", "Pay rent tomorrow")).err).toBe("");
});

test("fields in lines of input stay in the titles, and a note says so once", async () => {
  const terminal = openTerminal({
    ...ON_A_TERMINAL,
    terminals: ["out", "err"],
    stdin: "milk\nbread due:fri\neggs +shop\n",
  });
  const { err } = await terminal.run("add", "-");
  expect(err).toBe(
    'Lines are titles as they are, also "bread due:fri". Fields for all of them go behind -: todo add - +home\n',
  );
  terminal.setup.stdin = "milk\n+1 for due: and Project:\n";
  expect((await terminal.run("add", "-", "+shop")).err).toBe("");
});
