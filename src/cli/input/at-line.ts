import { TodoError } from "../../domain/errors.ts";

/** Parses a line and prefixes errors with its number, counted from 1. */
export function atLine<Value>(line: number, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof TodoError) throw lineError(line, error.message, error);
    throw error;
  }
}

/** The error for a problem on a line. */
export function lineError(line: number, problem: string, cause?: TodoError): TodoError {
  const { hints = [], excerpt } = cause ?? {};
  return new TodoError("invalid_input", `line ${line}: ${problem}`, { hints, excerpt, cause });
}
