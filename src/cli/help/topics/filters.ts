import { TERM_KEYS, TERM_WORDS } from "../../../domain/query/terms.ts";
import { SORT_NAMES } from "../../input/sort.ts";
import type { Section } from "../sections.ts";

/** The help on filters, made from the terms that the reader of filters knows. */
export const FILTERS: readonly Section[] = [
  {
    paragraphs: [
      "A filter chooses the tasks that list, today, upcoming and completed show. It is made of terms. A task is shown if all of them hold.",
    ],
  },
  {
    heading: "Examples",
    examples: [
      "todo list +home due.before:friday",
      "todo list project:Work not:+someday priority:high",
      "todo list due:none status:all",
      "todo list parcel post office",
    ],
  },
  {
    heading: "Terms",
    rows: [
      ["+TAG", "has this tag"],
      ...TERM_KEYS.map(({ name, takes, description }) => [`${name}:${takes}`, description] as const),
      ...TERM_WORDS.map(({ name, description }) => [name, description] as const),
      ["p1, p2, p3, p4", "has high, medium, low or no priority"],
      ["due:none, project:none, priority:none", "has no due date, no project, no priority"],
      ["scheduled:none, wait:none", "has no such date; any instead of none: has one"],
      ["WORD", "the title or the description contains this word, in any case"],
    ],
  },
  {
    heading: "Rules",
    paragraphs: [
      "Without a status: term, lists show open tasks only, and leave out those that wait unless a term is about that: is:waiting, wait:any.",
      "Tags and projects match in any case. project:Work also finds the levels below it, such as Work.Finance and Work/Tax.",
      "A key may be shortened to three letters or more: pri:high, proj:Work.",
      "Text that looks like a term goes in quotes of its own or after --: todo list -- due:friday",
      "WHEN is a date as in todo help dates.",
    ],
  },
  {
    heading: "Order",
    paragraphs: [`todo list --sort takes ${SORT_NAMES.join(", ")}; --reverse turns the order around.`],
  },
];
