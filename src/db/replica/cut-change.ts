import { isKnownField } from "../../domain/task/fields.ts";
import type { Registers } from "../../domain/task/registers.ts";
import { isWithinLimits, measureTask, TOO_LARGE } from "../../domain/task/size.ts";
import type { Outgoing, SentField } from "../../ports/replica.ts";
import { MAX_OUTGOING_BYTES } from "../../ports/sync.ts";
import { ALL } from "./statements.ts";

/** The change of a task, if there is one, the fields that it sends, and what is too large to be sent. */
export type Change = Pick<Outgoing, "changes" | "sent" | "rejected"> & { readonly bytes: number };

/** A task, and its fields that are not acknowledged. */
type UnsentTask = {
  readonly id: string;
  readonly registers: Registers;
  readonly waiting: readonly (readonly [field: string, clock: string])[];
};

/**
 * What of a task goes into the next request. A task that was refused is sent as a whole once it was changed: of the rest
 * nothing has arrived. `refusedFor` is the code of the refusal.
 */
export function cutChange({ id, registers, waiting }: UnsentTask, refusedFor: string | undefined): Change {
  const marks = waiting.map(([field, clock]) => [id, field, clock] as const);
  const names = new Set(waiting.map(([field]) => field));
  const wasRefused = refusedFor !== undefined;
  const isWhole = wasRefused || names.has(ALL);
  const edited = pick(registers, (field) => names.has(field));
  const picked = isWhole ? registers : edited;
  const bytes = measure(picked);
  if (bytes <= MAX_OUTGOING_BYTES && !(wasRefused && isTooLarge(registers))) {
    return { changes: [{ id, registers: picked }], sent: marks, rejected: [], bytes };
  }
  // Which fields had waited for room is not known any more. The known ones fit into every task.
  const isWaiting = (field: string) => names.has(field) || isKnownField(field);
  const parts = refusedFor === "quota_exceeded" ? pick(registers, isWaiting) : edited;
  return cutLarge(id, parts, { marks, isWhole });
}

/**
 * What was edited of a task that no server takes as a whole, or else the deletion of it would stay here too. What does not fit
 * into a request goes with the next one.
 */
function cutLarge(
  id: string,
  edited: Registers,
  { marks, isWhole }: { readonly marks: readonly SentField[]; readonly isWhole: boolean },
): Change {
  const registers = takeFields(edited);
  const isEmpty = Object.keys(registers).length === 0;
  return {
    changes: isEmpty ? [] : [{ id, registers }],
    sent: isEmpty ? marks : marks.filter(([, field]) => field === ALL || Object.hasOwn(registers, field)),
    rejected: isEmpty || isWhole ? [{ id, code: "invalid_input", field: "", message: `it has ${TOO_LARGE}` }] : [],
    bytes: isEmpty ? 0 : measure(registers),
  };
}

/** As many fields as fit into a request, first those that every version knows. */
function takeFields(registers: Registers): Registers {
  const entries = Object.entries(registers);
  const known = entries.filter(([field]) => isKnownField(field));
  const taken: (readonly [string, string])[] = [];
  let bytes = 0;
  for (const entry of [...known, ...entries.filter(([field]) => !isKnownField(field))]) {
    bytes += measure(Object.fromEntries([entry]));
    if (bytes > MAX_OUTGOING_BYTES) break;
    taken.push(entry);
  }
  return Object.fromEntries(taken);
}

function pick(registers: Registers, isWanted: (field: string) => boolean): Registers {
  return Object.fromEntries(Object.entries(registers).filter(([field]) => isWanted(field)));
}

function measure(registers: Registers): number {
  return new TextEncoder().encode(JSON.stringify(registers)).byteLength;
}

function isTooLarge(registers: Registers): boolean {
  return !isWithinLimits(measureTask(registers));
}
