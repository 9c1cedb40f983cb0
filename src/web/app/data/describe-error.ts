import type { TodoError } from "../../../domain/errors.ts";
import { capitalize } from "../../../domain/task/text.ts";

/** What went wrong, in sentences. */
export function describeError({ message, hints }: TodoError): string {
  const text = capitalize(message);
  return [/[.!?]$/.test(text) ? text : `${text}.`, ...hints].join(" ");
}

/** What a server does not accept of a form: what is wrong with its fields, if it says so. */
export function describeRefusal({ issues, message }: TodoError): string {
  return capitalize(issues.map((issue) => issue.message).join(" ") || message);
}
