import { hasCode, TodoError } from "../../domain/errors.ts";
import { prepareRefs } from "../../services/tasks/find-tasks.ts";
import type { TaskOutput } from "../output/output.ts";
import { readInputLines } from "./stdin.ts";

/**
 * The ids of the tasks that standard input names, as `todo list -q` prints them: with blanks or line ends between them.
 * Throws `usage` if it is blank, and `not_found` or `ambiguous` with the line of the first reference that fails.
 */
export async function readRefs(output: TaskOutput): Promise<readonly string[]> {
  const lines = readInputLines(output.io, "handles or ids of tasks");
  const refs = lines.flatMap(({ text, line }) =>
    text
      .trim()
      .split(/\s+/)
      .map((ref) => ({ ref, line })),
  );
  if (refs.length === 0) {
    throw new TodoError("usage", "standard input is blank, and names no task", {
      hints: ["It takes handles, such as: todo list -q overdue | todo edit - due:today"],
    });
  }
  const resolve = await prepareRefs(
    await output.workspace(),
    refs.map(({ ref }) => ref),
  );
  const ids: string[] = [];
  for (const { ref, line } of refs) {
    const task = await resolve(ref).catch((error: unknown) => {
      throw nameLine(error, line);
    });
    ids.push(task.id);
  }
  return ids;
}

function nameLine(error: unknown, line: number): unknown {
  if (!hasCode(error, "not_found", "ambiguous")) return error;
  return new TodoError(error.code, `line ${line}: ${error.message}`, { hints: error.hints, cause: error });
}
