import type { Clock } from "../task/clock.ts";
import { type Fields, readValue, readValues, type Registers, stampFields, WALL_CLOCK } from "../task/registers.ts";
import { dueDateOf, localTimeOf, nextOccurrence } from "./next.ts";
import { isOccurrence, laterOf } from "./occurrence.ts";
import { recordFields } from "./record.ts";
import { recordIdOf } from "./record-id.ts";
import { readSeries, type Series } from "./series.ts";
import { clockOf, latestClock, succeed, succeedToward } from "./settle-clocks.ts";
import type { View } from "./settle-view.ts";

/** A repeating task that lives and whose rule this version can expand. */
export type State = {
  readonly id: string;
  readonly registers: Registers;
  readonly series: Series;
  /** The current one. */
  readonly occurrence: string;
};

export function readState(view: View, id: string): State | null {
  const registers = view.get(id) ?? {};
  const occurrence = readValue(registers["occurrence"]);
  const recurrence = readValue(registers["recurrence"]);
  if (!isLive(registers) || typeof recurrence !== "string") return null;
  if (typeof occurrence !== "string" || !isOccurrence(occurrence)) return null;
  const series = readSeries(recurrence);
  return series && { id, registers, series, occurrence };
}

/** Whether a task is there and was not deleted. */
export function isLive(registers: Registers | undefined): registers is Registers {
  return registers !== undefined && readValue(registers["deleted_at"]) === null;
}

/** Moves a series on once. False if its current occurrence is not over, or if it can't go on. */
export function moveOn(view: View, id: string): boolean {
  const state = readState(view, id);
  if (state === null) return false;
  if (readValue(state.registers["completed_at"]) !== null) return continueCompleted(view, state);
  const record = view.get(recordIdOf(id, state.occurrence));
  return isLive(record) && passRecorded(view, state, record);
}

/**
 * A version that knows no series completed it, or its end met a longer rule: one occurrence is done by that. Its other
 * dates stay: another device may have moved them along already, and moved twice they would hide what is due.
 */
function continueCompleted(view: View, state: State): boolean {
  const { id, registers } = state;
  const { completed_at, due_date, occurrence } = registers;
  const clock = latestClock([completed_at]);
  if (clock === null) return false;
  keepRecord(view, state, clock);
  const next = findNext(view, state, readToday(state, registers));
  const moved = next === null ? null : moveTo(state, next, [due_date, occurrence, completed_at]);
  const cleared = succeed(clock);
  if (next === null || moved === null || cleared === null) return false;
  view.merge(id, { ...moved, ...stampFields({ completed_at: null }, cleared) });
  return true;
}

/** The current occurrence has a record: an edit that knew nothing of it made it the current one again. */
function passRecorded(view: View, state: State, record: Registers): boolean {
  const { id, registers } = state;
  const next = findNext(view, state, readToday(state, record));
  if (next === null) {
    view.merge(id, endWith(record, registers));
    return false;
  }
  const moved = moveTo(state, next, [registers["due_date"], registers["occurrence"]]);
  if (moved !== null) view.merge(id, moved);
  return moved !== null;
}

/** Makes the record of the current occurrence at the clock of the completion, if there is none. */
function keepRecord(view: View, { id, registers, occurrence }: State, clock: Clock): void {
  const recordId = recordIdOf(id, occurrence);
  const record = view.get(recordId);
  const completedAt = readValue(registers["completed_at"]);
  if (isLive(record) || typeof completedAt !== "string") return;
  const cancelled = registers["cancelled"] ?? "";
  const fields = recordFields(
    readValues(registers),
    {
      seriesId: id,
      occurrence,
      dueDate: readValue(registers["due_date"]),
      completedAt,
      createdAt: completedAt,
      skipped: false,
      // It may be left from another time.
      cancelled: clockOf(cancelled) === clock && readValue(cancelled) === true,
    },
    readValues(record ?? {}),
  );
  const wallClock = registers[WALL_CLOCK];
  const isOfCompletion = wallClock !== undefined && clockOf(wallClock) === clock;
  view.merge(recordId, { ...stampFields(fields, clock), ...(isOfCompletion && { [WALL_CLOCK]: wallClock }) });
}

/** With its last occurrence a series is completed. One that became a task of its own is open, but was made by that. */
function endWith(record: Registers, registers: Registers): Registers {
  const end = readValue(record["completed_at"]) === null ? record["created_at"] : record["completed_at"];
  const completedAt = readValue(end);
  const clock = succeed(latestClock([end, registers["completed_at"], registers["occurrence"]]));
  return completedAt === null || clock === null ? {} : stampFields({ completed_at: completedAt }, clock);
}

/** The day on which a task was completed, as the series counts it. What is skipped ahead of its day is not done then. */
function readToday({ series, occurrence }: State, { completed_at, skipped }: Registers): string {
  const completedAt = readValue(completed_at);
  const time = typeof completedAt === "string" ? Date.parse(completedAt) : Number.NaN;
  const today = Number.isNaN(time) ? occurrence : localTimeOf(series, new Date(time).toISOString());
  // A broken writer's text may be no day of the calendar that occurrences have.
  if (!isOccurrence(today)) return occurrence;
  return readValue(skipped) === true ? laterOf(today, occurrence) : today;
}

function findNext(view: View, { id, series, occurrence }: State, today: string): string | null {
  const isTaken = (other: string) => isLive(view.get(recordIdOf(id, other)));
  return nextOccurrence(series, { after: occurrence, today, isTaken });
}

/** The registers that make an occurrence the current one, behind others. null if there is no clock for them. */
function moveTo({ series }: State, next: string, behind: readonly (string | undefined)[]): Registers | null {
  const clock = succeedToward(next, latestClock(behind));
  const fields: Fields = { due_date: dueDateOf(series, next), occurrence: next };
  return clock === null ? null : stampFields(fields, clock);
}
