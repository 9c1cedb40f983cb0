import type { Priority } from "../../domain/task/task.ts";
import { type ForeignRecord, type ForeignTask, type Found, optional, type ReadContext } from "../found.ts";
import { toLocalStart } from "../zoned.ts";
import { checkRule } from "../check-rule.ts";
import { addDuration, type IcsDate, readIcsDate } from "./dates.ts";
import { type Component, type ContentLine, readComponents, splitTexts, unescapeText } from "./lines.ts";
import { readAlarms } from "./alarms.ts";

/** What is understood, or follows from the rest. */
const KNOWN = new Set([
  "UID",
  "RECURRENCE-ID",
  "SUMMARY",
  "DESCRIPTION",
  "URL",
  "STATUS",
  "COMPLETED",
  "PERCENT-COMPLETE",
  "DUE",
  "DTSTART",
  "DURATION",
  "CATEGORIES",
  "PRIORITY",
  "RRULE",
  "RELATED-TO",
  "COMMENT",
  "CREATED",
  "LAST-MODIFIED",
  "LAST-MOD",
  "DTSTAMP",
  "SEQUENCE",
  "X-APPLE-SORT-ORDER",
  "X-OC-HIDESUBTASKS",
  "X-OC-HIDECOMPLETEDSUBTASKS",
  "X-MOZ-GENERATION",
  "X-MOZ-LASTACK",
  "X-TODO-WAIT",
]);

/** A task of a calendar and the name of that, which is its project. */
type Todo = { readonly todo: Component; readonly project: string | undefined };

/** What stands in several tasks: which tasks are parts of which, by their keys. */
type Relations = { readonly parents: ReadonlyMap<string, string>; readonly zone: string };

/**
 * VTODO of iCalendar (RFC 5545 and 9253), as Apple, Nextcloud, Tasks.org, Evolution, Thunderbird, Outlook and Synology write it:
 *
 * | there                                | here                                                                   |
 * | ------------------------------------ | ---------------------------------------------------------------------- |
 * | UID, with RECURRENCE-ID              | id, if it is a UUID                                                    |
 * | SUMMARY, DESCRIPTION, URL            | title; description, at whose end the address stands                    |
 * | STATUS, COMPLETED, PERCENT-COMPLETE  | state; work under way and other percentages are named                  |
 * | DUE, DTSTART, DURATION               | due, scheduled; a start that is the due date is none                   |
 * | CATEGORIES, PRIORITY, X-WR-CALNAME   | tags, priority (1 to 4, 5, 6 to 9), project                            |
 * | RRULE                                | repetition, if tasks here can have it                                  |
 * | RELATED-TO                           | what it is a part of, and what it waits for                            |
 * | VALARM, COMMENT                      | reminder, note                                                         |
 * | all else                             | named                                                                  |
 */
export function* readIcs(text: string, { zone }: ReadContext): Generator<Found> {
  const { components, problems } = readComponents(text);
  for (const problem of problems) yield { kind: "problem", ...problem };
  const todos = components.flatMap(listTodos);
  const relations = { parents: findParents(todos), zone };
  for (const each of todos) {
    if (textOf(each.todo, "SUMMARY") === undefined)
      yield { kind: "skipped", line: each.todo.line, why: "a task without a title" };
    else yield toFound(each, relations);
  }
}

function listTodos(calendar: Component): Todo[] {
  const project = textOf(calendar, "X-WR-CALNAME");
  const inside = calendar.name === "VTODO" ? [calendar] : calendar.parts.filter(({ name }) => name === "VTODO");
  return inside.map((todo) => ({ todo, project }));
}

