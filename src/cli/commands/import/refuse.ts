import { TodoError } from "../../../domain/errors.ts";

const MAX_PROBLEMS = 20;

/** The error that names the records that can't be imported, each with its line. `more` is said if there are no others. */
export function refuseRecords(problems: readonly string[], total: number, more: readonly string[] = []): TodoError {
  const unnamed = problems.length - MAX_PROBLEMS;
  return new TodoError("invalid_input", `${problems.length} of ${total} records can't be imported, so none was`, {
    hints: [
      ...problems.slice(0, MAX_PROBLEMS),
      ...(unnamed > 0 ? [`…and ${unnamed} more`] : []),
      ...(problems.length < total ? ["Mend them, or import the others with --skip-invalid."] : more),
    ],
  });
}

/** Empty input is what a failed command before a pipe leaves. */
export function refuseEmpty(name: string): TodoError {
  return new TodoError("invalid_input", `${name} has no tasks, so nothing was imported`, {
    hints: ["If that is what you expect: --allow-empty"],
  });
}
