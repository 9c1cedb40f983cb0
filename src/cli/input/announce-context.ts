import { hasCode, TodoError } from "../../domain/errors.ts";
import type { SavedFilter } from "../../domain/query/saved-filters.ts";
import { quoteShort, shorten } from "../../domain/task/text.ts";
import { findCheckedFilter } from "../../services/filters/find-filter.ts";
import type { Context } from "../config/config.ts";
import { SETTINGS } from "../config/keys.ts";
import { escapeControls } from "../../domain/escape.ts";
import type { TaskOutput } from "../output/output.ts";
import { printNote } from "../output/print.ts";

/** The line only reminds of a filter. `todo context` shows all of it. */
const MAX_SHOWN_CHARACTERS = 80;

/** The text of the context's filter, which is named on standard error. Throws if it can't be used, with ways out. */
export async function announceContext(output: TaskOutput, context: Context): Promise<string> {
  const { text, name } = await findContextFilter(output, context);
  printNote(output, escapeControls(`Context ${name}: ${shorten(text, MAX_SHOWN_CHARACTERS)}`));
  return text;
}

/** The filter of a context. Throws if there is none, and for one that can't be read. */
export async function findContextFilter(output: TaskOutput, context: Context): Promise<SavedFilter> {
  const filter = await findCheckedFilter(await output.workspace(), context.name).catch((error: unknown) => {
    throw hasCode(error, "not_found") ? noSuchFilter(context) : error;
  });
  const { problem } = filter;
  if (!problem) return filter;
  throw new TodoError(problem.code, `the context ${quoteShort(filter.name)} can't be used: ${problem.message}`, {
    hints: [`Save it anew: todo filter save ${filter.name} FILTER`, ...listWaysOut(context)],
    cause: problem,
  });
}

function noSuchFilter(context: Context): TodoError {
  return new TodoError("not_found", `the context ${quoteShort(context.name)} is no saved filter`, {
    hints: [`Save it: todo filter save ${context.name} FILTER`, ...listWaysOut(context)],
  });
}

function listWaysOut(context: Context): string[] {
  return [`Or turn the context off: ${adviseTurningOff(context)}`, "Or leave it out once: --no-context"];
}

/** What to type so that there is no context. */
export function adviseTurningOff({ source }: Context): string {
  return source === SETTINGS.context.variable ? `unset ${source}` : "todo context off";
}
