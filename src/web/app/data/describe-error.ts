import type { TodoError } from "../../../domain/errors.ts";
import { capitalize } from "../../../domain/task/text.ts";

/** What went wrong, in sentences. */
export function describeError({ message, hints }: Pick<TodoError, "message" | "hints">): string {
  return [toSentence(message), ...hints].join(" ");
}

/** What a server does not accept of a form: what is wrong with which fields, if it says so. */
export function describeRefusal({ issues, message }: TodoError): string {
  const sentences = issues.map(({ path, message: text }) => toSentence(path === "" ? text : `${path}: ${text}`));
  return sentences.join(" ") || toSentence(message);
}

export function toSentence(text: string): string {
  const sentence = capitalize(text);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
