import { TodoError } from "../errors.ts";
import { isDay, parseDueDate } from "../dates/due-date.ts";
import { cleanText, isBlank, quoteShort } from "./text.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const PRIORITIES = ["high", "medium", "low"] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Limits in Unicode code points, of `estimate` in minutes, and the numbers of tags and the like. */
export const LIMITS = {
  title: 500,
  description: 10_000,
  project: 100,
  tag: 64,
  tags: 50,
  note: 2000,
  notes: 100,
  reminders: 10,
  dependencies: 50,
  rank: 500,
  recurrence: 500,
  estimate: 525_600,
} as const;

/** A note to a task. Its time is in its id, a UUID of version 7. */
export type Note = { readonly id: string; readonly text: string };

/** The seconds that each device tracked in each month, by `2026-11:` and the node of the device. */
export type TrackedTime = Readonly<Record<string, number>>;

/**
 * A task as every face sees it. Moments are ISO 8601 in UTC; `dueDate`, `scheduledDate` and `waitUntil` are a calendar
 * day or such a moment.
 */
export type Task = {
  readonly id: string;
  /** The whole handle. People type its shortest unique prefix. */
  readonly handle: string;
  /** Position in the order of changes of its store. Differs from store to store. */
  readonly revision: number;
  readonly title: string;
  readonly description: string | null;
  readonly completedAt: string | null;
  /** Whether it was closed without being done, if it is completed. */
  readonly cancelled: boolean;
  readonly dueDate: string | null;
  /** When one means to work on it. */
  readonly scheduledDate: string | null;
  /** It is hidden from lists until then. */
  readonly waitUntil: string | null;
  readonly priority: Priority | null;
  readonly project: string | null;
  /** Sorted, each once. */
  readonly tags: readonly string[];
  /** The id of the task that it is a part of, which need not be there. */
  readonly parent: string | null;
  /** Its place among others in an order that people choose: a key of `fractional-indexing`. */
  readonly rank: string | null;
  /** The ids of the tasks that it waits for, sorted. */
  readonly dependsOn: readonly string[];
  /** How it repeats, as it is stored: `due 2026-11-23 FREQ=WEEKLY;BYDAY=MO`. */
  readonly recurrence: string | null;
  /** Of a task that repeats: what its due date is for. Of a record: which one it was. A local day or date and time. */
  readonly occurrence: string | null;
  /** The id of the task whose occurrence it is a record of. */
  readonly series: string | null;
  /** Whether that occurrence was passed over. */
  readonly skipped: boolean;
  /** The occurrence of its parent for which it was completed. */
  readonly doneFor: string | null;
  readonly estimateMinutes: number | null;
  /** Since when it is worked on. */
  readonly startedAt: string | null;
  readonly time: TrackedTime;
  /** The oldest first. */
  readonly notes: readonly Note[];
  /** When to remind of it: a duration before the due date (`-PT30M`, `-P1D`) or a moment. Sorted. */
  readonly reminders: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletedAt: string | null;
};

/** The fields of a task that a person can write. */
export type Draft = {
  readonly title: string;
  readonly description?: string | null;
  readonly dueDate?: string | null;
  readonly scheduledDate?: string | null;
  readonly waitUntil?: string | null;
  readonly priority?: Priority | null;
  readonly project?: string | null;
  readonly parent?: string | null;
  readonly rank?: string | null;
  readonly recurrence?: string | null;
  readonly estimateMinutes?: number | null;
  readonly tags?: readonly string[];
  readonly dependsOn?: readonly string[];
  readonly reminders?: readonly string[];
};

/**
 * Changes to a task: an absent field stays, null clears. `tags`, `dependsOn` and `reminders` replace them all; the others add
 * and remove.
 */
export type Patch = Partial<Draft> & {
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
  readonly addDependsOn?: readonly string[];
  readonly removeDependsOn?: readonly string[];
  readonly addReminders?: readonly string[];
  readonly removeReminders?: readonly string[];
};

/** A title as it is stored. Throws `invalid_input` if all of it is invisible. */
export function checkTitle(title: string): string {
  const clean = cleanText("title", title, LIMITS.title);
  if (isBlank(clean)) throw new TodoError("invalid_input", "title is empty");
  return clean;
}

/** A description as it is stored. */
export function checkDescription(description: string): string {
  return cleanText("description", description, LIMITS.description);
}

/** A project name as it is stored. `none` means no project wherever projects are named, so it can't be one. */
export function checkProject(project: string): string {
  const clean = cleanText("project", project, LIMITS.project);
  if (isBlank(clean)) throw new TodoError("invalid_input", "project is empty");
  if (clean === "none") throw new TodoError("invalid_input", 'a project can\'t be called "none": it means no project');
  return clean;
}

/** True for one word that can be a tag. */
export function isTag(tag: string): boolean {
  return /^[^\s\p{C}\p{Default_Ignorable_Code_Point},"\\+][^\s\p{Cc}\p{Cs},"\\]*$/u.test(tag);
}

