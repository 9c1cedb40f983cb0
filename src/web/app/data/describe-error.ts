import type { TodoError } from "../../../domain/errors.ts";
import { capitalize } from "../../../domain/task/text.ts";

/** What went wrong, in sentences. */
export function describeError({ message, hints }: TodoError): string {
  return [toSentence(message), ...hints].join(" ");
}

/** What a server does not accept of a form: what is wrong with its fields, if it says so. */
export function describeRefusal({ issues, message }: TodoError): string {
  return toSentence(issues.map((issue) => issue.message).join(" ") || message);
}

export function toSentence(text: string): string {
  const sentence = capitalize(text);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
