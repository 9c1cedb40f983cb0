import { TodoError } from "../../domain/errors.ts";
import { escapeControls, toJson } from "./escape.ts";

/** An error for people: what failed and why on one line, then a line for each hint. */
export function renderError(error: TodoError): string {
  const lines = [`todo: ${escapeControls(error.message)}`, ...error.hints.map((hint) => `  ${escapeControls(hint)}`)];
  return `${lines.join("\n")}\n`;
}

/** An error for programs. */
export function renderErrorJson(error: TodoError): string {
  const { code, message, hints } = error;
  return `${toJson({ error: { code, message, hints } })}\n`;
}

/** Foreign errors show nothing of their text, which may hold queries and values. `TODO_DEBUG=1` shows their origin. */
export function toTodoError(error: unknown, debug: boolean): TodoError {
  if (error instanceof TodoError) return error;
  const detail = debug && error instanceof Error ? [error.stack ?? error.message] : ["Set TODO_DEBUG=1 to see where."];
  return new TodoError("internal", "this is a bug in todo", { hints: detail, cause: error });
}
