import { EVERY_FORMS, EVERY_MODES, type EveryForm } from "../../../domain/recurrence/forms.ts";
import type { Section } from "../sections.ts";

/** The help on tasks that repeat, made from the forms that the reader of `every:` knows. */
export const REPEATING: readonly Section[] = [
  {
    paragraphs: [
      "A task with every:RULE repeats. Its first occurrence is on its due date, or today if it has none, or else on the first day of the rule after that. What was understood is printed.",
    ],
  },
  {
    heading: "Examples",
    examples: [
      "todo add Pay rent every:1st",
      'todo add Bins every:"2 weeks on mon,thu"',
      'todo add Report every:"last workday" wait:due-3d',
      'todo add Filter every:"3 months when done"',
      "todo edit kqv every:none   # repeats no more",
    ],
  },
  { heading: "Rules", rows: EVERY_FORMS.map(toRow) },
  { heading: "Beside a rule", rows: EVERY_MODES.map(toRow) },
  {
    heading: "Occurrences",
    paragraphs: [
      "todo done and todo cancel close the current occurrence, todo skip passes it over. The task stays open, goes on to the next one and keeps its handle. What was closed is kept as a task of its own: todo show kqv lists it.",
      "An occurrence that is not the current one is named: todo done kqv --occurrence 2026-12-16. For one that is more than one period ahead this is needed.",
      "due:WHEN puts off the current occurrence alone. Other changes are to all that come. todo detach makes an occurrence a task of its own, to change it alone.",
      "Dates in wait: and scheduled: move along. Subtasks that are done are open again at the next occurrence.",
      "todo done --forever closes the task for good.",
    ],
  },
];

function toRow({ name, examples, meaning }: EveryForm) {
  return [name, meaning, examples] as const;
}
