import { isDay } from "../../domain/dates/due-date.ts";
import { toBound } from "../../domain/dates/bounds.ts";
import { parseWhen } from "../../domain/dates/when.ts";
import { TodoError } from "../../domain/errors.ts";
import type { System } from "../../ports/system.ts";
import type { Span } from "../../services/tasks/list-reminders.ts";

/** The value of `--since` that means the last run. */
export const LAST = "last";

export type SpanFlags = { readonly since?: string; readonly until?: string };

/**
 * The moments that `--since` and `--until` mean: after a time or from a day on, up to a time or until a day ends. Without them it is
 * today up to now. `last` is where the last run ended, if it is known. Throws `invalid_input` and `usage`.
 */
export function readSpan({ since, until }: SpanFlags, last: string | undefined, system: System): Span {
  if (since === LAST && until !== undefined) {
    throw new TodoError("usage", `--since ${LAST} goes on up to now, so --until can't be given beside it`);
  }
  const before = until === undefined ? endOf(nowOf(system), system) : endOf(parseWhen(until, system), system);
  const from =
    since === undefined || since === LAST ? (last ?? startOf(system.today(), system)) : readSince(since, system);
  if (since !== LAST && from > before) throw new TodoError("usage", "--since is later than --until, or to come");
  return { from, before };
}

/** A time itself was in the span before. */
function readSince(since: string, system: System): string {
  const date = parseWhen(since, system);
  return isDay(date) ? startOf(date, system) : endOf(date, system);
}

function nowOf(system: System): string {
  return `${new Date(system.now()).toISOString().slice(0, 19)}Z`;
}

function startOf(date: string, system: System): string {
  return toBound(date, "start", system).moment;
}

function endOf(date: string, system: System): string {
  return toBound(date, "end", system).moment;
}
