import { isObject } from "../domain/is-object.ts";
import { parseJson } from "../domain/parse-json.ts";

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
    if (parsed.ok && !Array.isArray(parsed.value)) {
      count += 1;
      yield toObject(parsed.value, at + 1);
      continue;
    }
    const whole = parseJson(text);
    if (whole.ok) {
      const all: readonly unknown[] = Array.isArray(whole.value) ? whole.value : [whole.value];
      for (const value of all.slice(count)) yield toObject(value, at + 1);
      return;
    }
    yield { line: at + 1, problem: `not JSON: ${parsed.ok ? whole.problem : parsed.problem}` };
  }
}

function toObject(value: unknown, line: number): JsonObject {
  return isObject(value) ? { line, object: value } : { line, problem: "this is no object" };
}
