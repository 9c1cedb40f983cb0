import { joinRemoteTasks } from "../../ports/remote-tasks.ts";
import type { RemoteTask } from "../../ports/store.ts";
import type { Step } from "../engine.ts";
import type { Author } from "../tasks/author.ts";
import type { TaskRow } from "../tasks/rows.ts";
import { encodeRemoteTasks, latestTick } from "../tasks/remote-tasks.ts";
import { enqueueMerged, recordArrivals } from "./statements.ts";

/**
 * Merges what no server has yet. It is sent like an edit: a server that settles series differently, or not at all, would not get what
 * was settled here otherwise. The log names it a sync, so that an undo passes it by.
 */
export async function mergeUnsent(author: Author, tasks: readonly RemoteTask[], now: number): Promise<boolean> {
  const joined = joinRemoteTasks(tasks);
  if (joined.length === 0) return false;
  const { engine, user } = author;
  return (await engine.atomically(user, planMerge(author, joined, now))).length > 0;
}

function* planMerge(
  { engine, statements, user }: Author,
  joined: readonly RemoteTask[],
  now: number,
): Generator<Step<Pick<TaskRow, "id" | "revision">>> {
  const count = joined.length;
  const changes = encodeRemoteTasks(joined);
  yield { query: statements.advanceRevisionAndClock(), values: { user, count, seen: latestTick(joined).toString() } };
  yield { query: recordArrivals(), values: { user, node: engine.node, now, changes } };
  yield { query: enqueueMerged(), values: { user, changes } };
  yield { query: statements.merge(), values: { user, countFromEnd: count, changes } };
}