/** Most name what they are a part of, some their parts. */
function findParents(todos: readonly Todo[]): ReadonlyMap<string, string> {
  const parents = new Map<string, string>();
  for (const { todo } of todos) {
    for (const { value, params } of linesOf(todo, "RELATED-TO")) {
      const type = (params.get("RELTYPE") ?? "PARENT").toUpperCase();
      const other = value.trim().toLowerCase();
      if (type === "PARENT") parents.set(keyOf(todo), other);
      if (type === "CHILD") parents.set(other, keyOf(todo));
    }
  }
  return parents;
}

function keyOf(todo: Component): string {
  const uid = firstOf(todo, "UID")?.value.trim().toLowerCase() ?? JSON.stringify(textOf(todo, "SUMMARY"));
  const instance = firstOf(todo, "RECURRENCE-ID")?.value.trim();
  return instance === undefined ? uid : `${uid}#${instance}`;
}

function toFound({ todo, project }: Todo, { parents, zone }: Relations): ForeignTask {
  const key = keyOf(todo);
  const dates = readDates(todo, zone);
  const state = readState(todo, zone);
  const alarms = readAlarms(todo, { hasOtherStart: dates.scheduled !== undefined, zone });
  const rule = readRecurrence(todo, dates, zone);
  const parent = parents.get(key);
  const waits = linesOf(todo, "RELATED-TO")
    .filter(isType("DEPENDS-ON"))
    .map(({ value }) => value.trim().toLowerCase());
  const comments = linesOf(todo, "COMMENT").map(({ value }) => ({ at: null, text: unescapeText(value) }));
  const record: ForeignRecord = {
    title: textOf(todo, "SUMMARY") ?? "",
    ...optional("description", readDescription(todo)),
    ...optional("due_date", dates.due?.date),
    ...optional("scheduled_date", dates.scheduled?.date),
    ...optional("wait_until", dateOf(todo, "X-TODO-WAIT", zone)?.date),
    ...optional("priority", readPriority(todo)),
    ...optional("project", project),
    tags: linesOf(todo, "CATEGORIES").flatMap(({ value }) => splitTexts(value)),
    ...optional("parent", parent),
    ...(waits.length > 0 && { depends_on: waits }),
    ...(alarms.reminders.length > 0 && { reminders: alarms.reminders }),
    ...(comments.length > 0 && { notes: comments }),
    ...optional("recurrence", rule.recurrence),
    ...optional("created_at", momentOf(todo, ["CREATED", "DTSTAMP"], zone)),
    ...optional("updated_at", momentOf(todo, ["LAST-MODIFIED", "LAST-MOD", "DTSTAMP"], zone)),
    ...state.record,
  };
  const left = [...dates.left, ...state.left, ...alarms.left, ...rule.left, ...listUnknown(todo)];
  return { kind: "task", line: todo.line, key, record, left };
}

type Dates = {
  readonly due: IcsDate | undefined;
  readonly scheduled: IcsDate | undefined;
  readonly left: readonly string[];
};

/** When it is due, which may be said by its start and how long it takes. Apple always writes both dates, also where they are one. */
function readDates(todo: Component, zone: string): Dates {
  const [start, due] = [dateOf(todo, "DTSTART", zone), dateOf(todo, "DUE", zone)];
  const duration = firstOf(todo, "DURATION")?.value.trim();
  const ended = start && duration !== undefined ? addDuration(start, duration, zone) : undefined;
  const end = due ?? (start && ended !== undefined ? { ...start, date: ended } : undefined);
  const unknown = [start, due].flatMap((each) => (each?.unknown === undefined ? [] : [`time zone ${each.unknown}`]));
  const unread = ["DTSTART", "DUE"].filter((name) => firstOf(todo, name) && dateOf(todo, name, zone) === undefined);
  return {
    due: end,
    scheduled: start?.date === end?.date ? undefined : start,
    left: [...unknown, ...unread.map((name) => `${name} ${firstOf(todo, name)?.value ?? ""}`)],
  };
}

type Part<Read> = Read & { readonly left: readonly string[] };

