import { type Clock, CLOCK_LENGTH } from "./clock.ts";

/**
 * The stored state of a task: for each field its clock, then its value as JSON. Tags are fields of their own
 * (`tag:home`).
 */
export type Registers = Readonly<Record<string, string>>;

export type Scalar = string | number | boolean | null;

/** Values of fields before they are stamped. */
export type Fields = Readonly<Record<string, Scalar>>;

export const TAG_PREFIX = "tag:";
/** Before the id of a task that is waited for. */
export const DEPENDENCY_PREFIX = "dep:";
/** Before the trigger of a reminder. */
export const REMINDER_PREFIX = "remind:";
/** Before the id of a note. */
export const NOTE_PREFIX = "note:";
/** Before a month, a colon and the node of a device, which alone writes the field. */
export const TIME_PREFIX = "time:";

/** How fields begin of which a task has any number, but for tags. */
export const PART_PREFIXES = [DEPENDENCY_PREFIX, REMINDER_PREFIX, NOTE_PREFIX, TIME_PREFIX] as const;

/** From which file of another program a task was imported, and as what. People neither see nor change it. */
export const SOURCE = "source";

/**
 * The wall clock of an edit (Unix milliseconds) whose own clock is far ahead of it (`MAX_CLOCK_LEAD_MS`). It says nothing of edits
 * with another clock, and is no field that people change: the log leaves it out.
 */
export const WALL_CLOCK = "wall_clock";

/**
 * The whole conflict rule: for each key the larger string wins, by UTF-8 bytes. It is commutative, associative and
 * idempotent, so neither the order nor the repetition of deliveries matters. Unknown keys are kept.
 */
export function mergeRegisters(one: Registers, other: Registers): Registers {
  const merged: Record<string, string> = { ...one };
  for (const [key, register] of Object.entries(other)) {
    const mine = Object.hasOwn(merged, key) ? merged[key] : undefined;
    if (mine === undefined || compareBytes(register, mine) > 0) setOwn(merged, key, register);
  }
  return merged;
}

/** Order by UTF-8 bytes, as both databases compare; JavaScript's own order puts astral characters before U+E000. */
export function compareBytes(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  for (let at = 0; at < shorter; at += 1) {
    const difference = utf8Rank(one.charCodeAt(at)) - utf8Rank(other.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

/** Moves the surrogates behind the rest of the basic plane, where UTF-8 has the characters that they encode. */
function utf8Rank(codeUnit: number): number {
  if (codeUnit >= 0xe000) return codeUnit - 0x800;
  return codeUnit >= 0xd800 ? codeUnit + 0x2000 : codeUnit;
}

/** The registers of fields that were all set at one clock. */
export function stampFields(fields: Fields, clock: Clock): Registers {
  const registers: Record<string, string> = {};
  for (const [key, value] of Object.entries(fields)) setOwn(registers, key, clock + JSON.stringify(value));
  return registers;
}

/** The value of a register. null if it is absent or not JSON, because a broken writer must not hide a task. */
export function readValue(register: string | undefined): Scalar {
  if (register === undefined) return null;
  try {
    const value: unknown = JSON.parse(register.slice(CLOCK_LENGTH));
    return isScalar(value) ? value : null;
  } catch {
    return null;
  }
}

/** The values of registers, without their clocks. */
export function readValues(registers: Registers): Fields {
  return Object.fromEntries(Object.entries(registers).map(([key, register]) => [key, readValue(register)]));
}

/**
 * The value if it is a text. Most texts have no escapes. Skipping the JSON parser saves a quarter of a long list's
 * time.
 */
export function readText(register: string | undefined): string | null {
  if (register === undefined || register[CLOCK_LENGTH] !== '"') return null;
  if (register.endsWith('"') && !register.includes("\\")) return register.slice(CLOCK_LENGTH + 1, -1);
  const value = readValue(register);
  return typeof value === "string" ? value : null;
}

/** Whether a register says true. */
export function isSet(register: string | undefined): boolean {
  return register?.slice(CLOCK_LENGTH) === "true";
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

/** Plain assignment would call the setter of `__proto__`, which is a legal key. */
function setOwn(target: Record<string, string>, key: string, value: string): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}
