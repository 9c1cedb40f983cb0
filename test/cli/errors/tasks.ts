import { ON_A_TERMINAL, type Terminal } from "../../support/cli/terminal.ts";
import { type ErrorCase, MANY_TAGS } from "./error-case.ts";

/** Their handles begin with wbb, gqn and xjm. */
async function threeTasks(terminal: Terminal): Promise<void> {
  for (const title of ["Pay rent", "Milk", "Bread"]) await terminal.add(title);
}

async function oneDeleted(terminal: Terminal): Promise<void> {
  await threeTasks(terminal);
  await terminal.print("rm", "gqn");
}

const IN_AN_EDITOR = { ...ON_A_TERMINAL, env: { EDITOR: "vi" } };

/** What commands on tasks that are there refuse. */
export const TASK_ERRORS: readonly ErrorCase[] = [
  { name: "task-not-found", argv: ["show", "bbb"], exit: 3, given: threeTasks },
  { name: "task-not-a-reference", argv: ["done", "wb"], exit: 3, given: threeTasks },
  { name: "task-ambiguous", argv: ["done", "01a1f82f"], exit: 3, given: threeTasks },
  { name: "task-ambiguous-among-many", argv: ["rm", "01a1f82f"], exit: 3, given: twelveTasks },
  { name: "one-of-several-not-found", argv: ["done", "wbb", "bbb"], exit: 3, given: threeTasks },
  { name: "done-of-a-deleted-task", argv: ["done", "wbb", "gqn"], exit: 3, given: oneDeleted },
  { name: "reopen-of-a-deleted-task", argv: ["reopen", "gqn"], exit: 3, given: oneDeleted },
  { name: "edit-of-a-deleted-task", argv: ["edit", "gqn", "due:friday"], exit: 3, given: oneDeleted },
  {
    name: "edit-of-a-deleted-task-in-the-editor",
    argv: ["edit", "gqn"],
    exit: 3,
    given: oneDeleted,
    setup: IN_AN_EDITOR,
  },
  { name: "rm-of-several-without-asking", argv: ["rm", "wbb", "gqn"], exit: 2, given: threeTasks },
  { name: "edit-without-a-task", argv: ["edit", "--", "Title"], exit: 2 },
  { name: "edit-without-a-change", argv: ["edit", "wbb"], exit: 2, given: threeTasks },
  {
    name: "edit-of-several-without-a-change",
    argv: ["edit", "wbb", "gqn"],
    exit: 2,
    given: threeTasks,
    setup: IN_AN_EDITOR,
  },
  { name: "edit-with-a-title-like-a-handle", argv: ["edit", "wbb", "html", "guide"], exit: 3, given: threeTasks },
  { name: "edit-with-words-alone", argv: ["edit", "wbb", "all", "new"], exit: 2, given: threeTasks },
  { name: "edit-with-a-key-without-its-colon", argv: ["edit", "wbb", "due", "tomorrow"], exit: 2, given: threeTasks },
  { name: "edit-with-an-unknown-field", argv: ["edit", "wbb", "until:monday"], exit: 2, given: threeTasks },
  { name: "edit-with-a-description-as-a-word", argv: ["edit", "wbb", "note:x"], exit: 2, given: threeTasks },
  { name: "edit-with-words-before-the-task", argv: ["edit", "due:friday", "wbb"], exit: 3, given: threeTasks },
  { name: "done-of-blank-standard-input", argv: ["done", "-"], exit: 2, given: threeTasks, setup: { stdin: " \n" } },
  {
    name: "done-of-a-wrong-line-of-standard-input",
    argv: ["done", "-"],
    exit: 3,
    given: threeTasks,
    setup: { stdin: "wbb\nbbb\n" },
  },
  { name: "done-of-a-filter-without-asking", argv: ["done", "--where", "Milk"], exit: 2, given: threeTasks },
  { name: "done-of-a-filter-and-a-task", argv: ["done", "wbb", "--where", "Milk"], exit: 2, given: threeTasks },
  { name: "rm-of-a-blank-filter", argv: ["rm", "--where", "", "--yes"], exit: 2, given: threeTasks },
  { name: "rm-of-another-number", argv: ["rm", "--where", "Milk", "--expect", "2"], exit: 5, given: threeTasks },
  { name: "rm-of-no-number", argv: ["rm", "--where", "Milk", "--expect", "few"], exit: 2, given: threeTasks },
  { name: "edit-of-a-filter-with-words-alone", argv: ["edit", "--where", "Milk", "new"], exit: 2, given: threeTasks },
  { name: "restore-without-a-task", argv: ["restore"], exit: 2 },
  { name: "done-of-a-filter", argv: ["done", "+home"], exit: 3, given: threeTasks },
  { name: "rm-of-a-filter-with-a-space", argv: ["rm", "project:my garden"], exit: 3, given: threeTasks },
  { name: "edit-with-a-tag-like-an-option", argv: ["edit", "wbb", "-home"], exit: 2, given: threeTasks },
  { name: "edit-with-a-tag-of-one-letter-like-an-option", argv: ["edit", "wbb", "-x"], exit: 2, given: threeTasks },
  { name: "edit-with-two-titles", argv: ["edit", "wbb", "one", "--title", "two"], exit: 2, given: threeTasks },
  { name: "edit-with-and-without-a-date", argv: ["edit", "wbb", "--no-due", "due:friday"], exit: 2, given: threeTasks },
  { name: "edit-to-an-empty-title", argv: ["edit", "wbb", "--title", ""], exit: 2, given: threeTasks },
  { name: "edit-to-too-many-tags", argv: ["edit", "wbb", ...MANY_TAGS.slice(1)], exit: 2, given: taggedTask },
  { name: "editor-not-named", argv: ["edit", "wbb"], exit: 2, given: threeTasks, setup: ON_A_TERMINAL },
  {
    name: "editor-with-a-bad-date",
    argv: ["edit", "wbb"],
    exit: 2,
    given: threeTasks,
    setup: saving("due:", "due: 31 feb"),
  },
  {
    name: "editor-with-an-unknown-line",
    argv: ["edit", "wbb"],
    exit: 2,
    given: threeTasks,
    setup: saving("due:", "dew: friday"),
  },
  {
    name: "editor-with-a-line-twice",
    argv: ["edit", "wbb"],
    exit: 2,
    given: threeTasks,
    setup: saving("due:", "due:\ndue:"),
  },
  {
    name: "editor-without-a-title",
    argv: ["edit", "wbb"],
    exit: 2,
    given: threeTasks,
    setup: saving("title: Pay rent", "title:"),
  },
];

function saving(old: string, changed: string) {
  return { ...IN_AN_EDITOR, edit: (text: string) => text.replace(old, changed) };
}

async function twelveTasks(terminal: Terminal): Promise<void> {
  for (let number = 1; number <= 12; number += 1) await terminal.add(`Task ${number}`);
}

async function taggedTask(terminal: Terminal): Promise<void> {
  await terminal.add("Pay rent", "+first");
}
