import type { SavedFilter } from "../../domain/query/saved-filters.ts";
import type { CheckedFilter } from "../../services/filters/check-filter.ts";
import { escapeControls } from "../../domain/escape.ts";
import { quoteForShell } from "./quote-for-shell.ts";

/** A saved filter as JSON. */
export function toFilterJson({ name, text, problem }: CheckedFilter) {
  return { name, filter: text, problem: problem?.message ?? null };
}

/** `work  +work or project:Work` */
export function describeFilter({ name, text }: SavedFilter): string {
  return escapeControls(`${name}  ${text}`);
}

/** The command that saves a filter, to be typed again. */
export function describeSaving({ name, text }: SavedFilter): string {
  return escapeControls(`todo filter save ${name} ${quoteForShell(text)}`);
}
