import { NEAR_PERIODS } from "../../domain/dates/forms.ts";
import { ANY, findKey, NONE } from "../../domain/keys.ts";
import { readKey } from "../../domain/query/filter/keys.ts";
import { STATUSES } from "../../domain/query/query.ts";
import {
  findTerm,
  HAS_WORDS,
  IS_WORDS,
  OPERATORS,
  TERM_KEYS,
  TERM_WORDS,
  type TermKey,
} from "../../domain/query/terms.ts";
import type { System } from "../../ports/system.ts";
import { FIELD_KEYS, type FieldKey } from "../../domain/task/field-keys.ts";
import { PRIORITIES } from "../../domain/task/task.ts";
import { parseWhen } from "../../domain/dates/when.ts";
import { behind, type Candidate, continuing, named, plain, saved, type Sources } from "./candidates.ts";
import { formatDue } from "../../domain/dates/format-date.ts";

/** The values of a key, for what is typed behind it. */
type Values = (rest: string, sources: Sources) => Promise<Candidate[]>;

/** A whole term, or the beginning of one with its possible values. */
type Term = { readonly name: string; readonly description: string; readonly values?: Values };

/** The terms that a command takes among its words, and the tags that it takes as `+tag`. */
export type Terms = {
  readonly named: readonly Term[];
  /** The whole name of a key that is typed in any case or in short. */
  readonly spellOut: (typed: string) => string | undefined;
  readonly takesTag: (tag: string) => boolean;
};

const DUE_WORDS =
  "today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next week|next month|eow|eom|eoy".split("|");

const EVERY_WORDS = "day|weekday|week|2 weeks|month|last day|last workday|quarter|year".split("|");

const listDates: Values = async (_, { system }) => listDueWords(system);
const listTasks: Values = async (rest, { live }) =>
  (await live.tasks("pending", rest)).map(({ handle, prefix, title }) => ({
    value: handle.slice(0, Math.max(prefix.length, rest.length)),
    description: title,
  }));
/** The last of several tasks: `kqv,bqz`. */
const listMoreTasks: Values = async (rest, sources) => {
  const earlier = rest.slice(0, rest.lastIndexOf(",") + 1);
  return behind(earlier, await listTasks(rest.slice(earlier.length), sources));
};

/** The values of each key that sets a field. */
export const VALUES = {
  due: listDates,
  scheduled: listDates,
  wait: listDates,
  every: async () => plain(EVERY_WORDS),
  project: async (_, { live }) => named(await live.projects()),
  priority: async () => plain(PRIORITIES),
  parent: listTasks,
  depends: listMoreTasks,
  estimate: async () => plain(["15min", "30min", "1h", "2h", "4h"]),
  remind: async () => plain(["0min", "15min", "1h", "1d"]),
} as const satisfies Record<FieldKey, Values>;

/** The same, and the word that clears the field or that filters for its absence. */
const VALUES_OR_NONE = {
  due: orNone(VALUES.due),
  scheduled: orNone(VALUES.scheduled),
  wait: orNone(VALUES.wait),
  every: orNone(VALUES.every),
  project: orNone(VALUES.project),
  priority: orNone(VALUES.priority),
  parent: orNone(VALUES.parent),
  depends: orNone(VALUES.depends),
  estimate: orNone(VALUES.estimate),
  remind: orNone(VALUES.remind),
} as const satisfies Record<FieldKey, Values>;

/** What asks whether there is a value. */
const IS_THERE: readonly Candidate[] = [
  { value: NONE, description: "without one" },
  { value: ANY, description: "with one" },
];

const listPastDates: Values = async () => plain(NEAR_PERIODS);
const listNothing: Values = async () => [];

/** The values of each key of a filter, but for those that ask whether there is one. */
const TERM_VALUES = {
  due: VALUES.due,
  scheduled: VALUES.scheduled,
  wait: VALUES.wait,
  created: listPastDates,
  updated: listPastDates,
  completed: listPastDates,
  project: VALUES.project,
  tag: async (_, { live }) => named(await live.tags()),
  priority: VALUES.priority,
  estimate: VALUES.estimate,
  status: async () => plain(STATUSES),
  is: async () => plain(IS_WORDS),
  has: async () => plain(HAS_WORDS),
  parent: listTasks,
  under: listTasks,
  depends: listTasks,
  blocks: listTasks,
  series: listTasks,
  id: listTasks,
  title: listNothing,
  description: listNothing,
  note: listNothing,
  text: listNothing,
  filter: async (_, { live }) => saved(await live.filters()),
  not: (rest, sources) => completeFilter(rest, sources),
} as const satisfies Record<TermKey, Values>;

