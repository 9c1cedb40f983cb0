import type { SyncedTask } from "../../src/ports/sync.ts";
import type { PeerAnswer, PeerRequest } from "../../src/services/sync/synchronize.ts";
import { isDeleted, readTasks } from "./compare.ts";
import { type Node, OWNER } from "./node.ts";
import type { Server } from "./server.ts";

const MOST = 1000;

type Answered = { readonly request: PeerRequest; readonly answer: PeerAnswer };

/**
 * What is wrong at the moment in which a server answers a node. A replica that reads anew, a deletion or a purge may mend it later, so
 * that no comparison in the end would see it.
 */
export async function checkAnswer(node: Node, { backing }: Server, answered: Answered): Promise<string[]> {
  const served = await readTasks(backing.sync(), node.user);
  const unheard = await listUnheard(node, served, answered);
  return [
    ...served.filter(isHalf).map(({ id }) => `the server has half of ${id}, since it has answered ${node.name}`),
    ...unheard.map((id) => `${node.name} was not told that ${id} is gone`),
  ];
}

export function isHalf({ registers }: SyncedTask): boolean {
  return registers["title"] === undefined || registers["created_at"] === undefined;
}

/** What lives at a node, although the server has forgotten it and has just said that there is nothing more to tell. */
async function listUnheard(
  { opened, openReplica }: Node,
  served: readonly SyncedTask[],
  { request: { cursor }, answer }: Answered,
): Promise<string[]> {
  const replica = openReplica();
  const { base, changes } = await replica.outgoing(MOST);
  // One who begins anew has nothing to be told, and where another process went on the answer will not be taken.
  if (answer.more || cursor === null || base.cursor !== cursor || base.resync !== null) return [];
  const { rejected } = await replica.backlog();
  const known = new Set([...served, ...answer.changes, ...changes, ...rejected].map(({ id }) => id));
  const tasks = await readTasks(opened.sync, OWNER);
  return tasks.filter(({ id, registers }) => !known.has(id) && !isDeleted(registers)).map(({ id }) => id);
}
