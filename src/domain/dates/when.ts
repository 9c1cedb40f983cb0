import { parseDay } from "./day.ts";
import { parseDueShift } from "./due-shift.ts";
import { TodoError, tryRead } from "../errors.ts";
import { DATES_HINT } from "./dates-hint.ts";
import { suggestOneOf } from "../nearest.ts";
import type { LocalTime } from "./local-time.ts";
import { parseMoment } from "./moment.ts";
import { simplifyDate } from "./simplify.ts";
import { spellAgain } from "./spelling.ts";
import { quoteShort } from "../task/text.ts";

/**
 * The due date that a person means, as it is stored: a calendar day, or a moment in UTC if a time of day was given.
 * `DATE_FORMS` lists the grammar. Words are read in the user's time zone. A local time that a change of daylight-saving
 * time skips moves forward. One that it repeats is the first of the two. Throws `invalid_input` if a part of the text is
 * not understood, can be read in two ways, or names a day or time that does not exist.
 */
export function parseWhen(text: string, system: LocalTime): string {
  const simple = simplifyDate(text);
  if (simple === undefined) throw notADate(text);
  const due = withReason(text, () => readWhen(simple, system));
  if (due !== undefined) return due;
  const meant = suggestOneOf(spellAgain(simple).filter((spelling) => isDate(spelling, system)));
  throw notADate(text, undefined, meant.length === 0 ? [DATES_HINT] : meant);
}

/** Whether `parseWhen` understands the text. */
export function isDate(text: string, system: LocalTime): boolean {
  const simple = simplifyDate(text);
  return simple !== undefined && tryRead(() => readWhen(simple, system)) !== undefined;
}

function readWhen(text: string, system: LocalTime): string | undefined {
  if (parseDueShift(text)) {
    throw new TodoError("invalid_input", "only a task that is edited has a due date to count from");
  }
  const today = Temporal.PlainDate.from(system.today());
  const day = parseDay(text, today);
  return day === undefined ? parseMoment(text, today, system) : day.toString();
}

/** Puts the whole text in front of the reason why one part of it was refused. */
function withReason(text: string, read: () => string | undefined): string | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof TodoError) throw notADate(text, error.message);
    throw error;
  }
}

function notADate(text: string, reason?: string, hints: readonly string[] = [DATES_HINT]): TodoError {
  const named = quoteShort(text);
  const message = reason === undefined ? `${named} is not a date` : `${named} is not a date: ${reason}`;
  return new TodoError("invalid_input", message, { hints });
}
