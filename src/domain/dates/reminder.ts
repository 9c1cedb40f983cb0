import { TodoError } from "../errors.ts";
import { quoteShort } from "../task/text.ts";
import { readDuration } from "./duration.ts";
import { formatMoment, isDay } from "./due-date.ts";
import type { LocalTime } from "./local-time.ts";
import { MINUTES_AN_HOUR, TRIGGER } from "./reminder-words.ts";
import { simplifyDate } from "./simplify.ts";
import { toBound } from "./bounds.ts";
import { parseWhen } from "./when.ts";

const DAYS_A_WEEK = 7;
const AT_DUE_DATE = "-PT0M";
/** What people may put around a time before the due date. */
const AROUND = /^due ?- ?|(?<=\d ?\p{L}+) before(?: it is due)?$/gu;
const DAYS = /^(\d{1,3}) ?(?:days?|d)$/;
const WEEKS = /^(\d{1,2}) ?(?:weeks?|w)$/;
const MAX_MINUTES = 99_999;

const REMINDERS_HINT =
  "Write a time before the due date such as 30min, 2h, 1d or 1w, or a moment such as friday 17:00.";

/**
 * A reminder as it is stored: `30min`, `2h`, `1d`, `1w` are times before the due date, `now` is the due date itself,
 * any other text a moment as `parseWhen` reads it. Equal times are stored alike. Throws `invalid_input`.
 */
export function parseReminder(text: string, system: LocalTime): string {
  const before = (simplifyDate(text) ?? "").replaceAll(AROUND, "");
  if (before === "now" || before === "when it is due") return AT_DUE_DATE;
  const trigger = readDays(before) ?? readMinutes(before);
  if (trigger !== undefined) return trigger;
  const moment = parseWhen(text, system);
  if (!isDay(moment)) return moment;
  throw new TodoError("invalid_input", `reminder ${quoteShort(text)} has no time`, { hints: [REMINDERS_HINT] });
}

/**
 * The moment of a reminder, in UTC to the second: before a due date, or its own. A due date without a time begins at midnight where the
 * user is. Undefined if there is no due date to count from, and for what only a later version can read.
 */
export function remindAt(
  trigger: string,
  dueDate: string | null,
  system: Pick<LocalTime, "timeZone">,
): string | undefined {
  const before = readTrigger(trigger);
  const start = before === undefined ? trigger : dueDate;
  if (start === null) return undefined;
  try {
    const moment = Temporal.Instant.from(toBound(start, "start", system).moment);
    return formatMoment(before ? moment.toZonedDateTimeISO(system.timeZone()).subtract(before).toInstant() : moment);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** How long before the due date a trigger is. Days and weeks keep the time of day, hours and minutes are those that pass. */
function readTrigger(trigger: string): Temporal.DurationLike | undefined {
  const match = TRIGGER.exec(trigger);
  if (match === null) return undefined;
  const [, weeks = "0", days = "0", hours = "0", minutes = "0"] = match;
  return { weeks: Number(weeks), days: Number(days), hours: Number(hours), minutes: Number(minutes) };
}

function readDays(text: string): string | undefined {
  const [, days] = DAYS.exec(text) ?? [];
  const [, weeks] = WEEKS.exec(text) ?? [];
  const count = weeks === undefined ? Number(days) : Number(weeks) * DAYS_A_WEEK;
  if (Number.isNaN(count)) return undefined;
  if (count === 0) return AT_DUE_DATE;
  return count % DAYS_A_WEEK === 0 ? `-P${count / DAYS_A_WEEK}W` : `-P${count}D`;
}

function readMinutes(text: string): string | undefined {
  const minutes = readDuration(text);
  if (minutes === undefined) return undefined;
  if (minutes > MAX_MINUTES) {
    throw new TodoError("invalid_input", `${quoteShort(text)} is too long before the due date`, {
      hints: [REMINDERS_HINT],
    });
  }
  const isWholeHours = minutes > 0 && minutes % MINUTES_AN_HOUR === 0;
  return isWholeHours ? `-PT${minutes / MINUTES_AN_HOUR}H` : `-PT${minutes}M`;
}
