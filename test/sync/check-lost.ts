import { compareBytes } from "../../src/domain/task/registers.ts";
import type { RemoteTask } from "../../src/ports/store.ts";
import type { SyncStore } from "../../src/ports/sync.ts";
import { isDeleted, readTasks } from "./compare.ts";
import { type Node, OWNER } from "./node.ts";
import type { Server } from "./server.ts";

const MOST = 1000;

/** What a node is about to send, and which tasks are deleted there or on the server. */
export type Unsent = { readonly changes: readonly RemoteTask[]; readonly deleted: ReadonlySet<string> };

export async function readUnsent({ user, opened, openReplica }: Node, { backing }: Server): Promise<Unsent | null> {
  const { changes } = await openReplica().outgoing(MOST);
  if (changes.length === 0) return null;
  const [here, there] = [await listDeleted(opened.sync, OWNER), await listDeleted(backing.sync(), user)];
  return { changes, deleted: here.union(there) };
}

/** What a node has sent, and what neither the server has nor was kept as something that it can't have any more. */
export async function findLost(
  { name, user, opened, openReplica }: Node,
  { changes, deleted }: Unsent,
  { backing }: Server,
): Promise<string[]> {
  const served = new Map((await readTasks(backing.sync(), user)).map(({ id, registers }) => [id, registers]));
  const rejected = new Set((await openReplica().backlog()).rejected.map(({ id }) => id));
  // What somebody has deleted may be purged as soon as it has arrived.
  const gone = deleted.union(await listDeleted(opened.sync, OWNER));
  const isThere = ({ id, registers }: RemoteTask) =>
    Object.entries(registers).every(([field, register]) => compareBytes(served.get(id)?.[field] ?? "", register) >= 0);
  const isGone = ({ id }: RemoteTask) => gone.has(id) && !served.has(id);
  const lost = changes.filter((change) => !rejected.has(change.id) && !isThere(change) && !isGone(change));
  return lost.map(({ id }) => `what ${name} has sent of ${id} is lost`);
}

async function listDeleted(sync: SyncStore, user: string): Promise<Set<string>> {
  const tasks = await readTasks(sync, user);
  return new Set(tasks.filter(({ registers }) => isDeleted(registers)).map(({ id }) => id));
}
