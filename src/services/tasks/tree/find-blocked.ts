import type { Workspace } from "../../workspace.ts";
import { readWaiting } from "./read-waiting.ts";

/** The ids of the open tasks that wait for another one, and of those for which they wait. */
export type BlockedTasks = { readonly blocked: readonly string[]; readonly blocking: readonly string[] };

/** Which tasks are blocked now. Tasks of a ring don't block each other. */
export async function findBlocked(workspace: Workspace): Promise<BlockedTasks> {
  const blocked = [...(await readWaiting(workspace))].filter(([, { waitsFor }]) => waitsFor.length > 0);
  return {
    blocked: blocked.map(([id]) => id),
    blocking: [...new Set(blocked.flatMap(([, { waitsFor }]) => waitsFor))],
  };
}
