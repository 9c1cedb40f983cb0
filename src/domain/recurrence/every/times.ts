import { parseTime } from "../../dates/time-of-day.ts";
import { orRefuse, peek, type Reader, readList, refuse, take } from "./reader.ts";

/** A time of day, `08:00`, and the token that says it. */
type SaidTime = { readonly time: string; readonly at: number };

const ADVICE = ["Write a time: at 8:00, or at 8:00, 20:00"];

/** `at 8:00, 20:00`. Undefined if nothing of the kind begins here. */
export function readTimes(
  reader: Reader,
  { isNthWorkday }: { readonly isNthWorkday: boolean },
): { readonly times: readonly string[] } | undefined {
  const at = reader.position;
  if (!take(reader, "at")) return undefined;
  const said = readList(reader, () => readTime(reader));
  if (said.length === 0) refuse(reader, { advice: ADVICE });
  refuseOtherMinutes(reader, said);
  const times = [...new Set(said.map(({ time }) => time))].toSorted();
  if (isNthWorkday && times.length > 1) {
    // BYSETPOS would count the times, not the days.
    refuse(reader, { at, message: "a counted workday has one time", advice: ["Add a task for each time."] });
  }
  return { times };
}

/** True at `10 times`, which is no time of day. */
export function isCountOfTimes(reader: Reader): boolean {
  return ["times", "time"].includes(peek(reader, 1));
}

function readTime(reader: Reader): SaidTime | undefined {
  const at = reader.position;
  const word = peek(reader);
  if (!/^(?:\d+(?::\d+)?|noon)$/.test(word) || isCountOfTimes(reader)) return undefined;
  reader.position += 1;
  const half = peek(reader);
  const text = word !== "noon" && take(reader, "am", "pm") ? word + half : word;
  return { time: orRefuse(reader, { at, advice: ADVICE }, () => parseTime(text).toString().slice(0, 5)), at };
}

/** Throws `invalid_input` for `8:00, 20:30`: a rule has its hours and its minutes apart, and would have 8:30 too. */
function refuseOtherMinutes(reader: Reader, said: readonly SaidTime[]): void {
  const minutes = said[0]?.time.slice(3);
  const other = said.find(({ time }) => time.slice(3) !== minutes);
  if (other === undefined) return;
  refuse(reader, {
    at: other.at,
    message: "several times of a day need the same minutes",
    advice: ["Write for example at 8:30, 20:30, or add a task for each time."],
  });
}
