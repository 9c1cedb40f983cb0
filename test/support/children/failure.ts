import { TodoError } from "../../../src/domain/errors.ts";
import type { Failure } from "./opening.ts";

/** An error in a form that a process can print for another. */
export function describeFailure(error: unknown): Failure {
  if (!(error instanceof TodoError)) return { code: "not a TodoError", message: String(error), hints: [] };
  const { code, message, hints } = error;
  return { code, message, hints };
}
