import { RETENTION_MS } from "../../domain/durations.ts";
import type { Replica } from "../../ports/replica.ts";
import type { SyncStore } from "../../ports/sync.ts";

/** Whether a purge of a file may find something. It is one small read. */
export function isPurgeDue(replica: Replica, now: number): Promise<boolean> {
  return replica.isPurgeDue(now, now - RETENTION_MS);
}

/** Purges the file of a user, at most once a day. */
export async function purgeFile(
  { replica, sync, user }: { readonly replica: Replica; readonly sync: SyncStore; readonly user: string },
  now: number,
): Promise<void> {
  if (!(await isPurgeDue(replica, now))) return;
  await replica.notePurge(now);
  await sync.purge(user, now - RETENTION_MS);
}
