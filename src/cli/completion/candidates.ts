import type { NameCount } from "../../ports/store.ts";
import type { System } from "../../ports/system.ts";
import type { Suggestion, TaskState } from "../../services/tasks/suggestions.ts";
import { escapeControls } from "../output/escape.ts";

/** A word that may stand where the user is typing. */
export type Candidate = { readonly value: string; readonly description: string };

/** What may stand there: some words, or the name of a file, which the shell completes better. */
export type Completion = readonly Candidate[] | "files";

/** What is known of the user's tasks, asked only when it is needed. */
export type LiveData = {
  readonly tags: () => Promise<readonly NameCount[]>;
  readonly projects: () => Promise<readonly NameCount[]>;
  readonly tasks: (state: TaskState, typed: string) => Promise<readonly Suggestion[]>;
};

/** Where candidates come from. */
export type Sources = { readonly live: LiveData; readonly system: System };

const MAX_DESCRIPTION_COLUMNS = 72;

/** Words without a description. */
export function plain(words: readonly string[]): Candidate[] {
  return words.map((value) => ({ value, description: "" }));
}

/** Names of tags or projects with how many open tasks have them. */
export function named(tallies: readonly NameCount[]): Candidate[] {
  return tallies.map(({ name, count }) => ({ value: name, description: `${count} open` }));
}

/** The candidates with a text in front, such as the `project:` that they belong to. */
export function behind(start: string, candidates: readonly Candidate[]): Candidate[] {
  return candidates.map((candidate) => ({ ...candidate, value: start + candidate.value }));
}

/** Those that go on from what was typed, in either case. Shells that are stricter leave out more. */
export function continuing(typed: string, candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter(({ value }) => fold(value).startsWith(fold(typed)));
}

/** As the scripts read it: `value<TAB>description` a line. No value is empty, so a line without one can say `files`. */
export function formatCompletion(completion: Completion): string {
  if (completion === "files") return "\tfiles\n";
  return completion
    .filter(({ value }) => isPrintable(value))
    .map(({ value, description }) => `${value}\t${cut(escapeControls(description))}\n`)
    .join("");
}

/** A value with a line break, or with a character that a terminal obeys, can't be shown as it is, and changed it is another. */
function isPrintable(value: string): boolean {
  return value !== "" && escapeControls(value) === value;
}

function cut(text: string): string {
  return Bun.sliceAnsi(text, 0, MAX_DESCRIPTION_COLUMNS, { ellipsis: "…" });
}

function fold(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
