import { STATUSES } from "../../domain/query/query.ts";
import type { System } from "../../ports/system.ts";
import { PRIORITIES } from "../../domain/task/task.ts";
import { parseWhen } from "../../domain/dates/when.ts";
import { behind, type Candidate, named, plain, type Sources } from "./candidates.ts";
import { formatDue } from "../output/dates.ts";
import { NONE } from "../input/words.ts";

/** A whole term, or the beginning of one with its possible values. */
type Term = {
  readonly name: string;
  readonly description: string;
  readonly values?: (rest: string, sources: Sources) => Promise<Candidate[]>;
};

/** The terms that a command takes among its words, and the tags that it takes as `+tag`. */
export type Terms = { readonly named: readonly Term[]; readonly takesTag: (tag: string) => boolean };

const DUE_WORDS =
  "today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next week|next month|eow|eom|eoy".split("|");

const ABSENT: readonly Candidate[] = [{ value: NONE, description: "without one" }];

const project = (more: readonly Candidate[]): Term => ({
  name: "project:",
  description: "a project",
  values: async (_, { live }) => [...named(await live.projects()), ...more],
});
const priority = (more: readonly Candidate[]): Term => ({
  name: "priority:",
  description: PRIORITIES.join(", "),
  values: async () => [...plain(PRIORITIES), ...more],
});
const due = (name: string, description: string, more: readonly Candidate[] = []): Term => ({
  name,
  description,
  values: async (_, { system }) => [...listDueWords(system), ...more],
});
const fields = (more: readonly Candidate[]) => [due("due:", "a day or a moment", more), project(more), priority(more)];

/** A tag of digits only would be a word of the title there. */
const hasLetter = (tag: string) => /\p{L}/u.test(tag);

export const ADD_TERMS: Terms = { named: fields([]), takesTag: hasLetter };
export const EDIT_TERMS: Terms = {
  named: [
    ...fields(ABSENT),
    {
      name: "not:",
      description: "take a tag off",
      values: async (_, { live }) => behind("+", named(await live.tags())),
    },
  ],
  takesTag: hasLetter,
};
export const LIST_TERMS: Terms = {
  named: [
    ...fields(ABSENT),
    due("due.before:", "due before a day or a moment"),
    due("due.after:", "due after a day or a moment"),
    { name: "overdue", description: "due before now" },
    { name: "status:", description: STATUSES.join(", "), values: async () => plain(STATUSES) },
    {
      name: "not:",
      description: "all but what a term means",
      values: (rest, sources) => completeTerm(rest, LIST_TERMS, sources),
    },
  ],
  takesTag: () => true,
};

/** The terms that fit at this place. Tags and values of a key are only looked up if they can fit. */
export async function completeTerm(word: string, terms: Terms, sources: Sources): Promise<Candidate[]> {
  const key = terms.named.find(({ name, values }) => values && word.startsWith(name));
  if (key?.values) return behind(key.name, await key.values(word.slice(key.name.length), sources));
  const names = terms.named.map(({ name, description }) => ({ value: name, description }));
  const tallies = word === "" || word.startsWith("+") ? await sources.live.tags() : [];
  const tags = tallies.filter(({ name }) => terms.takesTag(name));
  return [...names, ...behind("+", named(tags))];
}

/** Common ways to write a day, with the day that they mean now. */
export function listDueWords(system: System): Candidate[] {
  return DUE_WORDS.map((value) => ({ value, description: formatDue(parseWhen(value, system), system) }));
}
