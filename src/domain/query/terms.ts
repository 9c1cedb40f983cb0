import { ANY, type Key, NONE } from "../keys.ts";
import { PRIORITIES } from "../task/task.ts";
import { STATUSES } from "./query.ts";

/** What a task can be, by `is:`. */
export const IS_WORDS = [
  "overdue",
  "today",
  "waiting",
  "ready",
  "blocked",
  "blocking",
  "active",
  "repeating",
  "occurrence",
  "subtask",
  "someday",
] as const;

/** What a task can have, by `has:`. */
export const HAS_WORDS = ["description", "notes", "subtasks", "reminders"] as const;

/** How a key can be compared with a value: by a word behind the key (`due.before:friday`) or by a sign (`due<friday`). */
export const OPERATORS = [
  { name: "before", sign: "<", description: "before the value, or less" },
  { name: "by", sign: "<=", description: "the value, before it, or less" },
  { name: "after", sign: ">", description: "after the value, or more" },
  { name: "from", sign: ">=", description: "the value, after it, or more" },
  { name: "is", sign: "=", description: "exactly the value" },
  { name: "not", sign: "!=", description: "anything but the value" },
  { name: "has", sign: undefined, description: "contains the value" },
  { name: "under", sign: undefined, description: "the value or a level below it" },
] as const;

export type OperatorName = (typeof OPERATORS)[number]["name"];

/** A key of a filter. `operators` are those that it takes, `words` those values that are the same for everybody. */
type TermRow = Key & { readonly operators: readonly OperatorName[]; readonly words?: readonly string[] };

const ORDERED = ["before", "by", "after", "from", "is", "not"] as const;
const SAME = ["is", "not"] as const;
const PART = ["has", "not"] as const;
const THERE = [NONE, ANY] as const;

/** The keys of filter terms, once. The reader, its errors, the help and completion are made from it. */
export const TERM_KEYS = [
  { name: "due", takes: "WHEN", operators: ORDERED, words: THERE, example: "due:friday", description: "due then" },
  {
    name: "scheduled",
    takes: "WHEN",
    operators: ORDERED,
    words: THERE,
    example: "scheduled:friday",
    description: "planned for then",
  },
  {
    name: "wait",
    takes: "WHEN",
    operators: ORDERED,
    words: THERE,
    example: "wait:any",
    description: "hidden until then",
  },
  {
    name: "created",
    takes: "WHEN",
    operators: ORDERED,
    words: THERE,
    example: "created:today",
    description: "added then",
  },
  {
    name: "updated",
    takes: "WHEN",
    operators: ORDERED,
    words: THERE,
    example: "updated.before:-1y",
    description: "last changed then",
  },
  {
    name: "completed",
    takes: "WHEN",
    operators: ORDERED,
    words: THERE,
    example: 'completed:"this week"',
    description: "completed or cancelled then",
  },
  {
    name: "project",
    takes: "NAME",
    operators: ["is", "not", "has", "under"],
    words: THERE,
    example: "project:House",
    description: "in that project or a level below it",
  },
  { name: "tag", takes: "TAG", operators: SAME, words: THERE, example: "tag:home", description: "has that tag" },
  {
    name: "priority",
    takes: PRIORITIES.join("|"),
    operators: ORDERED,
    words: [...PRIORITIES, ...THERE],
    example: "priority:high",
    description: "of this priority",
  },
  {
    name: "estimate",
    takes: "DURATION",
    operators: ORDERED,
    words: THERE,
    example: "estimate.by:30min",
    description: "takes that long",
  },
  {
    name: "status",
    takes: "STATE",
    operators: SAME,
    words: STATUSES,
    example: "status:all",
    description: `in this state: ${STATUSES.join(", ")}; what is cancelled is completed too`,
  },
  {
    name: "is",
    takes: "WORD",
    operators: SAME,
    words: IS_WORDS,
    example: "is:active",
    description: `is so now: ${IS_WORDS.join(", ")}`,
  },
  {
    name: "has",
    takes: "WORD",
    operators: SAME,
    words: HAS_WORDS,
    example: "has:notes",
    description: `has some: ${HAS_WORDS.join(", ")}`,
  },
  {
    name: "parent",
    takes: "TASK",
    operators: SAME,
    words: THERE,
    example: "parent:kqv",
    description: "a subtask of that task",
  },
  {
    name: "under",
    takes: "TASK",
    operators: SAME,
    example: "under:kqv",
    description: "below that task, however far",
  },
  { name: "depends", takes: "TASK", operators: SAME, example: "depends:kqv", description: "waits for that task" },
  { name: "blocks", takes: "TASK", operators: SAME, example: "blocks:kqv", description: "that task waits for it" },
  {
    name: "series",
    takes: "TASK",
    operators: SAME,
    words: THERE,
    example: "series:kqv",
    description: "an occurrence of that task, which repeats; status:all beside it",
  },
  { name: "id", takes: "TASK", operators: SAME, example: "id:kqv", description: "that task" },
  { name: "title", takes: "TEXT", operators: PART, example: "title:ann", description: "the title contains it" },
  {
    name: "description",
    takes: "TEXT",
    operators: PART,
    example: "description:roof",
    description: "the description contains it",
  },
  { name: "note", takes: "TEXT", operators: PART, example: "note:roof", description: "a note contains it" },
  {
    name: "text",
    takes: "TEXT",
    operators: PART,
    example: "text:roof",
    description: "the title or the description contains it",
  },
  { name: "filter", takes: "FILTER", operators: SAME, example: "filter:errands", description: "as that saved filter" },
  { name: "not", takes: "TERM", operators: [], example: "not:+home", description: "all but what the term means" },
] as const satisfies readonly TermRow[];

export type TermKey = (typeof TERM_KEYS)[number]["name"];

/** The keys that ask for something of a task. `not:` turns round what stands behind it. */
export type TermField = Exclude<TermKey, "not">;

/** The filter terms that are one word, and what they are short for. */
export const TERM_WORDS = [
  { name: "overdue", key: "is", value: "overdue", description: "due before now" },
  { name: "today", key: "due", value: "today", description: "due today" },
  { name: "tomorrow", key: "due", value: "tomorrow", description: "due tomorrow" },
  { name: "yesterday", key: "due", value: "yesterday", description: "due yesterday" },
] as const;

/** The row of a key. */
export function findTerm(name: TermKey): TermRow {
  const rows: readonly (TermRow & { readonly name: TermKey })[] = TERM_KEYS;
  const row = rows.find((each) => each.name === name);
  if (!row) throw new Error(`${name} is not in the table`);
  return row;
}

/** All keys alone and with each word of comparison that they take: `due`, `due.before`, … */
export function listKeyNames(): string[] {
  const rows: readonly TermRow[] = TERM_KEYS;
  return rows.flatMap(({ name, operators }) => [name, ...operators.map((operator) => `${name}.${operator}`)]);
}

/** All filter terms for people, the keys alone. */
export function listTerms(): string {
  const keys = TERM_KEYS.map(({ name }) => `${name}:`);
  return ["+TAG", ...keys, ...TERM_WORDS.map(({ name }) => name), "p1 to p4"].join(", ");
}
