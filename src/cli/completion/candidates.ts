import type { NameCount } from "../../ports/store.ts";
import type { SavedFilter } from "../../domain/query/saved-filters.ts";
import type { System } from "../../ports/system.ts";
import type { Suggestion, TaskState } from "../../services/tasks/suggestions.ts";
import { escapeControls } from "../../domain/escape.ts";

/** A word that may stand at the cursor. */
export type Candidate = { readonly value: string; readonly description: string };

/** The completions at the cursor: words, or the name of a file, which the shell completes better. */
export type Completion = readonly Candidate[] | "files";

/** The user's tasks and filters, read only when needed. */
export type LiveData = {
  readonly tags: () => Promise<readonly NameCount[]>;
  readonly projects: () => Promise<readonly NameCount[]>;
  readonly filters: () => Promise<readonly SavedFilter[]>;
  readonly tasks: (state: TaskState, typed: string) => Promise<readonly Suggestion[]>;
};

/** The sources of candidates. */
export type Sources = { readonly live: LiveData; readonly system: System };

const MAX_DESCRIPTION_COLUMNS = 72;

/** Words without a description. */
export function plain(words: readonly string[]): Candidate[] {
  return words.map((value) => ({ value, description: "" }));
}

/** Names of tags or projects with their numbers of open tasks. */
export function named(tallies: readonly NameCount[]): Candidate[] {
  return tallies.map(({ name, count }) => ({ value: name, description: `${count} open` }));
}

/** Names of saved filters with their texts. */
export function saved(filters: readonly SavedFilter[]): Candidate[] {
  return filters.map(({ name, text }) => ({ value: name, description: text }));
}

/** The candidates with a prefix, such as the `project:` that they belong to. */
export function behind(start: string, candidates: readonly Candidate[]): Candidate[] {
  return candidates.map((candidate) => ({ ...candidate, value: start + candidate.value }));
}

/** The candidates that continue the typed text, ignoring case. Stricter shells leave out more. */
export function continuing(typed: string, candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter(({ value }) => fold(value).startsWith(fold(typed)));
}

/** The scripts' format: `value<TAB>description` a line. No value is empty, so a line without a value can say `files`. */
export function formatCompletion(completion: Completion): string {
  if (completion === "files") return "\tfiles\n";
  return completion
    .filter(({ value }) => isPrintable(value))
    .map(({ value, description }) => `${value}\t${cut(escapeControls(description))}\n`)
    .join("");
}

/**
 * False for a value with a line break or a control character: it can't be shown, and a changed one would be another
 * value.
 */
function isPrintable(value: string): boolean {
  return value !== "" && escapeControls(value) === value;
}

function cut(text: string): string {
  return Bun.sliceAnsi(text, 0, MAX_DESCRIPTION_COLUMNS, { ellipsis: "…" });
}

function fold(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
