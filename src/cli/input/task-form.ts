import type { System } from "../../ports/system.ts";
import {
  checkDescription,
  checkEstimate,
  checkProject,
  checkTag,
  checkTitle,
  type Patch,
  type Task,
} from "../../domain/task/task.ts";
import { NONE } from "../../domain/keys.ts";
import { parsePriority } from "../../domain/task/priority-words.ts";
import { type Editable, FIELDS } from "../../domain/task/fields.ts";
import { isBlank, quoteShort } from "../../domain/task/text.ts";
import { parseDueShift, shiftDueDate } from "../../domain/dates/due-shift.ts";
import { parseDateNear } from "../../domain/dates/date-near.ts";
import { formatDuration, parseDuration } from "../../domain/dates/duration.ts";
import { formatReminder } from "../../domain/dates/reminder-words.ts";
import { parseReminder } from "../../domain/dates/reminder.ts";
import { parseWhen } from "../../domain/dates/when.ts";
import { atLine, lineError } from "./at-line.ts";
import { planRecurrence } from "../../domain/recurrence/plan.ts";
import type { RepetitionEdit } from "../../services/tasks/edit-tasks.ts";
import { describeRecurrence } from "../output/recurrence.ts";
import { formatLocalMoment } from "../../domain/dates/format-date.ts";
import { escapeControls, toJson } from "../../domain/escape.ts";

type Line = {
  readonly word: string;
  readonly format: (task: Task, system: System) => string;
  /** The meaning of the text for the task, null if it is empty. */
  readonly read: (text: string, system: System, task: Task) => string | number | null;
};

/** The fields on a line of their own. The description comes last and may have many lines. */
const LINES = {
  title: {
    word: FIELDS.title.word,
    format: (task) => quote(task.title),
    read: (text) => checkTitle(unquote(text)),
  },
  dueDate: {
    word: FIELDS.dueDate.word,
    format: ({ dueDate }, system) => (dueDate === null ? "" : formatLocalMoment(dueDate, system)),
    read: (text, system, task) => orNull(text, () => readDue(text, system, task)),
  },
  scheduledDate: {
    word: FIELDS.scheduledDate.word,
    format: ({ scheduledDate }, system) => (scheduledDate === null ? "" : formatLocalMoment(scheduledDate, system)),
    read: readNearDue,
  },
  waitUntil: {
    word: FIELDS.waitUntil.word,
    format: ({ waitUntil }, system) => (waitUntil === null ? "" : formatLocalMoment(waitUntil, system)),
    read: readNearDue,
  },
  priority: {
    word: FIELDS.priority.word,
    format: (task) => task.priority ?? "",
    read: (text) => orNull(text, () => parsePriority(text)),
  },
  project: {
    word: FIELDS.project.word,
    format: (task) => quote(task.project ?? ""),
    read: (text) => orNull(text, () => checkProject(unquote(text))),
  },
  estimateMinutes: {
    word: FIELDS.estimateMinutes.word,
    format: ({ estimateMinutes }) => (estimateMinutes === null ? "" : formatDuration(estimateMinutes)),
    read: (text) => orNull(text, () => checkEstimate(parseDuration(text))),
  },
} as const satisfies Record<Exclude<keyof Editable, "description" | NotInForm>, Line>;

/** What has words and commands of its own. */
type NotInForm = "recurrence" | "parent" | "rank";

const TAGS = "tags";
const REMINDERS = "reminders";
const EVERY = FIELDS.recurrence.word;
const WORDS: readonly string[] = [...Object.values(LINES).map(({ word }) => word), EVERY, TAGS, REMINDERS];
type Entry = { readonly value: string; readonly line: number };
type Form = ReadonlyMap<string, Entry>;

const HELP = [
  "# Lines that begin with # above the description are left out. An empty field clears it.",
  "# Dates are what the command line takes: friday, 21 nov, +3d, tomorrow at 9, 2026-11-27.",
];
const HELP_ON_QUOTES = '# A text in double quotes is read as JSON: "two\\nlines".';
const DESCRIPTION = /^description:\s*/;

/** A task in the form that people edit: a field a line, then the description to the end. */
export function formatTaskForm(task: Task, system: System): string {
  const isQuoted = [task.title, task.project ?? ""].some((text) => quote(text) !== text);
  const lines = [
    ...HELP,
    ...(isQuoted ? [HELP_ON_QUOTES] : []),
    ...Object.values(LINES).map(({ word, format }) => `${word}: ${format(task, system)}`),
    `${EVERY}: ${writeEvery(task, system)}`,
    `${TAGS}: ${escapeControls(task.tags.join(" "))}`,
    `${REMINDERS}: ${task.reminders.map((each) => writeReminder(each, system)).join(", ")}`,
    `${FIELDS.description.word}:`,
  ];
  const head = lines.map((line) => `${line.trimEnd()}\n`).join("");
  return task.description === null ? head : `${head}${task.description}\n`;
}

/**
 * The user's changes in the form of a task. A field with unchanged text is skipped, so an editor's line ends and values
 * that can't be typed change nothing. Throws `invalid_input` with the number of the line that is not understood.
 */
