import { clockNode } from "../domain/task/clock.ts";
import { type FieldChange, orderFields } from "../domain/task/fields.ts";
import { handleOf } from "../domain/task/handle.ts";
import { readValue } from "../domain/task/registers.ts";
import type { HistoryEntry } from "../ports/store.ts";

/** One entry of the log as it leaves the process. */
export type WireLogEntry = {
  at: string;
  action: string;
  device: string;
  id: string;
  handle: string;
  changes: FieldChange[];
};

/**
 * The one mapper of a log entry to its JSON. `device` is the node that made the change, or the latest if there are
 * several.
 */
export function toWireLogEntry(entry: HistoryEntry): WireLogEntry {
  return {
    at: new Date(entry.at).toISOString(),
    action: entry.action,
    // Registers from elsewhere carry the clocks of the device that made them.
    device: clockNode(Object.values(entry.after).toSorted().at(-1) ?? entry.clock),
    id: entry.id,
    handle: handleOf(entry.id),
    changes: orderFields(Object.keys(entry.after)).map((field) => ({
      field,
      before: readValue(entry.before[field]),
      after: readValue(entry.after[field]),
    })),
  };
}