function readState(todo: Component, zone: string): Part<{ readonly record: Partial<ForeignRecord> }> {
  const status = firstOf(todo, "STATUS")?.value.trim().toUpperCase();
  const percent = Number(firstOf(todo, "PERCENT-COMPLETE")?.value ?? 0);
  const completed = momentOf(todo, ["COMPLETED"], zone);
  const isDone = status === "COMPLETED" || (status === undefined && (completed !== undefined || percent === 100));
  const ended = completed ?? momentOf(todo, ["LAST-MODIFIED", "DTSTAMP"], zone);
  if (isDone || status === "CANCELLED") {
    const when = ended === undefined ? ({ completed: true } as const) : { completed_at: ended };
    return { record: { ...when, ...(!isDone && { cancelled: true }) }, left: [] };
  }
  const left = [
    ...(percent > 0 && percent < 100 ? ["percentage of what is done"] : []),
    ...(status === "IN-PROCESS" ? ["status IN-PROCESS"] : []),
  ];
  return { record: { completed_at: null }, left };
}

function readRecurrence(
  todo: Component,
  { due, scheduled }: Dates,
  zone: string,
): Part<{ readonly recurrence?: ForeignRecord["recurrence"] }> {
  const rule = firstOf(todo, "RRULE")?.value.trim();
  const left = ["EXDATE", "RDATE"].filter((name) => firstOf(todo, name));
  if (rule === undefined) return { left };
  const first = due ?? scheduled;
  const of = first?.zone ?? zone;
  const recurrence = {
    rule,
    ...(first && { start: toLocalStart(first.date, of) }),
    ...(first?.date.includes("T") && { time_zone: of }),
  };
  return checkRule(recurrence, due?.date) ? { recurrence, left } : { left: [...left, `repetition ${rule}`] };
}

function readPriority(todo: Component): Priority | undefined {
  const level = Number(firstOf(todo, "PRIORITY")?.value ?? 0);
  if (!(level >= 1)) return undefined;
  if (level < 5) return "high";
  return level === 5 ? "medium" : "low";
}

/** The address goes to the end, unless it is there already. */
function readDescription(todo: Component): string | undefined {
  const text = textOf(todo, "DESCRIPTION");
  const url = firstOf(todo, "URL")?.value.trim();
  if (url === undefined || text?.includes(url)) return text;
  return text === undefined ? url : `${text}\n${url}`;
}

function listUnknown(todo: Component): readonly string[] {
  const names = todo.lines
    .map(({ name }) => name)
    .filter((name) => !KNOWN.has(name) && name !== "EXDATE" && name !== "RDATE");
  const relations = linesOf(todo, "RELATED-TO")
    .map(({ params }) => params.get("RELTYPE")?.toUpperCase())
    .filter((type) => type !== undefined && !["PARENT", "CHILD", "DEPENDS-ON"].includes(type));
  return [...new Set([...names, ...relations.map((type) => `relation ${type}`)])];
}

function isType(type: string): (line: ContentLine) => boolean {
  return ({ params }) => params.get("RELTYPE")?.toUpperCase() === type;
}

function linesOf({ lines }: Component, name: string): readonly ContentLine[] {
  return lines.filter((line) => line.name === name);
}

function firstOf({ lines }: Component, name: string): ContentLine | undefined {
  return lines.find((line) => line.name === name);
}

function textOf(component: Component, name: string): string | undefined {
  const text = unescapeText(firstOf(component, name)?.value ?? "").trim();
  return text === "" ? undefined : text;
}

function dateOf(component: Component, name: string, zone: string): IcsDate | undefined {
  const line = firstOf(component, name);
  return line && readIcsDate(line, zone);
}

/** The first of these dates that is there, as a moment. */
function momentOf(component: Component, names: readonly string[], zone: string): string | undefined {
  const [found] = names.flatMap((name) => dateOf(component, name, zone) ?? []);
  return found && (found.date.includes("T") ? found.date : `${found.date}T00:00:00.000Z`);
}
