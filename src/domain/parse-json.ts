import { shorten } from "./task/text.ts";

/** The reason of the engine repeats the text that it did not understand. */
const MAX_REASON_CHARACTERS = 200;

/** What a JSON text says, or why it is none. */
export type ParsedJson =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string };

export function parseJson(text: string): ParsedJson {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    // The engine throws a RangeError for what is nested too deep for its stack.
    if (error instanceof SyntaxError || error instanceof RangeError)
      return { ok: false, problem: shorten(error.message, MAX_REASON_CHARACTERS) };
    throw error;
  }
}
