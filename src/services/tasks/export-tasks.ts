import type { Condition } from "../../domain/query/query.ts";
import type { Workspace } from "../workspace.ts";
import { countTasks, listPages } from "./list-tasks.ts";

/** All tasks by id, oldest first, in pages, and their number. */
export async function exportTasks(workspace: Workspace, options: { readonly deleted: boolean }) {
  const status = { kind: "status", status: "deleted" } as const;
  const where: Condition[] = options.deleted ? [] : [{ kind: "not", condition: status }];
  return { pages: listPages(workspace, { where }), total: await countTasks(workspace, where) };
}
