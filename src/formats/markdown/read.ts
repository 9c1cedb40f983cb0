import { tryRead } from "../../domain/errors.ts";
import { isCalendarDay } from "../../domain/dates/due-date.ts";
import { parseEvery } from "../../domain/recurrence/every.ts";
import type { Priority } from "../../domain/task/task.ts";
import type { ForeignRecord, ForeignRecurrence, ForeignTask, Found, ReadContext } from "../found.ts";
import { startOfDay } from "../zoned.ts";
import { type FieldName, type Fields, takeFields } from "./fields.ts";
import { type Item, readItems } from "./items.ts";

const PRIORITIES: ReadonlyMap<string, Priority> = new Map([
  ["highest", "high"],
  ["high", "high"],
  ["medium", "medium"],
  ["low", "low"],
  ["lowest", "low"],
]);

/** Where a series begins that has no due date: its rule is the same whichever day that is. */
const ANY_DAY = "2026-01-01";

type Read = { readonly item: Item; readonly fields: Fields; readonly key: string };

/**
 * Lists with boxes in Markdown, as GitHub has them, with the fields of Obsidian Tasks as signs or as `[due:: 2026-06-01]`:
 *
 * | there                             | here                                                                        |
 * | --------------------------------- | --------------------------------------------------------------------------- |
 * | `- [ ]`, `[x]`, `[-]`             | open, done, cancelled; other marks are open, and named                      |
 * | headings, items within items      | project `One/Two`, subtasks                                                 |
 * | 📅 ⏳ 🛫 ➕ ✅ ❌                  | due, planned for, hidden until, created, done, cancelled                    |
 * | 🔁, `#tag`                        | repetition in words; tags at both ends are taken out, and count within, too |
 * | 🔺⏫ 🔼 🔽⏬                       | high, medium, low; the step that is lost is named                           |
 * | 🆔 ⛔                             | what it waits for                                                           |
 * | lines below                       | description                                                                 |
 * | 🏁                                | named                                                                       |
 */
export function* readMarkdown(text: string, { zone }: ReadContext): Generator<Found> {
  const read = readItems(text).map((item): Read => {
    const fields = takeFields(item.text);
    return { item, fields, key: JSON.stringify([fields.title, item.headings.join("/")]) };
  });
  const keys = new Map(read.map(({ item, key }) => [item, key]));
  const named = new Map(
    read.flatMap(({ fields, key }) => (fields.values.has("id") ? [[fields.values.get("id"), key]] : [])),
  );
  for (const each of read) {
    const { item, fields } = each;
    if (fields.title === "") yield { kind: "skipped", line: item.line, why: "a box without a title" };
    else
      yield toFound(each, { zone, parent: item.parent && keys.get(item.parent), keyOf: (id) => named.get(id) ?? id });
  }
}

type Place = {
  readonly zone: string;
  readonly parent: string | null | undefined;
  /** The key of the task that has an id, which is that id where there is none. */
  readonly keyOf: (id: string) => string;
};

function toFound({ item, fields: { title, values, tags }, key }: Read, { zone, parent, keyOf }: Place): ForeignTask {
  const project = item.headings.join("/");
  const [due, scheduled, start] = [readDay(values, "due"), readDay(values, "scheduled"), readDay(values, "start")];
  const priority = PRIORITIES.get(values.get("priority") ?? "");
  const created = readDay(values, "created");
  const recurrence = readRepetition(values, due);
  const waits = values
    .get("dependsOn")
    ?.split(",")
    .map((id) => keyOf(id.trim()));
  const isOpen = !["x", "X", "-"].includes(item.mark);
  const record: ForeignRecord = {
    title,
    ...(item.below.length > 0 && { description: item.below.join("\n") }),
    ...(project !== "" && { project }),
    tags,
    ...(due !== undefined && { due_date: due }),
    ...(scheduled !== undefined && { scheduled_date: scheduled }),
    ...(start !== undefined && isOpen && { wait_until: start }),
    ...(priority !== undefined && { priority }),
    ...(parent != null && { parent }),
    ...(waits && { depends_on: waits }),
    ...(recurrence && isOpen && { recurrence }),
    ...(created !== undefined && { created_at: startOfDay(created, zone) }),
    ...readState(item, values, zone),
  };
  return { kind: "task", line: item.line, key, record, left: listLeft(item, values, recurrence !== undefined) };
}

function readState({ mark }: Item, values: Fields["values"], zone: string): Partial<ForeignRecord> {
  if (!["x", "X", "-"].includes(mark)) return { completed_at: null };
  const day = readDay(values, mark === "-" ? "cancelled" : "completion");
  const when = day === undefined ? ({ completed: true } as const) : { completed_at: startOfDay(day, zone) };
  return mark === "-" ? { ...when, cancelled: true } : when;
}

function readDay(values: Fields["values"], name: FieldName): string | undefined {
  const day = values.get(name);
  return day !== undefined && isCalendarDay(day) ? day : undefined;
}

/** `every week`, `every 2 weeks on Monday`, `every month when done`. undefined for what tasks here can't have. */
function readRepetition(values: Fields["values"], due = ANY_DAY): ForeignRecurrence | undefined {
  const words = values.get("repeat")?.replace(/^every /i, "");
  if (words === undefined) return undefined;
  const every = tryRead(() => parseEvery(words, due, due));
  return every && { rule: every.rule, from: every.mode === "done" ? "completion" : "due" };
}

function listLeft({ mark }: Item, values: Fields["values"], isRepeating: boolean): readonly string[] {
  const days: readonly FieldName[] = ["due", "scheduled", "start", "created", "completion", "cancelled"];
  const priority = values.get("priority");
  return [
    ...(/[ xX-]/.test(mark) ? [] : [`mark [${mark}]`]),
    ...days.flatMap((name) =>
      values.has(name) && readDay(values, name) === undefined ? [`${name} ${values.get(name)}`] : [],
    ),
    ...(priority === "highest" || priority === "lowest" ? [`priority ${priority}`] : []),
    ...(values.has("repeat") && !isRepeating ? [`repetition ${values.get("repeat")}`] : []),
    ...(values.has("onCompletion") ? ["what happens on completion"] : []),
  ];
}
