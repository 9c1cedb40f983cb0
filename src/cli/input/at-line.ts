import { TodoError } from "../../domain/errors.ts";

/** Reads what stands on a line, counted from 1, and puts its number in front of what is refused. */
export function atLine<Value>(line: number, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof TodoError) throw lineError(line, error.message, error);
    throw error;
  }
}

/** Says what is wrong on a line. */
export function lineError(line: number, problem: string, cause?: TodoError): TodoError {
  return new TodoError("invalid_input", `line ${line}: ${problem}`, { hints: cause?.hints ?? [], cause });
}