/** A tag of digits only would be a word of the title there. */
const hasLetter = (tag: string) => /\p{L}/u.test(tag);

const spellOutField = (typed: string) => findKey(typed, FIELD_KEYS);

export const ADD_TERMS: Terms = {
  named: toTerms(FIELD_KEYS, VALUES),
  spellOut: spellOutField,
  takesTag: hasLetter,
};
export const EDIT_TERMS: Terms = {
  named: [
    ...toTerms(FIELD_KEYS, VALUES_OR_NONE),
    {
      name: "not:",
      description: "take a tag off, or a dependency",
      values: async (rest, sources) => {
        const key = "depends:";
        if (rest.startsWith(key)) return behind(key, await listMoreTasks(rest.slice(key.length), sources));
        const tags = behind("+", named(await sources.live.tags()));
        return [...tags, { value: key, description: "wait for a task no longer" }];
      },
    },
  ],
  spellOut: (typed) => (typed === "not" ? typed : spellOutField(typed)),
  takesTag: hasLetter,
};
export const LIST_TERMS: Terms = {
  named: [...TERM_KEYS.flatMap(({ name }) => toFilterTerms(name)), ...TERM_WORDS],
  spellOut: (typed) => {
    const { key, operator } = readKey(typed) ?? {};
    return operator === undefined ? key : `${key}.${operator}`;
  },
  takesTag: () => true,
};

function orNone(values: Values): Values {
  return async (rest, sources) => [...(await values(rest, sources)), { value: NONE, description: "without one" }];
}

/** A key alone, and with each word and sign of comparison that it takes: `due:`, `due.before:`, `due<`. */
function toFilterTerms(key: TermKey): Term[] {
  const { description, operators, words = [] } = findTerm(key);
  const values = TERM_VALUES[key];
  const isOptional = words.includes(ANY);
  const all: Values = async (...asked) => [...(await values(...asked)), ...(isOptional ? IS_THERE : [])];
  const others = OPERATORS.filter(({ name }) => operators.includes(name));
  return [
    { name: `${key}:`, description, values: all },
    ...others.flatMap(({ name, sign, description: meaning }) => [
      { name: `${key}.${name}:`, description: meaning, values },
      ...(sign === undefined ? [] : [{ name: `${key}${sign}`, description: meaning, values }]),
    ]),
  ];
}

function toTerms<Name extends string>(
  keys: readonly { readonly name: Name; readonly description: string }[],
  values: Readonly<Record<Name, Values>>,
): Term[] {
  return keys.map(({ name, description }) => ({ name: `${name}:`, description, values: values[name] }));
}

/** What ends before a term in a filter that is one argument: white space, parentheses, and the signs that join and turn round. */
const BEFORE_TERM = /^.*[\s(!|&](?=[^\s(!|&]*$)/su;

/** The terms that fit at the end of a filter, such as `(+home or +w`. A value may have spaces, so it is tried as a whole first. */
export async function completeFilter(text: string, sources: Sources): Promise<Candidate[]> {
  const whole = await completeTerm(text, LIST_TERMS, sources);
  const [start = ""] = BEFORE_TERM.exec(text) ?? [];
  if (start === "" || continuing(text, whole).length > 0) return whole;
  return behind(start, await completeTerm(text.slice(start.length), LIST_TERMS, sources));
}

/** A key as it is typed, and the sign behind it. `due<=` does not end with `due<`. */
const KEY_AND_SIGN = /^([\p{L}.]+)(:|[<>!]=|[<>=])/u;

/** The terms that fit at this place. Tags, words of comparison and values of a key are only looked up if they can fit. */
export async function completeTerm(word: string, terms: Terms, sources: Sources): Promise<Candidate[]> {
  const [start = "", typed = "", sign = ""] = KEY_AND_SIGN.exec(word) ?? [];
  const whole = `${terms.spellOut(typed)}${sign}`;
  const key = terms.named.find(({ name }) => name === whole);
  if (key?.values) return behind(start, await key.values(word.slice(start.length), sources));
  // A sign is typed as fast as it is chosen.
  const offered = terms.named.filter(({ name }) => !/[<>=]$/.test(name));
  const fitting = offered.filter(({ name }) => word.includes(".") || !name.includes("."));
  const names = fitting.map(({ name, description }) => ({ value: name, description }));
  const tallies = word === "" || word.startsWith("+") ? await sources.live.tags() : [];
  const tags = tallies.filter(({ name }) => terms.takesTag(name));
  return [...names, ...behind("+", named(tags))];
}

/** Common ways to write a day, with the day that they mean now. */
function listDueWords(system: System): Candidate[] {
  return DUE_WORDS.map((value) => ({ value, description: formatDue(parseWhen(value, system), system) }));
}
