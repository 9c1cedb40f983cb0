import { describe, expect, test } from "bun:test";
import { ON_A_TERMINAL, type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

/** Tasks wbb, gqn and xjm, with a user who answers so. */
async function aTestUser(answer?: string): Promise<Terminal> {
  const terminal = openTerminal();
  await terminal.print("add", "Pay rent", "--description", "bread");
  await terminal.print("add", "Pay taxes");
  await terminal.print("add", "Milk");
  if (answer !== undefined) Object.assign(terminal.setup, ON_A_TERMINAL, { stdin: `${answer}\n` });
  return terminal;
}

describe("words in place of a handle, on a terminal", () => {
  test.each([[["Pay rent"]], [["pay", "RENT"]], [["rent"]]])(
    "%p name the one task with them in its title",
    async (words) => {
      const terminal = await aTestUser("y");
      const { out, err } = await terminal.run("done", ...words, "--no-color");
      expect(err).toBe("wbb  Pay rent\nDo you mean this task? [y/N] ");
      expect(out).toBe("Done wbb  Pay rent\n");
    },
  );

  test("let the user choose one of several", async () => {
    const terminal = await aTestUser("2");
    const { out, err } = await terminal.run("rm", "pay", "--no-color");
    expect(err).toBe("1  gqn  Pay taxes\n2  wbb  Pay rent\nWhich one? [1-2] ");
    expect(out).toBe("Deleted wbb  Pay rent\n");
  });

  test.each(["", "0", "3", "y", "1.5", "-1"])("change nothing when the answer is %p", async (answer) => {
    const terminal = await aTestUser(answer);
    const before = await terminal.tasks();
    expect((await terminal.run("done", "pay")).code).toBe(3);
    expect(await terminal.tasks()).toEqual(before);
  });

  test.each([
    ["show", ["show", "milk"], "Milk"],
    ["log", ["log", "milk"], "Milk"],
    ["edit", ["edit", "milk", "due:monday"], "Changed xjm"],
  ])("are understood by %s too", async (_, argv, said) => {
    expect(await (await aTestUser("y")).print(...argv, "--no-color")).toContain(said);
  });

  test("name only tasks that the command is for", async () => {
    const terminal = await aTestUser("y");
    await terminal.print("done", "xjm");
    expect((await terminal.run("done", "milk")).err).toStartWith('todo: no task "milk"\n');
    expect(await terminal.print("reopen", "milk", "--no-color")).toBe("Reopened xjm  Milk\n");
    await terminal.print("rm", "xjm");
    terminal.setup.stdin = "y\n";
    expect(await terminal.print("restore", "milk", "--no-color")).toBe("Restored xjm  Milk\n");
  });
});

describe("words in place of a handle, where nobody can be asked", () => {
  test("change nothing, but the error lists the tasks that fit with their handles", async () => {
    const terminal = await aTestUser();
    terminal.setup.stdin = "y\n1\n";
    const before = await terminal.tasks();
    expect(await terminal.run("done", "pay")).toEqual({
      code: 3,
      out: "",
      err: 'todo: no task "pay"\n  It is in the title of:\n  wbb  Pay rent\n  gqn  Pay taxes\n',
    });
    expect(await terminal.tasks()).toEqual(before);
  });

  test.each([
    ["+urgent", ["done", "+urgent"]],
    ["project:House", ["rm", "project:House", "--yes"]],
    ["overdue", ["edit", "overdue", "due:today"]],
    ["p1", ["done", "p1"]],
  ])("change nothing when they are a filter, whose tasks can be named otherwise: %s", async (term, argv) => {
    const terminal = await aTestUser();
    const before = await terminal.tasks();
    const { code, err } = await terminal.run(...argv);
    expect(code).toBe(3);
    expect(err).toContain(
      `todo: no task "${term}"\n  For all that a filter finds: todo ${argv[0]} --where '${term}'\n`,
    );
    expect(await terminal.tasks()).toEqual(before);
  });

  test("get the usual error when no title has them", async () => {
    expect((await (await aTestUser()).run("done", "bread")).err).toContain("A task is named by 3 or more letters");
  });
});
