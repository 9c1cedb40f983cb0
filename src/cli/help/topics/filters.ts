import { OPERATORS, TERM_KEYS, TERM_WORDS } from "../../../domain/query/terms.ts";
import { SORT_NAMES } from "../../input/sort.ts";
import type { Section } from "../sections.ts";

/** The help on filters, made from the terms that the reader of filters knows. */
export const FILTERS: readonly Section[] = [
  {
    paragraphs: [
      "A filter chooses the tasks that lists show, such as todo list, todo next and todo agenda, that --where changes, and that saved filters and contexts mean. It is made of terms. Terms side by side must all hold.",
    ],
  },
  {
    heading: "Examples",
    examples: [
      "todo list +home due.by:friday",
      "todo list +home or +work",
      'todo list "(+home or +work) priority>=medium"',
      "todo list project:Work not:+someday estimate.by:30min",
      "todo list completed:last month",
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
      ["WORD", "the title or the description contains this word"],
    ],
  },
  {
    heading: "Comparing",
    paragraphs: [
      "Dates, priority and estimate take the first six of these. Other keys take not, and most take is. The shell needs quotes around < and >.",
    ],
    rows: OPERATORS.map(({ name, sign, description }) => [
      sign === undefined ? `KEY.${name}:` : `KEY.${name}:, KEY${sign}`,
      description,
    ]),
  },
  {
    heading: "Values",
    paragraphs: [
      "none and any ask whether there is a value: due:none, project:any.",
      "WHEN is a date as in todo help dates, or a period: this week, last month, last 7 days, november. A month without a year is the next one of what is due, planned or hidden, and the last one otherwise. due:december..january ends in the first January after that December. Days of the week make no range: due.from:mon due.by:fri.",
      "A day is all of it: due.before:friday ends with Thursday, due.by:friday with Friday.",
      "DURATION is hours and minutes, such as 30min or 1h30m. TASK is a handle, or its beginning.",
    ],
  },
  {
    heading: "Joining",
    paragraphs: ["The shell needs quotes around &, |, ! and parentheses."],
    rows: [
      ["A B, A and B, A & B", "both hold"],
      ["A or B, A | B", "one of them holds"],
      ["not A, not:A, !A", "it does not hold"],
      ["(A or B) C", "what is in parentheses comes first; then not, and, or"],
    ],
  },
  {
    heading: "Rules",
    paragraphs: [
      "Without a status: term, lists show open tasks only, and leave out those that wait unless a term is about that: is:waiting, wait:any. With a completed: term they show all but deleted tasks. This holds for the whole filter, whatever joins its terms.",
      "Upper and lower case are the same, and so are letters with and without accents in texts. project:Work also finds the levels below it, such as Work.Finance and Work/Tax; project.is:Work is that project alone, spelled so.",
      "A key may be shortened to three letters or more: pri:high, proj:Work.",
      'Words in one argument are one text: "call ann". A term, a sign or quotes in it end the text: "call ann +work".',
      "Text that looks like a term goes in quotes of its own or behind --: todo list -- due:friday",
    ],
  },
  {
    heading: "Order",
    paragraphs: [`todo list --sort takes ${SORT_NAMES.join(", ")}; --reverse turns the order around.`],
  },
];
