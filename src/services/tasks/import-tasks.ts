import { hashText } from "../../domain/hash-text.ts";
import { NO_NODE } from "../../domain/task/clock.ts";
import { contentId } from "../../domain/task/content-id.ts";
import { draftFields, hasFields, patchFields, taskFields } from "../../domain/task/fields.ts";
import { type Fields, NOTE_PREFIX, TIME_PREFIX } from "../../domain/task/registers.ts";
import type { Edit } from "../../ports/store.ts";
import type { Task } from "../../domain/task/task.ts";
import type { ParsedRecord } from "./records.ts";
import { fromWire } from "../../contract/task.ts";
import { toRepetition } from "../../contract/recurrence.ts";
import { isSameRule, planRecurrence } from "../../domain/recurrence/plan.ts";
import type { System } from "../../ports/system.ts";
import { readExported } from "../../contract/recurrence-schema.ts";
import type { ImportRecord } from "../../contract/task-schema.ts";
import type { Workspace } from "../workspace.ts";

export type Imported = { readonly added: number; readonly changed: number; readonly unchanged: number };

type Sourced = { readonly record: ImportRecord; readonly source: string; readonly kept?: Fields };

/** The problem of each record that can't be imported, with its line. */
export function listProblems(records: readonly ParsedRecord[]): string[] {
  return records.flatMap((parsed) => ("problem" in parsed ? [`line ${parsed.line}: ${parsed.problem}`] : []));
}

/**
 * Makes the tasks match the valid records, in one transaction. An absent field keeps its value, but without
 * `deleted_at` a task is not deleted. A new task keeps the `updated_at` of its record.
 */
export async function importRecords(
  workspace: Workspace,
  parsed: readonly ParsedRecord[],
  onProgress?: (written: number) => void,
): Promise<Imported> {
  const { store, user, system } = workspace;
  const records = assignIds(parsed.filter((entry) => "record" in entry));
  const existing = new Map((await store.get(user, [...records.keys()])).map((task) => [task.id, task]));
  const now = system.now();
  const edits = [...records]
    .map(([id, { record, kept }]) => {
      const task = existing.get(id);
      const edit = task ? changeEdit(task, record, now) : newEdit(id, record, now);
      const repetition = repetitionFields(task, record, system);
      return { ...edit, fields: { ...putOffFields(task, edit.fields), ...edit.fields, ...repetition, ...kept } };
    })
    .filter(hasFields);
  await store.commit(user, { action: "import", now, edits, returning: false, ...(onProgress && { onProgress }) });
  const added = edits.filter(({ id }) => !existing.has(id)).length;
  return { added, changed: edits.length - added, unchanged: records.size - edits.length };
}

/**
 * Records by id, the last of each. A record without an id gets one from its content and its count of repetitions. A
 * second import of a file then finds the same tasks.
 */
function assignIds(records: readonly Sourced[]): Map<string, Sourced> {
  const seen = new Map<string, number>();
  const identified = new Map<string, Sourced>();
  for (const each of records) {
    const { record, source } = each;
    const repetition = seen.get(source) ?? 0;
    seen.set(source, repetition + 1);
    identified.set(record.id ?? contentId(hashText(`${repetition} ${source}`)), each);
  }
  return identified;
}

function newEdit(id: string, record: ImportRecord, now: number): Edit {
  const updated = record.updated_at === undefined ? now : Math.min(Date.parse(record.updated_at), now);
  const at = Math.max(updated, 0);
  const createdAt = record.created_at ?? new Date(at).toISOString();
  const fields: Fields = {
    ...draftFields({ ...fromWire(record), title: record.title }, createdAt),
    ...lifecycle(record, new Date(at).toISOString()),
    ...Object.fromEntries(Object.entries(stateFields(record)).filter(([, value]) => value !== null && value !== false)),
    ...trackedFields(record, at),
  };
  return { id, fields, at };
}

function changeEdit(task: Task, record: ImportRecord, now: number): Edit {
  const current: Fields = {
    created_at: task.createdAt,
    completed_at: task.completedAt,
    deleted_at: task.deletedAt,
  };
  const wanted: Fields = {
    ...(record.created_at !== undefined && { created_at: record.created_at }),
    ...lifecycle(record, task.completedAt ?? new Date(now).toISOString()),
    deleted_at: record.deleted_at ?? null,
  };
  const present = taskFields(task);
  const state = Object.entries({ ...removedNotes(task, record), ...stateFields(record) }).filter(
    ([key, value]) => (present[key] || null) !== (value || null),
  );
  const changed = [...Object.entries(wanted).filter(([key, value]) => current[key] !== value), ...state];
  return { id: task.id, fields: { ...patchFields(task, fromWire(record)), ...Object.fromEntries(changed) } };
}

/**
 * How a task repeats, if the record mentions it. What an export wrote is kept as it is. Any other record begins anew, unless it
 * says what the task does already.
 */
function repetitionFields(task: Task | undefined, record: ImportRecord, system: System): Fields {
  const { recurrence, due_date: dueDate = null } = record;
  const present = task?.recurrence ?? null;
  if (recurrence == null) return recurrence === null && present !== null ? { recurrence } : {};
  const exported = readExported(record);
  if (exported !== null) return exported === present ? {} : { recurrence: exported };
  const planned = planRecurrence(toRepetition(recurrence), { dueDate }, system);
  return isSameRule(present, planned.recurrence) ? {} : planned;
}

/** Another due date says anew which occurrence it is for, so that it loses as a whole to what comes later. */
function putOffFields(task: Task | undefined, fields: Fields): Fields {
  if (task === undefined || task.recurrence === null || task.occurrence === null) return {};
  return fields["due_date"] === undefined ? {} : { occurrence: task.occurrence };
}

/** What commands set, if the record mentions it. */
function stateFields(record: ImportRecord): Fields {
  const given = {
    cancelled: record.cancelled,
    started_at: record.started_at,
    occurrence: record.occurrence,
    series: record.series,
    skipped: record.skipped,
    ...Object.fromEntries((record.notes ?? []).map(({ id, text }) => [NOTE_PREFIX + id, text])),
  };
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

/** The notes that a task has and its record leaves out, if that has notes at all. */
function removedNotes({ notes }: Task, record: ImportRecord): Fields {
  if (record.notes === undefined) return {};
  return Object.fromEntries(notes.map(({ id }) => [NOTE_PREFIX + id, null]));
}

/** The time of a new task, which a file has as one sum. It counts as that of no device, so that no device adds to it. */
function trackedFields({ tracked_minutes: minutes = 0 }: ImportRecord, at: number): Fields {
  const month = new Date(at).toISOString().slice(0, 7);
  return minutes === 0 ? {} : { [`${TIME_PREFIX}${month}:${NO_NODE}`]: minutes * 60 };
}

/**
 * Completion and deletion, if the record mentions them. What is cancelled or skipped is closed, too. `completedAt` is for a record
 * that says only that it is.
 */
function lifecycle(record: ImportRecord, completedAt: string): Fields {
  const isClosed = record.cancelled === true || record.skipped === true || undefined;
  const completed = record.completed ?? (record.completed_at === undefined ? isClosed : record.completed_at !== null);
  return {
    ...(completed !== undefined && { completed_at: completed ? (record.completed_at ?? completedAt) : null }),
    ...(record.deleted_at != null && { deleted_at: record.deleted_at }),
  };
}
