import type { Task } from "../../domain/task/task.ts";
import { compareText } from "../../domain/task/text.ts";
import type { Workspace } from "../workspace.ts";

/** A group that a task is in. Groups come in the order of their keys, and one key is one group. */
export type Group = { readonly key: string; readonly name: string };

/** Some tasks of a group of so many. */
export type GroupPage = { readonly group: Group; readonly count: number; readonly tasks: readonly Task[] };

type Pages = AsyncIterable<readonly Task[]> | Iterable<readonly Task[]>;

/** The groups of a task, of which it has one or more. */
export type FindGroups = (task: Task) => readonly Group[];

type Members = { readonly group: Group; readonly ids: string[] };

/** Tasks that are read again at once. */
const PAGE_SIZE = 200;

/**
 * Tasks group by group, in the order that they come in. All have to be read before the first group is known, so only their ids are
 * kept, and the tasks are read once more. A group is named as by its first task.
 */
export async function* groupTasks(
  { store, user }: Workspace,
  pages: Pages,
  findGroups: FindGroups,
): AsyncGenerator<GroupPage> {
  for (const { group, ids } of await collectMembers(pages, findGroups)) {
    for (let at = 0; at < ids.length; at += PAGE_SIZE) {
      const wanted = ids.slice(at, at + PAGE_SIZE);
      const found = new Map((await store.get(user, wanted)).map((task) => [task.id, task]));
      yield { group, count: ids.length, tasks: wanted.flatMap((id) => found.get(id) ?? []) };
    }
  }
}

async function collectMembers(pages: Pages, findGroups: FindGroups): Promise<Members[]> {
  const members = new Map<string, Members>();
  for await (const tasks of pages) {
    for (const task of tasks) {
      for (const group of findGroups(task)) {
        const known = members.get(group.key);
        if (known) known.ids.push(task.id);
        else members.set(group.key, { group, ids: [task.id] });
      }
    }
  }
  return [...members.values()].toSorted((one, other) => compareText(one.group.key, other.group.key));
}
