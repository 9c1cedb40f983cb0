import { describeRule } from "../domain/recurrence/describe.ts";
import type { Repetition } from "../domain/recurrence/plan.ts";
import { type Mode, MODES, readSeries } from "../domain/recurrence/series.ts";

/** How a task repeats as it leaves the process. What only a later version knows is null. */
export type WireRecurrence = {
  rule: string;
  from: string | null;
  start: string | null;
  time_zone: string | null;
  text: string;
};

/** What the next occurrence is counted from, by its name on the wire. */
export const WIRE_MODES = { due: "due", done: "completion", each: "each" } as const satisfies Record<Mode, string>;

/** The same as it comes in: either a rule, or words such as `2 weeks on mon`. */
export type WireRepetition = { readonly rule?: string | undefined; readonly every?: string | undefined } & {
  readonly [Name in "from" | "start" | "time_zone"]?: string | null | undefined;
};

const STORED = /^(\S+) ([^\s[\]]+)(?:\[([^\s[\]]+)\])? (.*)$/s;

/** The one mapper of a stored recurrence to its JSON. */
export function toWireRecurrence(recurrence: string): WireRecurrence {
  const [, mode = null, start = null, zone = null, rule = recurrence] = STORED.exec(recurrence) ?? [];
  const series = readSeries(recurrence);
  return {
    rule,
    from: series === null ? mode : WIRE_MODES[series.mode],
    start,
    time_zone: zone,
    text:
      series === null
        ? "repeats (rule of another version)"
        : describeRule({ mode: series.mode, rule: series.rule, start: series.start }),
  };
}

/** The one mapper of such JSON to what is asked for. */
export function toRepetition({ rule = "", every, from, start, time_zone: zone }: WireRepetition): Repetition {
  if (every !== undefined) return { words: every, zone: zone ?? undefined };
  const mode = MODES.find((known) => WIRE_MODES[known] === from) ?? from ?? undefined;
  return { rule, mode, start: start ?? undefined, zone: zone ?? undefined };
}
