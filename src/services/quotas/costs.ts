import { CLOCK_LENGTH } from "../../domain/task/clock.ts";
import { isKnownField } from "../../domain/task/fields.ts";
import { compareBytes, readValue, type Registers, TIME_PREFIX } from "../../domain/task/registers.ts";
import type { Commit, Edit, RemoteTask } from "../../ports/store.ts";
import { ROW_BYTES } from "../../ports/usage.ts";
import type { Cost } from "./usage-meter.ts";

/** The register `deleted_at` of a task that is there, null if it has none. */
export type Deletion = string | null;

/** A character of a value takes at most so many bytes where it is stored: a quote is escaped in the value and again around it. */
const MAX_BYTES_OF_CHARACTER = 4;
const MAX_NUMBER_CHARACTERS = 24;
/** What deletes a task is small, and changes known fields alone: it can't be used to store anything. */
const MAX_DELETION_CHARACTERS = 1024;

/**
 * What a commit adds at most. A value is stored in the task, folded, and in the log. A replaced value moves to the log,
 * so the sum never grows.
 */
export function costOfCommit({ edits }: Commit): Cost {
  return {
    tasks: sum(edits.map(countTasks)),
    bytes: ROW_BYTES.head + sum(edits.map((edit) => costOf(edit.fields, 2) + ROW_BYTES.task + ROW_BYTES.history)),
  };
}

/** What a change of a replica adds at most. `stored` is undefined for a task that is not known to be there. */
export function costOfArrival({ registers }: RemoteTask, stored: Deletion | undefined): Cost {
  return { tasks: countArrival(registers, stored), bytes: costOf(registers, 1) + ROW_BYTES.task + ROW_BYTES.head };
}

/** Whether a commit deletes tasks and does nothing else. What was started is stopped by that. */
export function isDeletion({ edits }: Commit): boolean {
  return edits.every(
    ({ fields }) => typeof fields["deleted_at"] === "string" && Object.keys(fields).every(isOfDeletion),
  );
}

function isOfDeletion(field: string): boolean {
  return field === "deleted_at" || field === "started_at" || field.startsWith(TIME_PREFIX);
}

/** Whether a change deletes a task that is there and not deleted, and does hardly more than that. */
export function isArrivingDeletion({ registers }: RemoteTask, stored: Deletion | undefined): boolean {
  const fields = Object.keys(registers);
  return (
    stored !== undefined &&
    !isDeleted(stored) &&
    isDeleted(registers["deleted_at"]) &&
    isNewer(registers["deleted_at"], stored) &&
    fields.every(isKnownField) &&
    sum(Object.values(registers).map(({ length }) => length)) <= MAX_DELETION_CHARACTERS
  );
}

/** How many tasks an edit adds to those that are not deleted. Each new one has its time, and only a deleted one is restored. */
function countTasks({ fields }: Edit): number {
  if (typeof fields["deleted_at"] === "string") return 0;
  return "created_at" in fields || fields["deleted_at"] === null ? 1 : 0;
}

/**
 * A restoration counts even for a task that is not deleted, because another request may delete it until then. So nothing that others
 * do meanwhile makes it more than this.
 */
function countArrival(registers: Registers, stored: Deletion | undefined): number {
  const arriving = registers["deleted_at"];
  if (stored === undefined || isNewer(arriving, stored)) return isDeleted(arriving) ? 0 : 1;
  return 0;
}

function isDeleted(register: string | null | undefined): boolean {
  return typeof readValue(register ?? undefined) === "string";
}

/** Whether it wins when the two are merged. */
function isNewer(arriving: string | undefined, stored: Deletion): boolean {
  return arriving !== undefined && (stored === null || compareBytes(arriving, stored) > 0);
}

/** The bytes of so many copies, and of one more that is folded for searches. */
function costOf({ title, description, ...others }: Readonly<Record<string, unknown>>, copies: number): number {
  return copies * sizeOf(others) + (copies + 1) * sizeOf({ title, description });
}

function sizeOf(fields: Readonly<Record<string, unknown>>): number {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const characters = given.map(([key, value]) => key.length + CLOCK_LENGTH + lengthOf(value));
  return MAX_BYTES_OF_CHARACTER * sum(characters);
}

/** As JSON at most, without counting the escapes that `MAX_BYTES_OF_CHARACTER` stands for. */
function lengthOf(value: unknown): number {
  return typeof value === "string" ? value.length + 2 : MAX_NUMBER_CHARACTERS;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
