import { CLOCK_LENGTH } from "../../domain/task/clock.ts";

/** Where the value of a register begins, behind its clock. */
export const VALUE_START = CLOCK_LENGTH + 1;

/** The text in a register, or null: another type reads as absent, as it does in `readTask`. */
export function textOf(register: string): string {
  return `(case when substr(${register}, ${VALUE_START}, 1) = '"' then json_extract(substr(${register}, ${VALUE_START}), '$') end)`;
}

/** A day is due until it ends, so it sorts after the moments in it. A task without a due date sorts after all digits. */
export function dueKeyOf(due: string): string {
  return `coalesce(${due} || case when length(${due}) = 10 then 'T~' else '' end, '~')`;
}
