import { TodoError } from "../errors.ts";
import type { Task } from "../task/task.ts";
import { addDueShift, parseDueShift } from "./due-shift.ts";
import type { LocalTime } from "./local-time.ts";
import { simplifyDate } from "./simplify.ts";
import { parseWhen } from "./when.ts";

/**
 * The date that a person means beside the due date of a task: as `parseWhen` reads it, or counted once from the due date
 * (`due`, `due-3d`, `due-1w`). Throws `invalid_input`, also if there is no due date to count from, and for hours from a
 * day without a time.
 */
export function parseDateNear(text: string, { due }: { readonly due: Task["dueDate"] }, system: LocalTime): string {
  const shift = simplifyDate(text) === "due" ? [] : parseDueShift(text);
  if (shift === undefined) return parseWhen(text, system);
  if (due !== null) return addDueShift(due, shift, system);
  throw new TodoError("invalid_input", `there is no due date to count ${text.trim()} from`, {
    hints: ["Give the task a due date too (due:friday), or count from today: +3d."],
  });
}
