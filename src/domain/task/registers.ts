import { type Clock, CLOCK_LENGTH, clockTime, isClock } from "./clock.ts";
import { PRIORITIES, type Task } from "./task.ts";

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

/** The last moment that a Date has. */
const MAX_TIME_MS = 8.64e15;

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
function readText(register: string | undefined): string | null {
  if (register === undefined || register[CLOCK_LENGTH] !== '"') return null;
  if (register.endsWith('"') && !register.includes("\\")) return register.slice(CLOCK_LENGTH + 1, -1);
  const value = readValue(register);
  return typeof value === "string" ? value : null;
}

/** A task as it is stored. */
export type TaskRow = {
  readonly id: string;
  readonly handle: string;
  readonly revision: number;
  readonly registers: Registers;
};

/** The task that the registers describe. A field of a wrong type reads as absent. */
export function readTask({ id, handle, revision, registers }: TaskRow): Task {
  const text = (key: string) => readText(registers[key]);
  const isTrue = (key: string) => isSet(registers[key]);
  const estimate = readValue(registers["estimate"]);
  const isEstimate = typeof estimate === "number" && Number.isInteger(estimate) && estimate > 0;
  const { updatedAt, ...collected } = readRest(registers);
  const priority = text("priority");
  return {
    id,
    handle,
    revision,
    title: text("title") ?? "",
    description: text("description"),
    completedAt: text("completed_at"),
    cancelled: isTrue("cancelled"),
    dueDate: text("due_date"),
    scheduledDate: text("scheduled_date"),
    waitUntil: text("wait_until"),
    priority: PRIORITIES.find((known) => known === priority) ?? null,
    project: text("project"),
    parent: text("parent"),
    rank: text("rank"),
    recurrence: text("recurrence"),
    occurrence: text("occurrence"),
    series: text("series"),
    skipped: isTrue("skipped"),
    doneFor: text("done_for"),
    estimateMinutes: isEstimate ? estimate : null,
    startedAt: text("started_at"),
    ...collected,
    createdAt: text("created_at") ?? updatedAt,
    updatedAt,
    deletedAt: text("deleted_at"),
  };
}

type Collected = Pick<Task, "tags" | "dependsOn" | "reminders" | "notes" | "time">;

/**
 * The latest clock and what has fields of its own for each value, which need all registers. A register without a clock (of a broken
 * writer) must not hide the task.
 */
function readRest(registers: Registers): Collected & { readonly updatedAt: string } {
  const tags: string[] = [];
  const others: string[] = [];
  let latest = "";
  for (const key in registers) {
    const register = registers[key] ?? "";
    if (register > latest) latest = register;
    if (!key.includes(":")) continue;
    if (!key.startsWith(TAG_PREFIX)) others.push(key);
    else if (isSet(register)) tags.push(key.slice(TAG_PREFIX.length));
  }
  const clocked = hasClock(latest) ? latest : (Object.values(registers).filter(hasClock).toSorted().at(-1) ?? "");
  const time = readWallClock(registers[WALL_CLOCK], clocked) ?? (clocked === "" ? 0 : clockTime(clocked));
  return {
    tags: tags.length > 1 ? tags.toSorted() : tags,
    ...(others.length === 0 ? NOTHING_ELSE : collectOthers(registers, others)),
    updatedAt: new Date(time).toISOString(),
  };
}

/** What most tasks have. */
const NOTHING_ELSE: Omit<Collected, "tags"> = { dependsOn: [], reminders: [], notes: [], time: {} };

function collectOthers(registers: Registers, keys: readonly string[]): Omit<Collected, "tags"> {
  const find = (prefix: string) => keys.filter((key) => key.startsWith(prefix)).toSorted();
  const findSet = (prefix: string) =>
    find(prefix).flatMap((key) => (isSet(registers[key]) ? [key.slice(prefix.length)] : []));
  return {
    dependsOn: findSet(DEPENDENCY_PREFIX),
    reminders: findSet(REMINDER_PREFIX),
    notes: find(NOTE_PREFIX).flatMap((key) => {
      const text = readText(registers[key]);
      return text === null ? [] : [{ id: key.slice(NOTE_PREFIX.length), text }];
    }),
    time: Object.fromEntries(
      find(TIME_PREFIX).flatMap((key) => {
        const seconds = readValue(registers[key]);
        return typeof seconds === "number" && seconds >= 0 ? [[key.slice(TIME_PREFIX.length), seconds]] : [];
      }),
    ),
  };
}

function isSet(register: string | undefined): boolean {
  return register?.slice(CLOCK_LENGTH) === "true";
}

/** The wall clock, if it is that of the latest edit. A broken writer must not hide the task. */
function readWallClock(register: string | undefined, latest: string): number | undefined {
  if (register === undefined || register.slice(0, CLOCK_LENGTH) !== latest.slice(0, CLOCK_LENGTH)) return undefined;
  const time = readValue(register);
  return typeof time === "number" && Math.abs(time) <= MAX_TIME_MS ? time : undefined;
}

function hasClock(register: string): boolean {
  return isClock(register.slice(0, CLOCK_LENGTH));
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

/** Plain assignment would call the setter of `__proto__`, which is a legal key. */
function setOwn(target: Record<string, string>, key: string, value: string): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}
