import { TodoError } from "../errors.ts";
import { quoteShort } from "../task/text.ts";
import { simplifyDate } from "./simplify.ts";

const SECONDS_A_MINUTE = 60;
const MINUTES_AN_HOUR = 60;
const HOURS = "(\\d{1,6}(?:\\.\\d{1,2})?) ?(?:hours?|hrs?|h)";
const MINUTES = "(\\d{1,6}) ?(?:minutes?|mins?|m)";
const DURATION = new RegExp(`^(?:${HOURS})?(?: ?${MINUTES})?$`);
const BARE_NUMBER = /^\d+$/;
const LONGER_UNIT = /^\d+ ?(?:d|days?|w|weeks?)$/;

/** The whole minutes of a text such as `2h`, `90min`, `1h30m` or `1.5 hours`. Throws `invalid_input` for any other. */
export function parseDuration(text: string): number {
  const minutes = readDuration(text);
  if (minutes !== undefined) return minutes;
  throw new TodoError("invalid_input", `${quoteShort(text)} is not a duration${explain(text.trim())}`, {
    hints: ["Write hours and minutes, such as 2h, 90min or 1h30m."],
  });
}

/** What `parseDuration` answers, or undefined if the text is no duration. */
export function readDuration(text: string): number | undefined {
  const [whole = "", hours = "0", minutes = "0"] = DURATION.exec(simplifyDate(text) ?? "") ?? [];
  if (whole === "") return undefined;
  return Math.round(Number(hours) * MINUTES_AN_HOUR) + Number(minutes);
}

/** Minutes as people read them, which `parseDuration` reads too: `2 h 30 min`, `45 min`. */
export function formatDuration(minutes: number): string {
  const hours = Math.floor(minutes / MINUTES_AN_HOUR);
  const rest = minutes % MINUTES_AN_HOUR;
  const parts = [hours > 0 ? `${hours} h` : "", rest > 0 || hours === 0 ? `${rest} min` : ""];
  return parts.filter((part) => part !== "").join(" ");
}

/** The same of seconds, of which those beyond whole minutes are left out. Less than a minute is said in seconds. */
export function formatSeconds(seconds: number): string {
  return seconds < SECONDS_A_MINUTE
    ? `${Math.floor(seconds)} s`
    : formatDuration(Math.floor(seconds / SECONDS_A_MINUTE));
}

function explain(text: string): string {
  if (BARE_NUMBER.test(text)) return `: write ${text}min or ${text}h`;
  return LONGER_UNIT.test(text) ? ": days and weeks of work differ in length, write hours" : "";
}
