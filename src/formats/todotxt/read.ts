import { isUuid } from "../../domain/is-uuid.ts";
import { isCalendarDay } from "../../domain/dates/due-date.ts";
import type { Priority } from "../../domain/task/task.ts";
import type { ForeignRecord, ForeignTask, Found, ReadContext } from "../found.ts";
import { startOfDay } from "../zoned.ts";
import { readRec } from "./rule.ts";
import { splitWords, type Words } from "./words.ts";

const DATE = String.raw`\d{4}-\d\d-\d\d`;
/** `x 2026-05-03 2026-05-01 (A) Measure the floor`: done, completed, created, priority, and the words. */
const DONE = new RegExp(`^x (?:(${DATE}) )?(?:(${DATE}) )?(?:\\(([A-Z])\\) )?(.*)$`);
/** `(A) 2026-05-01 Ring the plumber`: priority, created, and the words. */
const OPEN = new RegExp(`^(?:\\(([A-Z])\\) )?(?:(${DATE}) )?(.*)$`);

const PRIORITIES: ReadonlyMap<string, Priority> = new Map([
  ["A", "high"],
  ["B", "medium"],
  ["C", "low"],
]);

/** What stands in front of the words of a line. Days are as they were written. */
type Head = {
  readonly isDone: boolean;
  readonly completed: string | undefined;
  readonly created: string | undefined;
  readonly letter: string | undefined;
  readonly words: Words;
};

/**
 * todo.txt (https://github.com/todotxt/todo.txt, with the keys of Simpletask, topydo, sleek and QTodoTxt):
 *
 * | there                       | here                                                                    |
 * | --------------------------- | ----------------------------------------------------------------------- |
 * | words                       | title; metadata at its end is taken out, and inside it stays and counts |
 * | first +project, @context    | project, tag; further projects are tags, and named                      |
 * | (A) (B) (C), `pri:`         | high, medium, low; D to Z are low, and named                            |
 * | dates in front              | completed and created                                                   |
 * | `due:` `t:` `rec:`          | due, hidden until, repetition; what is not understood stays text        |
 * | `id:` `p:` `uuid:`          | what it is a part of; its id                                            |
 * | `h:1`                       | skipped, and named                                                      |
 */
export function* readTodoTxt(text: string, { zone }: ReadContext): Generator<Found> {
  const lines = text
    .split(/\r?\n/)
    .flatMap((content, at) => (content.trim() === "" ? [] : [{ content, line: at + 1 }]));
  const read = lines.map(({ content, line }) => ({ line, head: readHead(content) }));
  const keys = new Map(
    read.flatMap(({ head }) => (head.words.values.has("id") ? [[head.words.values.get("id"), keyOf(head)]] : [])),
  );
  for (const { line, head } of read) {
    if (head.words.values.get("h") === "1") yield { kind: "skipped", line, why: "a hidden line (h:1)" };
    else yield toFound(head, { line, zone, parent: keys.get(head.words.values.get("p")) });
  }
}

function readHead(content: string): Head {
  const done = DONE.exec(content);
  const [, completed, created, letter, rest = ""] = done ?? [];
  if (done) return { isDone: true, completed, created, letter, words: splitWords(rest, isRead) };
  const [, openLetter, openCreated, openRest = ""] = OPEN.exec(content) ?? [];
  return { isDone: false, completed, created: openCreated, letter: openLetter, words: splitWords(openRest, isRead) };
}

function isRead(key: string, value: string): boolean {
  if (key === "due" || key === "t") return isCalendarDay(value);
  if (key === "rec") return readRec(value, "2026-01-01") !== undefined;
  if (key === "uuid") return isUuid(value.toLowerCase());
  return key !== "pri" || /^[A-Z]$/i.test(value);
}

function keyOf({ words, created }: Head): string {
  const uuid = words.values.get("uuid")?.toLowerCase();
  return uuid ?? JSON.stringify([words.title, words.projects[0] ?? null, created ?? null]);
}

type Place = { readonly line: number; readonly zone: string; readonly parent: string | undefined };

function toFound(head: Head, { line, zone, parent }: Place): ForeignTask {
  const { words, isDone, created } = head;
  const [project, ...others] = words.projects;
  const letter = (head.letter ?? words.values.get("pri"))?.toUpperCase();
  const record: ForeignRecord = {
    title: words.title,
    ...(project !== undefined && { project }),
    tags: [...words.contexts, ...others],
    ...(letter !== undefined && { priority: PRIORITIES.get(letter) ?? "low" }),
    ...(created !== undefined && { created_at: startOfDay(created, zone) }),
    ...(parent !== undefined && { parent }),
    ...readDates(words.values),
    ...readState(head, zone),
  };
  const left = [
    ...others.map(() => "another project of one task"),
    ...(letter === undefined || PRIORITIES.has(letter) ? [] : [`priority ${letter}`]),
    ...(isDone && words.values.has("rec") ? ["repetition of a task that is done"] : []),
  ];
  return { kind: "task", line, key: keyOf(head), record, left };
}

function readDates(values: Words["values"]): Partial<ForeignRecord> {
  const [due, wait] = [values.get("due"), values.get("t")];
  return { ...(due !== undefined && { due_date: due }), ...(wait !== undefined && { wait_until: wait }) };
}

/** Whether it is done, and if not, when it comes again. */
function readState({ isDone, completed, words: { values } }: Head, zone: string): Partial<ForeignRecord> {
  if (isDone) return completed === undefined ? { completed: true } : { completed_at: startOfDay(completed, zone) };
  const [due, rec] = [values.get("due"), values.get("rec")];
  const recurrence = rec === undefined ? undefined : readRec(rec, due ?? "2026-01-01");
  return { completed_at: null, ...(recurrence && { recurrence }) };
}
