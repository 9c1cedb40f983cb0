import { clockNode } from "../../domain/task/clock.ts";
import { formatDuration, formatSeconds } from "../../domain/dates/duration.ts";
import { describeReminder, formatDue } from "../../domain/dates/format-date.ts";
import { describeSeries } from "../../domain/recurrence/describe-series.ts";
import { readSeries } from "../../domain/recurrence/series.ts";
import { DATE_FIELDS, dropRedundant, fieldName } from "../../domain/task/changes.ts";
import { type FieldChange, FIELDS } from "../../domain/task/fields.ts";
import { handleOfNamed } from "../../domain/task/handle.ts";
import {
  DEPENDENCY_PREFIX,
  readText,
  REMINDER_PREFIX,
  type Scalar,
  TAG_PREFIX,
  TIME_PREFIX,
} from "../../domain/task/registers.ts";
import { toWireLogEntry } from "../../contract/log-entry.ts";
import type { HistoryEntry } from "../../ports/store.ts";
import { readLog } from "../../services/tasks/history.ts";
import type { Workspace } from "../../services/workspace.ts";
import type { LoggedChange, LogEntry } from "../protocol.ts";
import { VERBS } from "./done.ts";
import { canPutBack } from "./put-back.ts";

const MAX_TASKS_AT_ONCE = 500;

type Names = { readonly workspace: Workspace; readonly node: string; readonly titles: ReadonlyMap<string, string> };

/** What was changed, the newest first, in words. */
export async function listLog(
  workspace: Workspace,
  filter: { readonly id?: string; readonly limit: number },
): Promise<LogEntry[]> {
  const entries = await readLog(workspace, filter);
  const names = {
    workspace,
    node: await workspace.store.node(),
    titles: await findTitles(workspace, entries),
  };
  return entries.map((entry) => describeEntry(entry, names));
}

function describeEntry(entry: HistoryEntry, names: Names): LogEntry {
  const { at, action, device, id, changes } = toWireLogEntry(entry);
  return {
    key: entry.clock + id,
    at,
    verb: action === "sync" ? "received" : VERBS[entry.action],
    device: device === names.node ? null : device,
    id,
    title: names.titles.get(id) ?? null,
    changes: dropRedundant(changes)
      .filter((change) => change.field !== "created_at" && !isTitleOfNew(change, names.titles.get(id)))
      .map((change) => ({
        ...describeChange(change, names),
        replacedOwn: isOwnReplaced(entry, change.field, names.node),
      })),
  };
}

/** The entry says the title of its task already. */
function isTitleOfNew({ field, before, after }: FieldChange, title: string | undefined): boolean {
  return field === FIELDS.title.key && before === null && after === title;
}

/** Whether a sync took the place of a value that was written here. */
function isOwnReplaced({ action, before, after }: HistoryEntry, field: string, node: string): boolean {
  const [mine, theirs] = [before[field], after[field]];
  if (action !== "sync" || mine === undefined || theirs === undefined) return false;
  return clockNode(mine) === node && clockNode(theirs) !== node;
}

function describeChange({ field, before, after }: FieldChange, names: Names): Omit<LoggedChange, "replacedOwn"> {
  const common = { field, old: before, canPutBack: canPutBack(field) };
  if (isFlag(field)) {
    const name = flagName(field, names);
    return { ...common, name, before: isOn(before) ? name : null, after: isOn(after) ? name : null, isFlag: true };
  }
  const describe = (value: Scalar) => describeValue(field, value, names);
  return { ...common, name: fieldName(field), before: describe(before), after: describe(after), isFlag: false };
}

/** Whether a field says of a task that it is so, or is not. */
function isFlag(field: string): boolean {
  const isOfSet = [TAG_PREFIX, REMINDER_PREFIX, DEPENDENCY_PREFIX].some((prefix) => field.startsWith(prefix));
  return isOfSet || ["completed_at", "deleted_at", "started_at", "cancelled", "skipped"].includes(field);
}

function isOn(value: Scalar): boolean {
  return value !== null && value !== false;
}

function flagName(field: string, { workspace, titles }: Names): string {
  if (field.startsWith(REMINDER_PREFIX)) {
    return `reminder ${describeReminder(field.slice(REMINDER_PREFIX.length), workspace.system)}`;
  }
  if (!field.startsWith(DEPENDENCY_PREFIX)) return fieldName(field);
  const id = field.slice(DEPENDENCY_PREFIX.length);
  return `waits for ${titles.get(id) ?? handleOfNamed(id)}`;
}

function describeValue(field: string, value: Scalar, { workspace, titles }: Names): string | null {
  if (value === null) return null;
  // The key says nothing to people.
  if (field === FIELDS.rank.key) return "another place";
  if (typeof value === "number" && field === FIELDS.estimateMinutes.key) return formatDuration(value);
  if (typeof value === "number" && field.startsWith(TIME_PREFIX)) return formatSeconds(value);
  if (typeof value !== "string") return String(value);
  if (field === FIELDS.parent.key || field === "series") return titles.get(value) ?? handleOfNamed(value);
  if (field === FIELDS.recurrence.key) {
    const series = readSeries(value);
    return series === null ? "repeats by a rule of another version" : describeSeries(series, workspace.system);
  }
  return DATE_FIELDS.has(field) ? formatDue(value, workspace.system) : value;
}

/** The titles that the tasks of a log have now, and of those that its changes name. */
async function findTitles(
  { store, user }: Workspace,
  entries: readonly HistoryEntry[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(entries.flatMap((entry) => [entry.id, ...namedIds(entry)]))];
  const titles = new Map<string, string>();
  for (let at = 0; at < ids.length; at += MAX_TASKS_AT_ONCE) {
    const tasks = await store.get(user, ids.slice(at, at + MAX_TASKS_AT_ONCE));
    for (const { id, title } of tasks) titles.set(id, title);
  }
  return titles;
}

/** The tasks that a change names: those that are waited for, parents, and what a task is an occurrence of. */
function namedIds({ before, after }: HistoryEntry): readonly string[] {
  return Object.keys(after).flatMap((field) => {
    if (field.startsWith(DEPENDENCY_PREFIX)) return [field.slice(DEPENDENCY_PREFIX.length)];
    if (field !== FIELDS.parent.key && field !== "series") return [];
    return [readText(before[field]), readText(after[field])].filter((id) => id !== null);
  });
}
