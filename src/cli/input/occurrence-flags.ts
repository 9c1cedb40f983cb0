import { parseWhen } from "../../domain/dates/when.ts";
import { TodoError } from "../../domain/errors.ts";
import type { System } from "../../ports/system.ts";
import type { Completion } from "../../services/tasks/series/complete-series.ts";

/** The options of commands that close occurrences. */
export type OccurrenceFlags = { readonly occurrence?: string; readonly forever?: boolean };

export const OCCURRENCE_OPTION = [
  "--occurrence <day>",
  "the occurrence of a repeating task: 16 dec; default: the current one",
] as const;

export const FOREVER_OPTION = ["--forever", "close a repeating task for good"] as const;

/** What the help says of commands that can close a repeating task. */
export const OF_REPEATING = {
  paragraphs: [
    "A task that repeats stays open and goes on to its next occurrence. The one that was closed is kept as a task of its own.",
  ],
};

/** What is closed of a task that repeats. Throws `usage` for an occurrence that is to be all of them. */
export function readCompletion({ occurrence, forever }: OccurrenceFlags, system: System): Completion {
  if (occurrence === undefined || !forever) return { occurrence: readOccurrence(occurrence, system), forever };
  throw new TodoError("usage", "--occurrence is about one occurrence and --forever about all: give one of them");
}

/** The occurrence as a task has it. A day can be written in all ways, such as `16 dec`. */
export function readOccurrence(text: string | undefined, system: System): string | undefined {
  return text === undefined || /^\d{4}-\d{2}-\d{2}T/.test(text) ? text : parseWhen(text, system);
}
