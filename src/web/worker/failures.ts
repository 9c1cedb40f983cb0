import { type Excerpt, TodoError } from "../../domain/errors.ts";
import type { Failure } from "../protocol.ts";

/** A hint that names a command or an option helps nobody in a page. */
const IS_FOR_TERMINALS = /\btodo\b|(^|\s)--/;

/** An error, as the page is told of it. `text` is what was typed, in which the error may have a place. */
export function toFailure(error: unknown, text: string | undefined): Failure {
  if (!(error instanceof TodoError)) return { code: "internal", message: String(error), hints: [] };
  const { code, message, hints, excerpt } = error;
  return {
    code,
    message,
    hints: hints.filter((hint) => !IS_FOR_TERMINALS.test(hint)),
    ...(excerpt && text !== undefined && findPlace(excerpt, text)),
  };
}

/** Where in a text the error is. What was not read as it stands there has no place. */
function findPlace({ text: part, at, length }: Excerpt, text: string): Pick<Failure, "at" | "length"> {
  const start = text.indexOf(part);
  return start === -1 ? {} : { at: start + at, length };
}
