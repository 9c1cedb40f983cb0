import { TodoError } from "../errors.ts";
import { type Fields, TIME_PREFIX } from "./registers.ts";
import type { Task } from "./task.ts";

const SECONDS_A_MINUTE = 60;
const SECOND_MS = 1000;

/** The end of the year 9999, the last that is written with four digits. */
const MAX_WIRE_TIME_MS = 253_402_300_799_999;

/** What runs for longer was forgotten, and a start in another century would make a field for each month since. */
const MAX_SPAN_MS = 366 * 86_400_000;

/** The whole minutes that all devices tracked. */
export function countTrackedMinutes(task: Pick<Task, "time">): number {
  return Math.floor(countTrackedSeconds(task) / SECONDS_A_MINUTE);
}

/** The seconds that all devices tracked. */
export function countTrackedSeconds({ time }: Pick<Task, "time">): number {
  return Object.values(time).reduce((sum, each) => sum + each, 0);
}

/** The moment in a UUID of version 7 (RFC 9562, section 5.7), as a moment of the wire. Any other text has one that means nothing. */
export function timeOfId(id: string): string {
  const time = Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
  return new Date(time >= 0 ? Math.min(time, MAX_WIRE_TIME_MS) : 0).toISOString();
}

/**
 * The field that starts a task at a moment, or stops it. Empty if it is in that state already. `isClosed` is whether it is
 * closed afterwards, which throws `invalid_input` for one that is to be started.
 */
export function startFields(
  task: Task,
  started: boolean,
  { now, isClosed }: { now: string; isClosed: boolean },
): Fields {
  if (started && isClosed) {
    throw new TodoError("invalid_input", `task ${task.handle} is completed, so it can't be started`, {
      hints: [`Open it again with: todo reopen ${task.handle}`],
      issues: [{ path: "started", message: "only an open task can be started" }],
    });
  }
  return started === (task.startedAt !== null) ? {} : { started_at: started ? now : null };
}

/**
 * The fields that stop a started task at a time (Unix milliseconds): the seconds since its start are added to those of this device
 * (`node`), in the months of UTC in which they passed.
 */
export function stopFields({ startedAt, time }: Task, now: number, node: string): Fields {
  const fields: Record<string, number | null> = { started_at: null };
  let from = Math.max(Date.parse(startedAt ?? ""), now - MAX_SPAN_MS);
  while (from < now) {
    const until = Math.min(now, startOfNextMonth(from));
    const seconds = Math.round((until - from) / SECOND_MS);
    const key = `${new Date(from).toISOString().slice(0, 7)}:${node}`;
    if (seconds > 0) fields[TIME_PREFIX + key] = (time[key] ?? 0) + seconds;
    from = until;
  }
  return fields;
}

function startOfNextMonth(ms: number): number {
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}
