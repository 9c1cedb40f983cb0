import { type Fields, stampFields } from "../../../src/domain/task/registers.ts";
import { measureTask } from "../../../src/domain/task/size.ts";
import { CLOCKS } from "./registers.ts";

/** The length that most values have. A server takes no longer ones. */
const VALUE_LENGTH = 60_000;

/** How many bytes of these fields count. */
export function bytesOf(fields: Fields): number {
  return measureTask(stampFields(fields, CLOCKS[0])).bytes;
}

/** The fields of a task, and others that make it count exactly so many bytes. */
export function fillUp(bytes: number, fields: Fields, prefix = "f"): Fields {
  const filled: Record<string, Fields[string]> = { ...fields };
  let left = bytes - bytesOf(fields);
  for (let place = 0; left > 0; place += 1) {
    const field = `${prefix}${place}`;
    left -= bytesOf({ [field]: "" });
    // The last but one leaves enough for the last to have a name of its own.
    const length = left > VALUE_LENGTH ? Math.min(VALUE_LENGTH, left - 100) : left;
    filled[field] = "x".repeat(length);
    left -= length;
  }
  return filled;
}
