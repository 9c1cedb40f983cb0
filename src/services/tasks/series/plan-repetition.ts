import { TodoError } from "../../../domain/errors.ts";
import { planRecurrence, type RecurrenceFields, type Repetition } from "../../../domain/recurrence/plan.ts";
import type { System } from "../../../ports/system.ts";

/** The fields by which a task repeats. Throws `invalid_input`, for programs with the member that is wrong. */
export function planRepetition(every: string | Repetition, dueDate: string | null, system: System): RecurrenceFields {
  try {
    return planRecurrence(every, { dueDate }, system);
  } catch (error) {
    if (!(error instanceof TodoError) || typeof every === "string") throw error;
    const { code, message, hints } = error;
    const issues = [{ path: "recurrence", message }];
    throw new TodoError(code, message, { hints, issues, cause: error });
  }
}
