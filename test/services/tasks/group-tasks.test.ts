import { describe, expect, test } from "bun:test";
import type { Task } from "../../../src/domain/task/task.ts";
import { type FindGroups, groupTasks } from "../../../src/services/tasks/group-tasks.ts";
import { listPages } from "../../../src/services/tasks/list-tasks.ts";
import type { Workspace } from "../../../src/services/workspace.ts";
import { openInMemory } from "../../support/server/api.ts";
import { createTestUser, newId, titleOf } from "../../support/stores/test-user.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";

const store = openInMemory();

async function aWorkspace(titles: readonly string[]): Promise<Workspace> {
  const { user, add } = createTestUser(store);
  await add(...titles.map((title) => ({ title })));
  return { store, user, system: { ...SYSTEM, newId } };
}

const byFirstLetter: FindGroups = ({ title }) => [{ key: title.slice(0, 1).toLowerCase(), name: title.slice(0, 1) }];
const byEachWord: FindGroups = ({ title }) => title.split(" ").map((word) => ({ key: word, name: word }));

async function readGroups(workspace: Workspace, findGroups: FindGroups): Promise<[string, number, string[]][]> {
  const pages = listPages(workspace, { where: [], sort: "title" });
  const groups = await Array.fromAsync(groupTasks(workspace, pages, findGroups));
  return groups.map(({ group, count, tasks }) => [group.name, count, tasks.map(titleOf)]);
}

describe("tasks in groups", () => {
  test("come group by group in the order of their keys, and in their own order there", async () => {
    const workspace = await aWorkspace(["berry", "Apple", "banana", "cherry", "apricot"]);
    expect(await readGroups(workspace, byFirstLetter)).toEqual([
      ["A", 2, ["Apple", "apricot"]],
      ["b", 2, ["banana", "berry"]],
      ["c", 1, ["cherry"]],
    ]);
  });

  test("are in each of their groups", async () => {
    const workspace = await aWorkspace(["one two", "two", "one three"]);
    expect(await readGroups(workspace, byEachWord)).toEqual([
      ["one", 2, ["one three", "one two"]],
      ["three", 1, ["one three"]],
      ["two", 2, ["one two", "two"]],
    ]);
  });

  test("of which there are many come in pages, all of them and each once", async () => {
    const titles = Array.from({ length: 1234 }, (_, at) => `${at % 3} ${at}`);
    const pages = await readGroups(await aWorkspace(titles), byFirstLetter);
    expect(pages.map(([name, count, tasks]) => [name, count, tasks.length])).toEqual([
      ["0", 412, 200],
      ["0", 412, 200],
      ["0", 412, 12],
      ["1", 411, 200],
      ["1", 411, 200],
      ["1", 411, 11],
      ["2", 411, 200],
      ["2", 411, 200],
      ["2", 411, 11],
    ]);
    expect(pages.flatMap(([, , tasks]) => tasks).toSorted()).toEqual(titles.toSorted());
  });

  test("are none for no tasks", async () => {
    expect(await readGroups(await aWorkspace([]), byFirstLetter)).toEqual([]);
  });

  test("leave out a task that is gone when its group is read", async () => {
    const workspace = await aWorkspace(["a", "b"]);
    const [page = []] = await Array.fromAsync(listPages(workspace, { where: [] }));
    const gone: Task[] = page.map((task) => (task.title === "a" ? { ...task, id: newId() } : task));
    const groups = await Array.fromAsync(groupTasks(workspace, [gone], byFirstLetter));
    expect(groups.map(({ tasks }) => tasks.map(titleOf))).toEqual([[], ["b"]]);
  });
});
