import { USUAL_COLUMNS } from "../../input/columns.ts";
import { GROUPINGS } from "../../input/grouping.ts";
import { VIEW_NAMES } from "../../input/view-names.ts";
import { COLUMN_NAMES, TASK_COLUMNS } from "../../output/task-columns.ts";
import type { Section } from "../sections.ts";

/** The help on how lists look, made from the tables by which they are printed. */
export const LAYOUT: readonly Section[] = [
  {
    paragraphs: [
      "list, today, next, upcoming and completed can show other columns than the usual ones, in any order, or each task as in a text of yours. JSON always has all fields of a task.",
    ],
  },
  {
    heading: "Examples",
    examples: [
      "todo list --columns handle,due,title,project",
      "todo completed --columns completed,title,estimate",
      "todo config set list.columns due,title,tags,handle",
      "todo list --group project --sort priority",
      'todo next --limit 1 --template "{title} {due}"',
      "todo list overdue --count",
      "todo config set view today",
    ],
  },
  {
    heading: "Columns",
    rows: [
      ...COLUMN_NAMES.map((name) => [name, TASK_COLUMNS[name].shows] as const),
      [USUAL_COLUMNS, "alone: the columns that lists have if nobody chooses any"],
    ],
  },
  {
    heading: "Groups",
    paragraphs: [
      `todo list --group makes sections by ${GROUPINGS.join(" or ")}, each with the number of its tasks: projects and tags by name, high priorities first. A task with several tags is under each of them. In a section --sort and --reverse say the order.`,
    ],
  },
  {
    heading: "Templates",
    paragraphs: [
      "In the text of --template, {title} or another column in braces stands for what a list shows there, on one line. Titles have no marks, priorities are words.",
      "{{ is a brace, \\n a line break and \\t a tab. Each task ends with a line break.",
      "--count prints a number and nothing else, also with --json.",
    ],
  },
  {
    heading: "Rules",
    paragraphs: [
      "The title gets at least half of a terminal. What does not fit beside it is cut, with … at its end, or stands on a line below.",
      "The settings of lists count on a terminal only. A pipe and a script get the same on every machine; options count there, too.",
      "todo alone, agenda, calendar and tree have a layout of their own.",
      `What todo alone shows on a terminal is the setting view: ${VIEW_NAMES.join(", ")}, or filter:NAME for the list of a saved filter.`,
    ],
  },
];
