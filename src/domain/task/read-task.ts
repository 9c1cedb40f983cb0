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

/** The last moment that a Date has. */
const MAX_TIME_MS = 8.64e15;

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
  const clocked = hasClock(latest) ? latest : (Object.values(registers).filter(hasClock).toSorted().at(-1) ?? "");
  const time = readWallClock(registers[WALL_CLOCK], clocked) ?? (clocked === "" ? 0 : clockTime(clocked));
  return { tags: tags.length > 1 ? tags.toSorted() : tags, rare, updatedAt: new Date(time).toISOString() };
}

function readRare(registers: Registers, keys: readonly string[]): Rare {
  const text = (key: string) => readText(registers[key]);
  const isTrue = (key: string) => isSet(registers[key]);
  const find = (prefix: string) => keys.filter((key) => key.startsWith(prefix)).toSorted();
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
  const minutes = readValue(registers["estimate"]);
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

/** The wall clock, if it is that of the latest edit. A broken writer must not hide the task. */
function readWallClock(register: string | undefined, latest: string): number | undefined {
  if (register === undefined || register.slice(0, CLOCK_LENGTH) !== latest.slice(0, CLOCK_LENGTH)) return undefined;
  const time = readValue(register);
  return typeof time === "number" && Math.abs(time) <= MAX_TIME_MS ? time : undefined;
}

function hasClock(register: string): boolean {
  return isClock(register.slice(0, CLOCK_LENGTH));
}
