import { type ForeignNote, type ForeignRecord, optional } from "../found.ts";
import { isObject } from "../../domain/is-object.ts";
import { formatInstant } from "../zoned.ts";
import { readDate, readMoment } from "./dates.ts";

export type Raw = Readonly<Record<string, unknown>>;

/** A task of the file before it is known how it repeats. */
export type RawTask = { readonly line: number; readonly key: string; readonly raw: Raw };

const PRIORITIES: ReadonlyMap<unknown, ForeignRecord["priority"]> = new Map([
  ["H", "high"],
  ["M", "medium"],
  ["L", "low"],
]);

/** What follows from the rest, or is said by other fields. */
const DERIVED = ["id", "urgency", "mask", "imask", "rtype", "parent", "recur", "uuid", "status", "end", "modified"];
const USED = ["description", "entry", "due", "wait", "scheduled", "start", "until"];
const USED_SETS = ["project", "tags", "priority", "annotations", "depends"];
const KNOWN = new Set([...DERIVED, ...USED, ...USED_SETS]);

/**
 * A task of Taskwarrior (its RFC `doc/devel/rfcs/task.md`):
 *
 * | there                          | here                                                     |
 * | ------------------------------ | -------------------------------------------------------- |
 * | description, entry, modified   | title, created, updated                                  |
 * | status with end                | open, completed or deleted, and when                     |
 * | due, scheduled, wait           | the same; a local midnight is a day                      |
 * | project, tags, priority        | the same; priorities but H, M and L are named            |
 * | annotations                    | notes with their times                                   |
 * | depends                        | the same, as an array or with commas, as before 2.6      |
 * | start                          | started, while it is open                                |
 * | until, fields of users         | named                                                    |
 */
export function readRecord({ raw }: RawTask, zone: string): ForeignRecord {
  const { status } = raw;
  const end = readMoment(raw["end"] ?? raw["modified"] ?? raw["entry"], zone);
  const ended = end === undefined ? undefined : formatInstant(end);
  const isOpen = status !== "completed" && status !== "deleted";
  return {
    title: readText(raw["description"]) ?? "",
    ...optional("due_date", readDate(raw["due"], zone)),
    ...optional("scheduled_date", readDate(raw["scheduled"], zone)),
    ...optional("wait_until", isOpen ? readDate(raw["wait"], zone) : undefined),
    ...optional("project", readText(raw["project"])),
    ...optional("priority", PRIORITIES.get(raw["priority"])),
    tags: readTexts(raw["tags"]),
    depends_on: readDependencies(raw["depends"]),
    notes: readNotes(raw["annotations"], zone),
    ...optional("started_at", isOpen ? readInstant(raw["start"], zone) : undefined),
    ...optional("created_at", readInstant(raw["entry"], zone)),
    ...optional("updated_at", readInstant(raw["modified"] ?? raw["entry"], zone)),
    ...(status === "completed" && ended !== undefined && { completed_at: ended }),
    ...(status === "deleted" && ended !== undefined && { deleted_at: ended }),
    ...(isOpen && { completed_at: null }),
  };
}

/** What of a task has no place. */
export function* listLeft({ raw }: RawTask, zone: string): Generator<string> {
  for (const name of Object.keys(raw)) if (!KNOWN.has(name)) yield `field ${name}`;
  const { priority, until, parent, status } = raw;
  if (priority !== undefined && priority !== "" && !PRIORITIES.has(priority))
    yield `priority ${JSON.stringify(priority)}`;
  if (until !== undefined && parent === undefined && status !== "recurring") yield "until";
  for (const name of ["due", "scheduled", "wait", "entry"]) {
    if (raw[name] !== undefined && readMoment(raw[name], zone) === undefined)
      yield `${name} ${JSON.stringify(raw[name])}`;
  }
}

export function readText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function readTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string" && each !== "") : [];
}

function readDependencies(value: unknown): readonly string[] {
  const keys = typeof value === "string" ? value.split(",") : readTexts(value);
  return keys.map((key) => key.trim().toLowerCase());
}

function readNotes(value: unknown, zone: string): readonly ForeignNote[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isObject).flatMap(({ entry, description }) => {
    const text = readText(description);
    return text === undefined ? [] : [{ at: readMoment(entry, zone) ?? null, text }];
  });
}

function readInstant(value: unknown, zone: string): string | undefined {
  const ms = readMoment(value, zone);
  return ms === undefined ? undefined : formatInstant(ms);
}