/** A tag as it is stored. Throws `invalid_input` for anything but one word. */
export function checkTag(tag: string): string {
  const clean = cleanText("tag", tag, LIMITS.tag);
  if (!isTag(clean)) {
    throw new TodoError("invalid_input", `tag ${quoteShort(clean)} is not one word`, {
      hints: ['A tag has no spaces, commas, quotes or backslashes and does not begin with "+".'],
    });
  }
  return clean;
}

/** Tags as they are stored: each once, sorted by code unit, at most 50. */
export function checkTags(tags: readonly string[]): string[] {
  const clean = [...new Set(tags.map(checkTag))].toSorted();
  if (clean.length > LIMITS.tags) {
    throw new TodoError("invalid_input", `a task can have ${LIMITS.tags} tags, these are ${clean.length}`);
  }
  return clean;
}

/** A priority by its name. Throws `invalid_input` for any other word. */
export function checkPriority(text: string): Priority {
  const priority = PRIORITIES.find((known) => known === text);
  if (priority === undefined) {
    throw new TodoError("invalid_input", `unknown priority ${quoteShort(text)}`, {
      hints: [`Use one of ${PRIORITIES.join(", ")}.`],
    });
  }
  return priority;
}

/** The day or moment from which one means to work on a task, as it is stored. Throws `invalid_input`. */
export function checkScheduledDate(text: string): string {
  return parseDueDate(text, "scheduled date");
}

/** The day or moment until which a task is hidden, as it is stored. Throws `invalid_input`. */
export function checkWaitUntil(text: string): string {
  return parseDueDate(text, "date to wait until");
}

/**
 * How a task repeats, as it is stored. Only the shape is checked, because a later version may have rules that this one
 * can't expand. Throws `invalid_input`.
 */
export function checkRecurrence(text: string): string {
  const clean = cleanText("recurrence", text, LIMITS.recurrence);
  if (/^[a-z]+ \S+ \S+$/.test(clean)) return clean;
  throw new TodoError("invalid_input", "recurrence is not a mode, a start and a rule");
}

/** True for a number of minutes that people can set. */
export function isEstimate(minutes: unknown): minutes is number {
  return typeof minutes === "number" && Number.isInteger(minutes) && minutes >= 1 && minutes <= LIMITS.estimate;
}

/** Minutes as they are stored. Throws `invalid_input` for anything but a whole number from 1 to those of a year. */
export function checkEstimate(minutes: number): number {
  if (isEstimate(minutes)) return minutes;
  throw new TodoError("invalid_input", `estimate is not a whole number of minutes from 1 to ${LIMITS.estimate}`);
}

/** The id of another task as it is stored. Throws `invalid_input`. */
export function checkTaskId(id: string): string {
  if (UUID.test(id)) return id;
  throw new TodoError("invalid_input", `${quoteShort(id)} is not the id of a task`);
}

/** Ids of other tasks as they are stored: each once, sorted, at most 50. */
export function checkDependencies(ids: readonly string[]): string[] {
  return checkSet("dependencies", ids.map(checkTaskId));
}

/** True for a key of base 62. */
export function isRankKey(text: string): boolean {
  return /^[0-9A-Za-z]+$/.test(text) && text.length <= LIMITS.rank;
}

/** A place in an order as it is stored. Throws `invalid_input` for what is no key of base 62. */
export function checkRank(rank: string): string {
  if (isRankKey(rank)) return rank;
  throw new TodoError("invalid_input", "rank is not a text of letters and digits");
}

/** A reminder as it is stored: a duration before the due date, or a moment. Throws `invalid_input`. */
export function checkReminder(trigger: string): string {
  if (/^-P(?:\d{1,3}W|\d{1,4}D|T\d{1,4}H|T\d{1,5}M)$/.test(trigger)) return trigger;
  const moment = parseDueDate(trigger, "reminder");
  if (!isDay(moment)) return moment;
  throw new TodoError("invalid_input", `reminder ${quoteShort(trigger)} has no time`, {
    hints: ["Write a time before the due date (-PT30M, -P1D) or a moment (2026-11-21T15:00:00Z)."],
  });
}

/** Reminders as they are stored: each once, sorted, at most 10. */
export function checkReminders(triggers: readonly string[]): string[] {
  return checkSet("reminders", triggers.map(checkReminder));
}

/** The text of a note as it is stored. Throws `invalid_input` if all of it is invisible. */
export function checkNote(text: string): string {
  const clean = cleanText("note", text, LIMITS.note);
  if (isBlank(clean)) throw new TodoError("invalid_input", "note is empty");
  return clean;
}

function checkSet(name: "dependencies" | "reminders", values: readonly string[]): string[] {
  const sorted = [...new Set(values)].toSorted();
  if (sorted.length <= LIMITS[name]) return sorted;
  throw new TodoError("invalid_input", `a task can have ${LIMITS[name]} ${name}, these are ${sorted.length}`);
}
