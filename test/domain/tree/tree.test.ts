import { describe, expect, test } from "bun:test";
import { buildForest, type TreeItem, type TreeTask, walkForest } from "../../../src/domain/tree/tree.ts";

type Given = { readonly rank?: string; readonly isCompleted?: boolean };

function task(id: string, { rank, isCompleted = false }: Given = {}): TreeTask {
  return { id, rank: rank ?? null, completedAt: isCompleted ? "2026-11-21T09:00:00.000Z" : null };
}

/** The tree of the tasks under these parents. */
function build(tasks: readonly TreeTask[], parents: ReadonlyMap<string, string>, shown?: ReadonlySet<string>) {
  return buildForest(tasks, ({ id }) => parents.get(id) ?? null, shown) ?? [];
}

function outline(forest: readonly TreeItem<TreeTask>[]): string[] {
  return [...walkForest(forest)].map(
    ({ task: { id }, depth, count }) => `${"-".repeat(depth)}${id} ${count.completed}/${count.total}`,
  );
}

describe("a forest", () => {
  test("has each task before what is below it, and counts its own subtasks that are closed", () => {
    const tasks = [task("a"), task("b", { isCompleted: true }), task("c"), task("d", { isCompleted: true }), task("e")];
    const parents = new Map([
      ["b", "a"],
      ["c", "a"],
      ["d", "b"],
    ]);
    expect(outline(build(tasks, parents))).toEqual(["-a 1/2", "--b 1/1", "---d 0/0", "--c 0/0", "-e 0/0"]);
  });

  test("has roots and subtasks in their order, whatever the order of the tasks is", () => {
    const tasks = [task("e"), task("d", { rank: "a0" }), task("b"), task("c", { rank: "a1" }), task("a")];
    const parents = new Map([
      ["d", "b"],
      ["c", "b"],
      ["e", "b"],
    ]);
    const expected = ["-a 0/0", "-b 0/3", "--d 0/0", "--c 0/0", "--e 0/0"];
    expect(outline(build(tasks, parents))).toEqual(expected);
    expect(outline(build(tasks.toReversed(), parents))).toEqual(expected);
  });

  test("has a task at the root if its parent is not among the tasks", () => {
    expect(outline(build([task("a")], new Map([["a", "elsewhere"]])))).toEqual(["-a 0/0"]);
  });

  test("shows some of the tasks only, and counts all", () => {
    const tasks = [task("a"), task("b", { isCompleted: true }), task("c"), task("d")];
    const parents = new Map([
      ["b", "a"],
      ["c", "a"],
    ]);
    expect(outline(build(tasks, parents, new Set(["a", "c"])))).toEqual(["-a 1/2", "--c 0/0"]);
  });

  test("is none where the parents form a ring", () => {
    const parents = new Map([
      ["a", "b"],
      ["b", "a"],
    ]);
    expect(buildForest([task("a"), task("b"), task("c")], ({ id }) => parents.get(id) ?? null)).toBeUndefined();
  });

  test("of no task is empty", () => {
    expect(build([], new Map())).toEqual([]);
  });

  test("is built for a chain of ten thousand tasks, and for ten thousand below one", () => {
    const ids = Array.from({ length: 10_000 }, (_, at) => `t${String(at).padStart(5, "0")}`);
    const tasks = ids.map((id) => task(id));
    const chain = build(tasks, new Map(ids.slice(1).map((id, at) => [id, ids[at] ?? ""])));
    expect([...walkForest(chain)].at(-1)?.depth).toBe(10_000);
    const star = build(tasks, new Map(ids.slice(1).map((id) => [id, "t00000"])));
    expect(star.map(({ count }) => count)).toEqual([{ completed: 0, total: 9_999 }]);
  });
});