export function readTaskForm(text: string, task: Task, system: System): Patch & RepetitionEdit {
  const printed = readForm(formatTaskForm(task, system));
  const form = readForm(text);
  const changed = <Value>(word: string, read: (value: string) => Value): Value | undefined => {
    const { value, line } = form.get(word) ?? { value: "", line: 1 };
    return value === printed.get(word)?.value ? undefined : atLine(line, () => read(value));
  };
  const due = changed(LINES.dueDate.word, (typed) => LINES.dueDate.read(typed, system, task));
  const moved = due === undefined ? task : { ...task, dueDate: due };
  const values = Object.entries(LINES).flatMap(([name, { word, read }]) => {
    const value = word === LINES.dueDate.word ? due : changed(word, (typed) => read(typed, system, moved));
    return value === undefined ? [] : [[name, value] as const];
  });
  const every = changed(EVERY, (typed) => orNull(typed, () => checkEvery(typed, moved, system)));
  const tags = changed(TAGS, readTags);
  const reminders = changed(REMINDERS, (typed) => readReminders(typed, task, system));
  const description = changed(FIELDS.description.word, (value) => (isBlank(value) ? null : checkDescription(value)));
  return {
    ...Object.fromEntries(values),
    ...(every !== undefined && { every }),
    ...(tags && {
      addTags: tags.filter((tag) => !task.tags.includes(tag)),
      removeTags: task.tags.filter((tag) => !tags.includes(tag)),
    }),
    ...(reminders && {
      addReminders: reminders.filter((each) => !task.reminders.includes(each)),
      removeReminders: task.reminders.filter((each) => !reminders.includes(each)),
    }),
    ...(description !== undefined && { description }),
  };
}

function readDue(text: string, system: System, task: Task): string {
  const shift = parseDueShift(text);
  return shift ? shiftDueDate(task, shift, system) : parseWhen(text, system);
}

/** A date as `due` has it, or counted from the due date as it is in the form: `due-3d`. */
function readNearDue(text: string, system: System, { dueDate }: Task): string | null {
  return orNull(text, () => parseDateNear(text, { due: dueDate }, system));
}

/** The words behind `every:`, which can be typed again. What a rule of another version says, they can't tell. */
function writeEvery({ recurrence }: Task, system: System): string {
  return recurrence === null ? "" : describeRecurrence(recurrence, system).replace(/^every /, "");
}

/** The words, if they say how a task with that due date can repeat. */
function checkEvery(words: string, task: Task, system: System): string {
  planRecurrence(words, task, system);
  return words;
}

/** A reminder that can be typed again. */
function writeReminder(trigger: string, system: System): string {
  return formatReminder(trigger) ?? formatLocalMoment(trigger, system);
}

/** One that was not typed anew is what it was, whether or not it can be read. */
function readReminders(value: string, task: Task, system: System): string[] {
  const printed = new Map(task.reminders.map((each) => [writeReminder(each, system), each]));
  const typed = value.split(",").map((text) => text.trim());
  return typed
    .filter((text) => text !== "" && text !== NONE)
    .map((text) => printed.get(text) ?? parseReminder(text, system));
}

function orNull<Value>(value: string, read: () => Value): Value | null {
  return value === "" || value === NONE ? null : read();
}

function readTags(value: string): string[] {
  const words = value.split(/[\s,]+/).filter((word) => word !== "");
  return words.map((word) => checkTag(word.replace(/^\+/, "")));
}

function readForm(text: string): Form {
  const lines = text.split(/\r?\n/);
  const body = lines.findIndex((line) => DESCRIPTION.test(line));
  const form = readFields(body === -1 ? lines : lines.slice(0, body));
  if (body === -1) return form;
  const first = (lines[body] ?? "").replace(DESCRIPTION, "");
  const rest = lines.slice(body + 1);
  const description = (first === "" ? rest : [first, ...rest]).join("\n").replace(/\n+$/, "");
  return form.set(FIELDS.description.word, { value: description, line: first === "" ? body + 2 : body + 1 });
}

function readFields(lines: readonly string[]): Map<string, Entry> {
  const form = new Map<string, Entry>();
  for (const [at, content] of lines.entries()) {
    if (content.startsWith("#") || content.trim() === "") continue;
    const field = WORDS.find((name) => content.startsWith(`${name}:`));
    const line = at + 1;
    if (field === undefined) {
      throw lineError(line, `${quoteShort(content)} is not one of ${WORDS.join(", ")}, description`);
    }
    if (form.has(field)) throw lineError(line, `${field} is there twice`);
    form.set(field, { value: content.slice(field.length + 1).trim(), line });
  }
  return form;
}

/** Quotes a text as JSON if it does not fit on a line unchanged, or reads as quoted. */
function quote(text: string): string {
  const fits = text === text.trim() && !/[\p{Cc}\u2028\u2029]/u.test(text) && unquote(text) === text;
  return fits ? text : toJson(text);
}

function unquote(text: string): string {
  if (!/^".*"$/s.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : text;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
