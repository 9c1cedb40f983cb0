import { describe, expect, test } from "bun:test";
import { isCancelled } from "../../../src/domain/task/closing.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

async function aTestUser(): Promise<{ readonly terminal: Terminal; readonly tasks: readonly Task[] }> {
  const terminal = openTerminal();
  const tasks = [await terminal.add("Pay rent"), await terminal.add("Milk"), await terminal.add("Bread")];
  return { terminal, tasks };
}

const isDone = ({ completedAt }: Task) => completedAt !== null;
const isDeleted = ({ deletedAt }: Task) => deletedAt !== null;

/** A command, what it does to a task, and a command that makes tasks ready for it. */
const COMMANDS: [string, (task: Task) => boolean, boolean, string | undefined, string][] = [
  ["done", isDone, true, undefined, "was done already"],
  ["cancel", isCancelled, true, undefined, "was cancelled already"],
  ["reopen", isDone, false, "done", "is not done"],
  ["rm", isDeleted, true, undefined, "was deleted already"],
  ["restore", isDeleted, false, "rm", "is not deleted"],
];

describe.each(COMMANDS)("todo %s", (command, state, wanted, before, already) => {
  const yes = (name: string) => (name === "rm" ? ["--yes"] : []);
  const prepared = async () => {
    const testUser = await aTestUser();
    const handles = testUser.tasks.map(({ handle }) => handle);
    if (before) await testUser.terminal.print(before, ...handles, ...yes(before));
    return { ...testUser, handles };
  };
  const states = async (terminal: Terminal) => (await terminal.tasks()).map((task) => state(task) === wanted);

  test("changes several tasks at once, as one change", async () => {
    const { terminal, handles } = await prepared();
    const [one = "", two = ""] = handles;
    const out = await terminal.print(command, one, two, ...yes(command));
    expect(out.trimEnd().split("\n")).toHaveLength(2);
    expect(await states(terminal)).toEqual([true, true, false]);
    await terminal.print("undo");
    expect(await states(terminal)).toEqual([false, false, false]);
  });

  test("changes nothing when one reference is wrong", async () => {
    const { terminal, handles } = await prepared();
    const entries = await terminal.store().history("local", {});
    for (const wrong of ["bbb", "nonsense", "01a1f82f"]) {
      const { code, out } = await terminal.run(command, ...handles, wrong, ...yes(command));
      expect([code, out]).toEqual([3, ""]);
    }
    expect(await states(terminal)).toEqual([false, false, false]);
    expect(await terminal.store().history("local", {})).toEqual(entries);
  });

  test("says of which tasks it was so already, and writes nothing for them", async () => {
    const { terminal, handles } = await prepared();
    const [one = "", two = ""] = handles;
    await terminal.print(command, one);
    const [first] = await terminal.tasks();
    terminal.setup.now += 60_000;
    const { code, out, err } = await terminal.run(command, one, two, ...yes(command));
    expect(code).toBe(0);
    expect(out).toContain("Milk");
    expect(out).not.toContain("Pay rent");
    expect(err).toBe(`wbb  Pay rent: ${already}\n`);
    expect((await terminal.tasks())[0]).toEqual(first);
    const entries = await terminal.store().history("local", {});
    await terminal.print(command, one, two, ...yes(command));
    expect(await terminal.store().history("local", {})).toEqual(entries);
  });

  test("takes a task that is named twice once", async () => {
    const { terminal, handles } = await prepared();
    const [one = ""] = handles;
    const out = await terminal.print(command, one, one.slice(0, 3), one.toUpperCase());
    expect(out.trimEnd().split("\n")).toHaveLength(1);
  });

  test("prints all named tasks for programs, also those that were so already", async () => {
    const { terminal, handles } = await prepared();
    await terminal.print(command, handles[0] ?? "");
    const { out, err } = await terminal.run(command, ...handles, "--json", ...yes(command));
    expect(JSON.parse(out)).toHaveLength(3);
    expect(err).toBe("");
    const quiet = await terminal.run(command, ...handles, "--quiet", ...yes(command));
    expect(quiet.out.trimEnd().split("\n").toSorted()).toEqual(handles.toSorted());
    expect(quiet.err).toBe("");
  });
});

describe("a cancelled task", () => {
  async function cancelOne() {
    const testUser = await aTestUser();
    await testUser.terminal.print("cancel", "wbb");
    return testUser;
  }

  test("is closed, says so in lists, and is among what was completed", async () => {
    const { terminal } = await cancelOne();
    expect(await terminal.print("list")).not.toContain("Pay rent");
    expect(await terminal.print("list", "status:cancelled")).toBe("wbb  cancelled Fri 20 Nov 10:00  Pay rent\n");
    await terminal.print("done", "gqn");
    expect(await terminal.print("list", "status:completed")).toContain("done Fri 20 Nov 10:00       Milk");
    expect(await terminal.print("completed")).toContain("cancelled Fri 20 Nov 10:00  Pay rent");
    expect(await terminal.print("info")).toContain("1 pending, 2 completed (1 cancelled), 0 deleted");
    expect(await terminal.print("log", "wbb")).toContain("cancel");
  });

  test("is open again when it is reopened, and no longer cancelled when it is done", async () => {
    const { terminal } = await cancelOne();
    await terminal.print("reopen", "wbb");
    expect(await terminal.print("list")).toContain("Pay rent");
    await terminal.print("cancel", "wbb");
    expect(await terminal.print("done", "wbb")).toBe("Done wbb  Pay rent\n");
    expect(await terminal.print("list", "status:cancelled")).toBe("");
    await terminal.print("undo");
    expect(await terminal.print("list", "status:cancelled")).toContain("Pay rent");
  });

  test("is named as such under the day on which it was closed", async () => {
    const { terminal } = await cancelOne();
    terminal.setup.terminals = ["in", "out", "err"];
    expect(Bun.stripANSI(await terminal.print("completed"))).toBe("Today\nwbb  cancelled 10:00  Pay rent\n");
  });
});

describe("a deleted task", () => {
  test.each(["done", "cancel", "reopen"])("is refused by %s, and the tasks beside it stay", async (command) => {
    const { terminal } = await aTestUser();
    await terminal.print("done", "wbb");
    await terminal.print("rm", "gqn");
    const before = await terminal.tasks();
    const { code, err } = await terminal.run(command, "wbb", "xjm", "gqn");
    expect(code).toBe(3);
    expect(err).toContain("todo restore gqn");
    expect(await terminal.tasks()).toEqual(before);
  });

  test("keeps its completion and all else when it comes back", async () => {
    const { terminal } = await aTestUser();
    await terminal.print("edit", "wbb", "+a", "due:friday");
    await terminal.print("done", "wbb");
    const [before] = await terminal.tasks();
    await terminal.print("rm", "wbb");
    await terminal.print("restore", "wbb");
    const [after] = await terminal.tasks();
    expect(before).toMatchObject({ title: "Pay rent", tags: ["a"], deletedAt: null });
    expect({ ...after, revision: 0 }).toMatchObject({ ...before, revision: 0 });
  });
});
