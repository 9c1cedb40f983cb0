import type { Replica } from "../../ports/replica.ts";
import type { SyncState } from "../protocol.ts";
import { toFailure } from "./failures.ts";

/** Why the last sync of this page failed, and when. */
export type SyncFault = { readonly error: unknown; readonly at: number };

/** How things stand while no sync runs. A sync of another page counts if it came later than the fault. */
export async function readSyncState(
  replica: Pick<Replica, "binding" | "backlog">,
  fault: SyncFault | null,
): Promise<SyncState> {
  const [binding, { unsent, rejected }] = await Promise.all([replica.binding(), replica.backlog()]);
  const at = binding?.syncedAt ?? null;
  const counts = { unsent, refused: rejected.length };
  if (fault && (at === null || at <= fault.at)) {
    const { code, message } = toFailure(fault.error, undefined);
    return { kind: "failed", code, message, ...counts };
  }
  // One that was never synced is about to be.
  return at === null ? { kind: "syncing", received: 0, isFirst: true } : { kind: "synced", at, ...counts };
}
