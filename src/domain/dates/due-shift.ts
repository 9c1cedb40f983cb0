import { orNoSuchDay } from "./calendar.ts";
import { TodoError } from "../errors.ts";
import type { LocalTime } from "./local-time.ts";
import { addToDueDate, type Offset, splitOffset } from "./offset.ts";
import { simplifyDate } from "./simplify.ts";
import type { Patch, Task } from "../task/task.ts";

/** How far a task's due date is put off, or brought forward, from where it is. */
export type DueShift = readonly Offset[];

/** A task, or one that is not there yet. */
type Dated = Pick<Task, "dueDate"> & { readonly handle?: string };

const DUE_SHIFT = /^due(?:[+-]\d+\p{L}+)+$/iu;

/** True for a word such as `due+1d`, which can't be a title by mistake. Its unit may be unknown. */
export function isDueShift(word: string): boolean {
  return DUE_SHIFT.test(word);
}

/** The offsets of `due+1w` or `due + 1m - 1d`, in their order. Undefined for any other text. */
export function parseDueShift(text: string): DueShift | undefined {
  const simple = simplifyDate(text);
  return simple === undefined ? undefined : splitDueShift(simple);
}

function splitDueShift(text: string): DueShift | undefined {
  const sum = splitOffset(text);
  if (sum === undefined) return undefined;
  if (sum.before === "due") return [sum.offset];
  const before = splitDueShift(sum.before);
  return before && [...before, sum.offset];
}

/** Dates that are counted from the due date. Each wins over the date itself. */
export type DateShifts = {
  readonly dueShift?: DueShift | undefined;
  readonly scheduledShift?: DueShift | undefined;
  readonly waitShift?: DueShift | undefined;
};

/**
 * The patch with the dates that it counts from the due date: that from where it is, and the others from where the patch puts
 * it. A new task has no handle yet. Throws as `shiftDueDate` does.
 */
export function resolveShifts(
  { dueShift, scheduledShift, waitShift, ...patch }: Patch & DateShifts,
  task: Dated,
  system: Pick<LocalTime, "timeZone">,
): Patch {
  const due = dueShift ? shiftDueDate(task, dueShift, system) : patch.dueDate;
  const after = due === undefined ? task : { ...task, dueDate: due };
  return {
    ...patch,
    ...(due !== undefined && { dueDate: due }),
    ...(scheduledShift && { scheduledDate: shiftDueDate(after, scheduledShift, system) }),
    ...(waitShift && { waitUntil: shiftDueDate(after, waitShift, system) }),
  };
}

/** The due date of a task after a shift. Throws `invalid_input` if it has none, or if the calendar ends before. */
export function shiftDueDate({ handle, dueDate }: Dated, shift: DueShift, system: Pick<LocalTime, "timeZone">): string {
  if (dueDate === null) {
    const name = handle === undefined ? "a new task" : `task ${handle}`;
    throw new TodoError("invalid_input", `${name} has no due date to count from`, {
      hints: ["Give it a due date (due:friday), or count from today: +1d."],
    });
  }
  return addDueShift(dueDate, shift, system);
}

/** The due date after a shift. Throws `invalid_input` if the calendar ends before, and for hours from a day. */
export function addDueShift(dueDate: string, shift: DueShift, system: Pick<LocalTime, "timeZone">): string {
  return shift.reduce(
    (due, offset) => orNoSuchDay(`day so far from ${dueDate}`, () => addToDueDate(due, offset, system)),
    dueDate,
  );
}
