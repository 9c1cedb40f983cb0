import { CLOCK_LENGTH } from "./clock.ts";
import { isKnownField } from "./fields.ts";
import { type Registers, TAG_PREFIX } from "./registers.ts";

// Title, description and the other fields that this version knows have limits of their own, so a task that is full can still be
// edited, completed and deleted. All others count: tags, also those that were taken off, and fields of later versions.

/** Maximum number of the fields of a task that count. */
export const MAX_TASK_FIELDS = 1000;

/** Maximum of their bytes, as JSON. */
export const MAX_TASK_BYTES = 524_288;

/** Maximum bytes of the fields that don't count, as JSON. It follows from their own limits. */
export const MAX_KNOWN_BYTES = 84_000;

/** JSON of so many bytes has neither too many fields nor too many bytes: a register takes more than 30. */
export const SMALL_TASK_BYTES = 30 * MAX_TASK_FIELDS;

/** Says of a task that it would be beyond them. */
export const TOO_LARGE = `more than ${MAX_TASK_FIELDS} fields or ${MAX_TASK_BYTES} bytes of tags and other fields`;

/** How much of a task counts. Databases measure the same: src/db/tasks/size.ts. */
export type TaskSize = { readonly fields: number; readonly bytes: number };

export function measureTask(registers: Registers): TaskSize {
  const counted = Object.entries(registers).filter(([field]) => !isKnownField(field));
  return { fields: counted.length, bytes: counted.reduce((sum, entry) => sum + measureRegister(entry), 0) };
}

/** Whether one of the fields, or of their registers, counts. */
export function hasCountedFields(fields: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(fields).some((field) => !isKnownField(field));
}

/** Whether a server that lacks the task would take all of it. */
export function isWithinLimits({ fields, bytes }: TaskSize): boolean {
  return fields <= MAX_TASK_FIELDS && bytes <= MAX_TASK_BYTES;
}

/** The bytes of a member of an object in JSON. A tag is as large when it is taken off, so that a full task can lose it. */
function measureRegister([field, register]: readonly [string, string]): number {
  const isSetTag = field.startsWith(TAG_PREFIX) && register.slice(CLOCK_LENGTH) === "true";
  const json = `${JSON.stringify(field)}:${JSON.stringify(register)},`;
  return new TextEncoder().encode(json).length + (isSetTag ? 1 : 0);
}
