import { describe, expect, test } from "bun:test";
import { type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

/** A task with two subtasks, of which one has one of its own. */
async function aTree(setup: Parameters<typeof openTerminal>[0] = {}) {
  const terminal = openTerminal(setup);
  const { handle } = await terminal.add("House");
  const van = await terminal.add("Van", `parent:${handle}`);
  await terminal.add("Offers", `parent:${van.handle}`);
  await terminal.add("Kitchen", `parent:${handle}`);
  await terminal.print("done", (await named(terminal, "Kitchen")).handle);
  return { terminal, handle };
}

async function named(terminal: Terminal, title: string) {
  const task = (await terminal.tasks()).find((each) => each.title === title);
  if (!task) throw new Error(`no task ${title}`);
  return task;
}

async function titlesOf(terminal: Terminal, is: (task: Awaited<ReturnType<typeof named>>) => boolean) {
  return (await terminal.tasks())
    .filter(is)
    .map(({ title }) => title)
    .toSorted();
}

const isOpen = ({ completedAt, deletedAt }: Awaited<ReturnType<typeof named>>) =>
  completedAt === null && deletedAt === null;
const isKept = ({ deletedAt }: Awaited<ReturnType<typeof named>>) => deletedAt === null;

describe("todo done of a task with subtasks", () => {
  test("leaves them open without a terminal and says which", async () => {
    const { terminal, handle } = await aTree();
    const { code, out, err } = await terminal.run("done", handle);
    expect([code, out]).toEqual([0, expect.stringMatching(/^Done \w+ {2}House\n$/)]);
    expect(err).toMatch(/^2 subtasks stay open: \w+ Van, \w+ Offers\. --tree includes what is below\.\n$/);
    expect(await titlesOf(terminal, isOpen)).toEqual(["Offers", "Van"]);
  });

  test("refuses an empty note before it says anything of them", async () => {
    const { terminal, handle } = await aTree();
    expect(await terminal.run("done", handle, "--note", " ")).toEqual({
      code: 2,
      out: "",
      err: "todo: note is empty\n",
    });
    expect(await titlesOf(terminal, isOpen)).toEqual(["House", "Offers", "Van"]);
  });

  test("with --tree completes all that are open, and one undo brings the mix back", async () => {
    const { terminal, handle } = await aTree();
    const { completedAt } = await named(terminal, "Kitchen");
    const { out, err } = await terminal.run("done", handle, "--tree");
    expect(out.trimEnd().split("\n")).toHaveLength(3);
    expect(err).toBe("");
    expect(await titlesOf(terminal, isOpen)).toEqual([]);
    await terminal.print("undo");
    expect(await titlesOf(terminal, isOpen)).toEqual(["House", "Offers", "Van"]);
    expect((await named(terminal, "Kitchen")).completedAt).toBe(completedAt);
  });

  test.each([
    ["y\n", []],
    ["n\n", ["Offers", "Van"]],
  ])("asks on a terminal, where the answer is %j", async (stdin, open) => {
    const { terminal, handle } = await aTree();
    Object.assign(terminal.setup, { terminals: ["in", "out", "err"], stdin });
    const { err } = await terminal.run("done", handle);
    expect(Bun.stripANSI(err)).toContain("Complete these 2 subtasks too? [y/N]");
    expect(await titlesOf(terminal, isOpen)).toEqual(open);
    terminal.setup.terminals = [];
    await terminal.print("undo");
    expect(await titlesOf(terminal, isOpen)).toEqual(["House", "Offers", "Van"]);
  });

  test("answers the named task alone for programs", async () => {
    const { terminal, handle } = await aTree();
    expect(JSON.parse(await terminal.print("done", handle, "--tree", "--json"))).toMatchObject({ title: "House" });
    expect(await titlesOf(terminal, isOpen)).toEqual([]);
  });

  test("says nothing where those below are named too", async () => {
    const { terminal, handle } = await aTree();
    const [van, offers] = [await named(terminal, "Van"), await named(terminal, "Offers")];
    const { err } = await terminal.run("done", handle, van.handle, offers.handle);
    expect(err).toBe("");
  });
});

describe("todo rm of a task with subtasks", () => {
  test("keeps them without a terminal and says which", async () => {
    const { terminal, handle } = await aTree();
    const { err } = await terminal.run("rm", handle);
    expect(err).toMatch(/^3 subtasks are kept: \w+ Van, \w+ Kitchen, \w+ Offers\. --tree includes what is below\.\n$/);
    expect(await titlesOf(terminal, isKept)).toEqual(["Kitchen", "Offers", "Van"]);
  });

  test("with --tree deletes all of them, and one undo brings them back", async () => {
    const { terminal, handle } = await aTree();
    await terminal.print("rm", handle, "--tree");
    expect(await titlesOf(terminal, isKept)).toEqual([]);
    await terminal.print("undo");
    expect(await titlesOf(terminal, isKept)).toEqual(["House", "Kitchen", "Offers", "Van"]);
  });

  test("asks on a terminal, but not with --yes", async () => {
    const { terminal, handle } = await aTree();
    Object.assign(terminal.setup, { terminals: ["in", "out", "err"], stdin: "y\n" });
    const asked = await terminal.run("rm", handle, "--dry-run");
    expect(asked.err).toContain("3 subtasks are kept");
    expect((await terminal.run("rm", handle, "--yes")).err).toContain("3 subtasks are kept");
    await terminal.run("undo");
    expect(Bun.stripANSI((await terminal.run("rm", handle)).err)).toContain("Delete these 3 subtasks too? [y/N]");
    expect(await titlesOf(terminal, isKept)).toEqual([]);
  });
});

test("todo edit of a project takes along those below that were in the same one, and names them", async () => {
  const { terminal, handle } = await aTree();
  await terminal.print("edit", (await named(terminal, "Van")).handle, "project:Car");
  const out = await terminal.print("edit", handle, "project:House");
  expect(out).toMatch(/^Changed \w+ {2}House {2}project "House"\nChanged \w+ {2}Kitchen {2}project "House"\n$/);
});
