import { CLOCK_LENGTH, clockTime, isClock } from "./clock.ts";
import {
  DEPENDENCY_PREFIX,
  isSet,
  NOTE_PREFIX,
  readText,
  readValue,
  type Registers,
  REMINDER_PREFIX,
  TAG_PREFIX,
  TIME_PREFIX,
  WALL_CLOCK,
} from "./registers.ts";
import { isEstimate, isRankKey, PRIORITIES, type Task } from "./task.ts";

/** A task as it is stored. */
export type TaskRow = {
  readonly id: string;
  readonly handle: string;
  readonly revision: number;
  readonly registers: Registers;
};

/** The last moment of the year 9999, behind which moments do not compare as texts. */
export const MAX_TIME_MS = Date.UTC(10_000, 0, 1) - 1;

/** Digits of a number of minutes, and of milliseconds, that are read at all. Databases read no more and no other signs. */
const MAX_MINUTE_DIGITS = 9;
const MAX_TIME_DIGITS = 15;

/** The fields that most tasks have. All others are looked for only where a task has one. */
const COMMON = new Set([
  "title",
  "description",
  "completed_at",
  "due_date",
  "priority",
  "project",
  "created_at",
  "deleted_at",
  WALL_CLOCK,
]);

type Common =
  | "id"
  | "handle"
  | "revision"
  | "title"
  | "description"
  | "completedAt"
  | "dueDate"
  | "priority"
  | "project"
  | "tags"
  | "createdAt"
  | "updatedAt"
  | "deletedAt";

/** What few tasks have. */
type Rare = Omit<Task, Common>;

const NOTHING_RARE: Rare = {
  cancelled: false,
  scheduledDate: null,
  waitUntil: null,
  parent: null,
  rank: null,
  dependsOn: [],
  recurrence: null,
  occurrence: null,
  series: null,
  skipped: false,
  doneFor: null,
  estimateMinutes: null,
  startedAt: null,
  time: {},
  notes: [],
  reminders: [],
};

/** The task that the registers describe. A field of a wrong type reads as absent. */
export function readTask({ id, handle, revision, registers }: TaskRow): Task {
  const text = (key: string) => readText(registers[key]);
  const { tags, rare, updatedAt } = scanRegisters(registers);
  const priority = text("priority");
  return {
    id,
    handle,
    revision,
    title: text("title") ?? "",
    description: text("description"),
    completedAt: text("completed_at"),
    dueDate: text("due_date"),
    priority: PRIORITIES.find((known) => known === priority) ?? null,
    project: text("project"),
    tags,
    ...(rare.length === 0 ? NOTHING_RARE : readRare(registers, rare)),
    createdAt: text("created_at") ?? updatedAt,
    updatedAt,
    deletedAt: text("deleted_at"),
  };
}

/** When a task was changed last, in Unix milliseconds: its `updatedAt`. */
export function readUpdatedTime(registers: Registers): number {
  let latest = "";
  for (const key in registers) {
    const register = registers[key] ?? "";
    if (register > latest) latest = register;
  }
  return timeOf(registers, latest);
}

type Scanned = Pick<Task, "tags" | "updatedAt"> & { readonly rare: readonly string[] };

/**
 * The tags, the latest clock and the names of rare fields, which need all registers. A register without a clock (of a broken writer)
 * must not hide the task.
 */
function scanRegisters(registers: Registers): Scanned {
  const tags: string[] = [];
  const rare: string[] = [];
  let latest = "";
  for (const key in registers) {
    const register = registers[key] ?? "";
    if (register > latest) latest = register;
    if (COMMON.has(key)) continue;
    if (!key.startsWith(TAG_PREFIX)) rare.push(key);
    else if (isSet(register)) tags.push(key.slice(TAG_PREFIX.length));
  }
  const updatedAt = new Date(timeOf(registers, latest)).toISOString();
  return { tags: tags.length > 1 ? tags.toSorted() : tags, rare, updatedAt };
}

/** The time of the latest edit, given the largest register. */
function timeOf(registers: Registers, largest: string): number {
  const latest = hasClock(largest) ? largest : (Object.values(registers).filter(hasClock).toSorted().at(-1) ?? "");
  return readWallClock(registers[WALL_CLOCK], latest) ?? (latest === "" ? 0 : clockTime(latest));
}

function readRare(registers: Registers, keys: readonly string[]): Rare {
  const text = (key: string) => readText(registers[key]);
  const isTrue = (key: string) => isSet(registers[key]);
  const sorted = keys.length > 1 ? keys.toSorted() : keys;
  const find = (prefix: string) => sorted.filter((key) => key.startsWith(prefix));
  const findSet = (prefix: string) => find(prefix).flatMap((key) => (isTrue(key) ? [key.slice(prefix.length)] : []));
  return {
    cancelled: isTrue("cancelled"),
    scheduledDate: text("scheduled_date"),
    waitUntil: text("wait_until"),
    parent: text("parent"),
    rank: readRank(registers),
    dependsOn: findSet(DEPENDENCY_PREFIX),
    recurrence: text("recurrence"),
    occurrence: text("occurrence"),
    series: text("series"),
    skipped: isTrue("skipped"),
    doneFor: text("done_for"),
    estimateMinutes: readEstimate(registers),
    startedAt: text("started_at"),
    time: readTime(registers, find(TIME_PREFIX)),
    notes: find(NOTE_PREFIX).flatMap((key) => {
      const note = text(key);
      return note === null ? [] : [{ id: key.slice(NOTE_PREFIX.length), text: note }];
    }),
    reminders: findSet(REMINDER_PREFIX),
  };
}

function readEstimate(registers: Registers): number | null {
  const minutes = readWhole(registers["estimate"], MAX_MINUTE_DIGITS);
  return isEstimate(minutes) ? minutes : null;
}

function readRank(registers: Registers): string | null {
  const rank = readText(registers["rank"]);
  return rank !== null && isRankKey(rank) ? rank : null;
}

function readTime(registers: Registers, keys: readonly string[]): Task["time"] {
  const entries = keys.flatMap((key) => {
    const seconds = readValue(registers[key]);
    return typeof seconds === "number" && seconds >= 0 ? [[key.slice(TIME_PREFIX.length), seconds] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** The wall clock, if it is that of the latest edit. */
function readWallClock(register: string | undefined, latest: string): number | undefined {
  if (register === undefined || register.slice(0, CLOCK_LENGTH) !== latest.slice(0, CLOCK_LENGTH)) return undefined;
  const time = readWhole(register, MAX_TIME_DIGITS);
  return time !== null && time <= MAX_TIME_MS ? time : undefined;
}

function readWhole(register: string | undefined, maxDigits: number): number | null {
  const digits = register?.slice(CLOCK_LENGTH) ?? "";
  return digits.length <= maxDigits && /^\d+$/.test(digits) ? Number(digits) : null;
}

function hasClock(register: string): boolean {
  return isClock(register.slice(0, CLOCK_LENGTH));
}
