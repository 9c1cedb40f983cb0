import { TodoError } from "../../domain/errors.ts";
import { escapeControls, toJson } from "../../domain/escape.ts";
import { markExcerpt } from "./excerpt.ts";

const INDENT = "  ";
const COLUMNS_IN_A_PIPE = 80;

/** An error for people: what failed and why on one line, where in a text that was typed, then a line for each hint. */
export function renderError({ message, excerpt, hints }: TodoError, columns = COLUMNS_IN_A_PIPE): string {
  const marked = excerpt ? markExcerpt(excerpt, columns - INDENT.length) : [];
  const lines = [...marked, ...hints.map(escapeControls)].map((line) => INDENT + line);
  return `${[`todo: ${escapeControls(message)}`, ...lines].join("\n")}\n`;
}

/** An error for programs. */
export function renderErrorJson({ code, message, hints, excerpt }: TodoError): string {
  const place = excerpt && { at: excerpt.at, length: excerpt.length };
  return `${toJson({ error: { code, message, hints, ...place } })}\n`;
}

/** Foreign errors show nothing of their text, which may hold queries and values. `TODO_DEBUG=1` shows their origin. */
export function toTodoError(error: unknown, debug: boolean): TodoError {
  if (error instanceof TodoError) return error;
  const detail = debug && error instanceof Error ? [error.stack ?? error.message] : ["Set TODO_DEBUG=1 to see where."];
  return new TodoError("internal", "this is a bug in todo", { hints: detail, cause: error });
}
