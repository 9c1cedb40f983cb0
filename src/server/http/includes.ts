import type { Include } from "../../contract/include.ts";
import { toWireBlocked } from "../../contract/task-links.ts";
import { toWire } from "../../contract/task.ts";
import type { Task } from "../../domain/task/task.ts";
import { type Links, readLinks } from "../../services/tasks/tree/read-links.ts";
import type { Workspace } from "../../services/workspace.ts";

/** Tasks as they leave the process, with what a request asks for beside. */
export async function toWireWithIncludes(
  workspace: Workspace,
  tasks: readonly Task[],
  includes: readonly Include[] = [],
): Promise<object[]> {
  if (includes.length === 0) return tasks.map(toWire);
  const links = await readLinks(workspace, tasks);
  return tasks.map((task) => {
    const own = links.get(task.id);
    return { ...toWire(task), ...(own && describeLinks(own, includes)) };
  });
}

function describeLinks({ subtasks, waitsFor, blocks }: Links, includes: readonly Include[]): object {
  const completed = subtasks.filter(({ completedAt }) => completedAt !== null).length;
  return {
    ...(includes.includes("subtasks") && { subtasks: { completed, total: subtasks.length } }),
    ...(includes.includes("blocked") && {
      ...toWireBlocked(waitsFor.map(({ id }) => id)),
      blocks: blocks.map(({ id }) => id),
    }),
  };
}
