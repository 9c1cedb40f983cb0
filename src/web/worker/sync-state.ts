import type { Replica } from "../../ports/replica.ts";
import type { SyncState } from "../protocol.ts";
import { toFailure } from "./failures.ts";

/** Why the last sync of this page failed, and when the database had been synced last by then. */
export type SyncFault = { readonly error: unknown; readonly syncedAt: number | null };

/**
 * How things stand while no sync runs. A sync of another page counts if it came after the fault. Times of syncs are told apart and not
 * compared, because a clock may be set back.
 */
export async function readSyncState(
  replica: Pick<Replica, "binding" | "backlog">,
  fault: SyncFault | null,
): Promise<SyncState> {
  const [binding, { unsent, rejected }] = await Promise.all([replica.binding(), replica.backlog()]);
  const at = binding?.syncedAt ?? null;
  const counts = { unsent, refused: rejected.length };
  if (fault && at === fault.syncedAt) {
    const { code, message } = toFailure(fault.error, undefined);
    return { kind: "failed", code, message, ...counts };
  }
  // One that was never synced is about to be.
  return at === null ? { kind: "syncing", received: 0, isFirst: true } : { kind: "synced", at, ...counts };
}
