import { describe, expect, test } from "bun:test";
import { ON_A_TERMINAL, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

async function openWithTask() {
  const terminal = openTerminal();
  await terminal.add("Pay rent");
  return terminal;
}

describe("todo note", () => {
  test("adds notes, lists them with their numbers and days, and removes one by its number", async () => {
    const terminal = await openWithTask();
    expect(await terminal.print("note", "wbb", "called", "the plumber")).toBe(
      'Changed wbb  Pay rent  note added "called the plumber"\n',
    );
    terminal.setup.now += 86_400_000;
    terminal.setup.stdin = "one\ntwo\u001b[31m\n";
    await terminal.print("note", "wbb", "-");
    expect(await terminal.print("note", "wbb")).toBe(
      "1  Fri 20 Nov 10:00  called the plumber\n2  Sat 21 Nov 10:00  one\n                     two\\e[31m\n",
    );
    expect(await terminal.print("show", "wbb")).toContain("notes       1  Fri 20 Nov 10:00  called the plumber\n");
    expect(await terminal.print("note", "wbb", "--rm", "1")).toBe(
      'Changed wbb  Pay rent  note removed, was "called the plumber"\n',
    );
    expect(await terminal.print("note", "wbb")).toStartWith("1  Sat 21 Nov 10:00  one\n");
    expect(await terminal.print("undo")).toBe('Undid the note: wbb  Pay rent  note added "called the plumber"\n');
    expect(await terminal.print("list")).toBe("wbb  Pay rent *\n");
  });

  test("takes every word behind -- as it is, and a note that looks like an option", async () => {
    const terminal = await openWithTask();
    await terminal.print("note", "wbb", "--", "--rm", "-", "due:friday");
    await terminal.print("note", "wbb", "--", "-");
    const [task] = await terminal.tasks();
    expect(task?.notes.map(({ text }) => text)).toEqual(["--rm - due:friday", "-"]);
  });

  test.each([
    [["wbb", "--rm", "2"], "task wbbnznksrkdb has 1 note, so there is no note 2"],
    [["wbb", "--rm", "0"], '--rm takes the number of a note, not "0"'],
    [["wbb", "--rm", "1", "text"], "--rm takes no text beside it"],
    [["wbb", " "], "note is empty"],
    [["wbb", "x".repeat(2001)], "note has 2001 characters, at most 2000 are allowed"],
  ])("refuses %j with what is wrong, and changes nothing", async (argv, message) => {
    const terminal = await openWithTask();
    await terminal.print("note", "wbb", "one");
    const before = await terminal.tasks();
    const { code, err } = await terminal.run("note", ...argv);
    expect([code, err.split("\n", 1)[0]]).toEqual([2, `todo: ${message}`]);
    expect(await terminal.tasks()).toEqual(before);
  });

  test("comes with a completion, in one change, and to what was done already", async () => {
    const terminal = await openWithTask();
    expect(await terminal.print("done", "wbb", "--note", "paid by Ann")).toBe("Done wbb  Pay rent\n");
    expect(await terminal.print("note", "wbb")).toBe("1  Fri 20 Nov 10:00  paid by Ann\n");
    await terminal.print("done", "wbb", "--note", "twice");
    expect(await terminal.print("note", "wbb")).toContain("twice\n");
    await terminal.print("undo");
    await terminal.print("undo");
    expect((await terminal.tasks())[0]).toMatchObject({ completedAt: null, notes: [] });
    expect((await terminal.run("done", "wbb", "--note", " ")).code).toBe(2);
    expect((await terminal.tasks())[0]?.completedAt).toBeNull();
  });

  test("refuses a deleted task, and says where there are no notes how to add one", async () => {
    const terminal = openTerminal(ON_A_TERMINAL);
    await terminal.add("Pay rent");
    expect((await terminal.run("note", "wbb")).err).toBe("No notes yet. Add one with: todo note wbb TEXT\n");
    await terminal.print("rm", "wbb");
    expect((await terminal.run("note", "wbb", "x")).code).toBe(3);
  });
});
