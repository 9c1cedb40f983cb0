import { adviseOnUnit } from "./advice.ts";
import { readOrdinalDays } from "./ordinal-days.ts";
import { type Cycle, NO_DAYS, type Pattern } from "./pattern.ts";
import { readDayOfYear, readDaysOf, readWeekdayDays, refuseNthDay, toCycleDays } from "./read-days.ts";
import { attempt, peek, type Reader, refuse, take } from "./reader.ts";
import { ordinalOf, readCount } from "./values.ts";
import { ADVERBS, DAY_WORD, UNITS } from "./vocabulary.ts";

/** The days on which something repeats. Throws `invalid_input` for a text that does not begin with them. */
export function readPattern(reader: Reader): Pattern {
  return readOnWeekdays(reader) ?? readOnDayOfYear(reader) ?? readOnOrdinals(reader) ?? readOnCycle(reader);
}

/** `mon, wed and fri`, `workday`, `other tue` */
function readOnWeekdays(reader: Reader): Pattern | undefined {
  return attempt(reader, () => {
    const interval = take(reader, "other") ? 2 : 1;
    const days = readWeekdayDays(reader);
    return days && { freq: "WEEKLY", interval, ...NO_DAYS, ...days };
  });
}

/** `27 jan` */
function readOnDayOfYear(reader: Reader): Pattern | undefined {
  const days = readDayOfYear(reader);
  return days && { freq: "YEARLY", interval: 1, ...NO_DAYS, ...days };
}

/** `1st, 15th`, `3rd friday`, `last day of feb`. Not `2nd week`, which counts weeks. */
function readOnOrdinals(reader: Reader): Pattern | undefined {
  if (isNthUnit(reader)) return undefined;
  const days = readOrdinalDays(reader);
  if (days === undefined) return undefined;
  refuseNthDay(reader, days);
  const freq = days.months.length > 0 ? "YEARLY" : "MONTHLY";
  return { freq, interval: 1, ...NO_DAYS, ...toCycleDays(reader, days, freq) };
}

/** `2 weeks on mon,thu` */
function readOnCycle(reader: Reader): Pattern {
  const cycle = readCycle(reader);
  return { ...cycle, ...NO_DAYS, ...readDaysOf(reader, cycle.freq) };
}

function readCycle(reader: Reader): Cycle {
  const adverb = ADVERBS.get(peek(reader));
  if (adverb !== undefined) {
    reader.position += 1;
    return adverb;
  }
  const count = readMultiple(reader);
  const word = peek(reader);
  const unit = UNITS.get(word);
  if (unit === undefined || (word === "mo" && count === undefined)) {
    return refuse(reader, { advice: adviseOnUnit(word, count) });
  }
  reader.position += 1;
  return { freq: unit.freq, interval: unit.interval * (count ?? 1) };
}

/** `2`, `two`, `2nd` and `other` of a unit. */
function readMultiple(reader: Reader): number | undefined {
  if (take(reader, "other")) return 2;
  if (!isNthUnit(reader)) return readCount(reader);
  const ordinal = ordinalOf(peek(reader));
  reader.position += 1;
  return ordinal;
}

/** True for `2nd week`. The 2nd day is one of a month. */
function isNthUnit(reader: Reader): boolean {
  const ordinal = ordinalOf(peek(reader)) ?? 0;
  return ordinal > 1 && UNITS.has(peek(reader, 1)) && !DAY_WORD.test(peek(reader, 1));
}
