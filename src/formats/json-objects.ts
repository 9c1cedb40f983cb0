import { isObject } from "../domain/is-object.ts";
import { shorten } from "../domain/task/text.ts";

/** The reason of the engine repeats the text that it did not understand. */
const MAX_REASON_CHARACTERS = 200;

/** An object of a JSON file and the line on which it begins, or what is wrong there. */
export type JsonObject =
  | { readonly line: number; readonly object: Readonly<Record<string, unknown>> }
  | { readonly line: number; readonly problem: string };

/**
 * The objects of a JSON array, of one object, or of NDJSON. Most programs write one a line, also inside brackets. Then no more than one
 * of them is in memory, and one that is broken is named with its line.
 */
export function* readJsonObjects(text: string): Generator<JsonObject> {
  let count = 0;
  for (const [at, line] of text.split("\n").entries()) {
    const inner = line.trim().replace(/,$/, "");
    if (["", "[", "]", "[]"].includes(inner)) continue;
    const parsed = parseJson(inner);
    if ("value" in parsed && !Array.isArray(parsed.value)) {
      count += 1;
      yield toObject(parsed.value, at + 1);
      continue;
    }
    const whole = parseJson(text);
    if ("value" in whole) {
      const all: readonly unknown[] = Array.isArray(whole.value) ? whole.value : [whole.value];
      for (const value of all.slice(count)) yield toObject(value, at + 1);
      return;
    }
    yield { line: at + 1, problem: `not JSON: ${"problem" in parsed ? parsed.problem : whole.problem}` };
  }
}

type Parsed = { readonly value: unknown } | { readonly problem: string };

function parseJson(text: string): Parsed {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    // The engine throws a RangeError for what is nested too deep for its stack.
    if (error instanceof SyntaxError || error instanceof RangeError)
      return { problem: shorten(error.message, MAX_REASON_CHARACTERS) };
    throw error;
  }
}

function toObject(value: unknown, line: number): JsonObject {
  return isObject(value) ? { line, object: value } : { line, problem: "this is no object" };
}
