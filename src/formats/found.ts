import type { Priority } from "../domain/task/task.ts";

/** A task of a file in the names of `todo export`. Other tasks are named by their keys. An absent field says nothing. */
export type ForeignRecord = {
  readonly title: string;
  readonly description?: string;
  readonly due_date?: string;
  readonly scheduled_date?: string;
  readonly wait_until?: string;
  readonly priority?: Priority;
  readonly project?: string;
  readonly tags?: readonly string[];
  readonly parent?: string;
  readonly depends_on?: readonly string[];
  readonly notes?: readonly ForeignNote[];
  /** Each a time before the due date (`-PT30M`) or a moment. */
  readonly reminders?: readonly string[];
  /** null for a task that may have had one before. */
  readonly recurrence?: ForeignRecurrence | null;
  readonly started_at?: string;
  /** For what is done nobody knows when. */
  readonly completed?: true;
  readonly completed_at?: string | null;
  readonly cancelled?: boolean;
  readonly deleted_at?: string;
  readonly created_at?: string;
  readonly updated_at?: string;
};

/** A note and its moment, in Unix milliseconds, or null where the file has none. */
export type ForeignNote = { readonly at: number | null; readonly text: string };

/** A rule of RFC 5545, the local time of its first occurrence, and its zone. */
export type ForeignRecurrence = {
  readonly rule: string;
  /** Whether the next one is counted from the due date, or from when this one was done. */
  readonly from?: "due" | "completion";
  readonly start?: string;
  readonly time_zone?: string;
};

/** A task, with its line counted from 1. */
export type ForeignTask = {
  readonly kind: "task";
  readonly line: number;
  /**
   * By what a newer export names the same task. A UUID in small letters is its id here, too. Of any other several tasks may have the
   * same, and are counted then.
   */
  readonly key: string;
  readonly record: ForeignRecord;
  /** What of it has no place, each in a word or two. */
  readonly left: readonly string[];
};

/** What a reader finds, in the order of the file. */
export type Found =
  | ForeignTask
  /** Something that is no task, and why. */
  | { readonly kind: "skipped"; readonly line: number; readonly why: string }
  /** Something that can't be read, and why. */
  | { readonly kind: "problem"; readonly line: number; readonly problem: string };

/** What a reader has to know beside the text. */
export type ReadContext = {
  /** The IANA zone of times that name none. */
  readonly zone: string;
};

/** A member of a record, if the file has it. */
export function optional<Name extends keyof ForeignRecord>(
  name: Name,
  value: ForeignRecord[Name] | undefined,
): Partial<ForeignRecord> {
  return value === undefined ? {} : { [name]: value };
}
