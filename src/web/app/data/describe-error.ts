import type { TodoError } from "../../../domain/errors.ts";

/** What went wrong, in sentences. */
export function describeError({ message, hints }: TodoError): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return [/[.!?]$/.test(text) ? text : `${text}.`, ...hints].join(" ");
}
