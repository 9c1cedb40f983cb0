import { isUuid } from "../../domain/is-uuid.ts";
import { occurrencesBetween } from "../../domain/recurrence/next.ts";
import { LAST_DAY } from "../../domain/recurrence/occurrence.ts";
import type { Series } from "../../domain/recurrence/series.ts";
import type { ForeignRecord, ForeignRecurrence, ForeignTask, Found, ReadContext } from "../found.ts";
import { readJsonObjects } from "../json-objects.ts";
import { toLocalStart } from "../zoned.ts";
import { readDate } from "./dates.ts";
import { listLeft, type RawTask, readRecord, readText } from "./read-task.ts";
import { readRule } from "./rule.ts";

const STATUSES = [undefined, "pending", "waiting", "completed", "deleted", "recurring"];

/**
 * What `task export` of Taskwarrior 2 and 3 writes. A task that repeats is there a template and an instance for each time: here the
 * newest open instance has the rule, and all others are tasks as they are. Without an open one the template becomes the next.
 */
export function* readTaskwarrior(text: string, { zone }: ReadContext): Generator<Found> {
  const repeating: RawTask[] = [];
  for (const each of readJsonObjects(text)) {
    if ("problem" in each) {
      yield { kind: "problem", ...each };
      continue;
    }
    const task = toRawTask(each);
    const problem = findProblem(task);
    if (problem !== undefined) yield { kind: "problem", line: each.line, problem };
    else if (task.raw["parent"] === undefined && task.raw["status"] !== "recurring") yield toFound(task, zone);
    else repeating.push(task);
  }
  yield* readRepeating(repeating, zone);
}

function toRawTask({ line, object: raw }: { readonly line: number; readonly object: RawTask["raw"] }): RawTask {
  const { uuid, description, entry } = raw;
  // Some programs write files for an import, which makes the UUID then.
  return { line, raw, key: typeof uuid === "string" ? uuid.toLowerCase() : JSON.stringify([description, entry]) };
}

function findProblem({ key, raw }: RawTask): string | undefined {
  if (raw["uuid"] !== undefined && !isUuid(key)) return `uuid: ${JSON.stringify(raw["uuid"])} is no UUID`;
  if (readText(raw["description"]) === undefined) return "description: it is empty";
  if (!STATUSES.some((status) => status === raw["status"]))
    return `status: ${JSON.stringify(raw["status"])} is unknown`;
  const { annotations } = raw;
  if (annotations !== undefined && !Array.isArray(annotations)) return "annotations: this is no array";
  return undefined;
}

function toFound(task: RawTask, zone: string, more: Partial<ForeignRecord> = {}): ForeignTask {
  const { line, key } = task;
  const record = { ...readRecord(task, zone), ...more };
  const left = [...listLeft(task, zone)];
  return { kind: "task", line, key, record, left };
}

function* readRepeating(tasks: readonly RawTask[], zone: string): Generator<Found> {
  const templates = new Map(tasks.filter(isTemplate).map((task) => [task.key, task]));
  const instances = tasks.filter((task) => !isTemplate(task));
  const groups = Map.groupBy(instances, ({ raw }) => String(raw["parent"]).toLowerCase());
  for (const [parent, group] of groups) {
    const newest = findNewest(group);
    for (const task of group) {
      if (task !== newest) yield toFound(task, zone, { recurrence: null });
      else yield readNewest(task, templates.get(parent) ?? task, zone);
    }
    if (newest) templates.delete(parent);
  }
  for (const template of templates.values()) yield readTemplate(template, zone);
}

function isTemplate({ raw }: RawTask): boolean {
  return raw["status"] === "recurring";
}

/** The open instance that came last. */
function findNewest(group: readonly RawTask[]): RawTask | undefined {
  const open = group.filter(({ raw }) => raw["status"] !== "completed" && raw["status"] !== "deleted");
  return open.toSorted((one, other) => readCount(one) - readCount(other)).at(-1);
}

function readCount({ raw }: RawTask): number {
  return Number(raw["imask"] ?? 0);
}

function readNewest(task: RawTask, template: RawTask, zone: string): ForeignTask {
  const series = readSeriesOf(template, zone);
  const due = readDate(task.raw["due"], zone);
  if (series === null || due === undefined) return toFoundWithoutRule(task, zone);
  const local = toLocalStart(due, zone);
  // One that was put off begins its series anew.
  const isOnRule = occurrencesBetween(series, local, local, 1)[0] === local;
  return toFound(task, zone, { recurrence: toRecurrence({ ...series, start: isOnRule ? series.start : local }) });
}

/** The mask has a sign for each instance that there was. */
function readTemplate(template: RawTask, zone: string): Found {
  const series = readSeriesOf(template, zone);
  if (series === null) return toFoundWithoutRule(template, zone);
  const past = (readText(template.raw["mask"]) ?? "").length;
  const next = occurrencesBetween(series, series.start, LAST_DAY, past + 1)[past];
  if (next === undefined) return { kind: "skipped", line: template.line, why: "a repetition that is over" };
  return toFound(template, zone, { due_date: toDue(next, zone), recurrence: toRecurrence(series) });
}

function toFoundWithoutRule(task: RawTask, zone: string): ForeignTask {
  const found = toFound(task, zone);
  return { ...found, left: [...found.left, `repetition ${readText(task.raw["recur"]) ?? ""}`.trim()] };
}

/** How a template repeats. null if tasks here can't. */
function readSeriesOf({ raw }: RawTask, zone: string): Series | null {
  const due = readDate(raw["due"], zone);
  if (due === undefined) return null;
  const start = toLocalStart(due, zone);
  const until = readDate(raw["until"], zone);
  const end = until === undefined ? undefined : toLocalStart(until, zone).slice(0, start.length);
  const rule = readRule(readText(raw["recur"]) ?? "", { start, until: end });
  return rule === undefined ? null : { mode: "due", rule, start, zone: start.includes("T") ? zone : null };
}

function toRecurrence({ rule, start, zone }: Series): ForeignRecurrence {
  return { rule, start, ...(zone !== null && { time_zone: zone }) };
}

function toDue(occurrence: string, zone: string): string {
  if (!occurrence.includes("T")) return occurrence;
  return Temporal.PlainDateTime.from(occurrence).toZonedDateTime(zone).toInstant().toString();
}
