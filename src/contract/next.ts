import { type Band, BAND_OF_REASON, type Reason } from "../domain/query/bands.ts";

/** Why a task is to be done next, beside its other members. null where nothing presses. */
export type WireReason = { band: Band; reason: Exclude<Reason, "none"> | null };

/** The one mapper of a reason to its JSON. */
export function toWireReason(reason: Reason): WireReason {
  return { band: BAND_OF_REASON[reason], reason: reason === "none" ? null : reason };
}
