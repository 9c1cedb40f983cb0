import type { Key } from "../keys.ts";
import { PRIORITIES } from "./task.ts";

/** A key by which a word sets a field. */
type FieldKeyRow = Key & {
  /** What it sets, for sentences. */
  readonly noun: string;
  /** What the option of the same name takes, for its help. */
  readonly placeholder: string;
  /** Whether a task can have several, so that the word may be given several times and adds to what is there. */
  readonly several?: true;
};

/** The keys by which a word sets a field of a task, once. Commands, options, errors and completion are made from it. */
export const FIELD_KEYS = [
  {
    name: "due",
    noun: "due date",
    takes: "WHEN",
    placeholder: "when",
    example: "due:friday",
    description: "when it is due: friday, 21 nov, +3d, tomorrow at 9; see todo help dates",
  },
  {
    name: "scheduled",
    noun: "scheduled date",
    takes: "WHEN",
    placeholder: "when",
    example: "scheduled:monday",
    description: "when you mean to work on it",
  },
  {
    name: "wait",
    noun: "date to wait until",
    takes: "WHEN",
    placeholder: "when",
    example: "wait:due-3d",
    description: "lists hide it until then",
  },
  {
    name: "every",
    noun: "repetition",
    takes: "RULE",
    placeholder: "rule",
    example: 'every:"2 weeks on mon"',
    description: "how it repeats: day, 2 weeks, 1st, last workday; see todo help repeating",
  },
  {
    name: "project",
    noun: "project",
    takes: "NAME",
    placeholder: "name",
    example: "project:House",
    description: "the project",
  },
  {
    name: "priority",
    noun: "priority",
    takes: PRIORITIES.join("|"),
    placeholder: "priority",
    example: "priority:high",
    description: PRIORITIES.join(", "),
  },
  {
    name: "parent",
    noun: "parent",
    takes: "REF",
    placeholder: "ref",
    example: "parent:kqv",
    description: "the task that it is a part of",
  },
  {
    name: "depends",
    noun: "dependencies",
    takes: "REF,…",
    placeholder: "refs",
    example: "depends:kqv,bqz",
    description: "tasks that must be done before it",
    several: true,
  },
  {
    name: "estimate",
    noun: "estimate",
    takes: "TIME",
    placeholder: "time",
    example: "estimate:2h",
    description: "how long it takes: 30min, 1h30m, 2h",
  },
  {
    name: "remind",
    noun: "reminders",
    takes: "WHEN",
    placeholder: "when",
    example: "remind:30min",
    description: "how long before the due date, or when, to remind of it",
    several: true,
  },
] as const satisfies readonly FieldKeyRow[];

/** All of them for people, with what they take. */
export function listFields(): string {
  return FIELD_KEYS.map(({ name, takes }) => `${name}:${takes}`).join(", ");
}

export type FieldKey = (typeof FIELD_KEYS)[number]["name"];
