import type { LocalTime } from "./local-time.ts";
import type { Period } from "./period.ts";

type Unit = "days" | "weeks" | "months" | "years";

const MAX_DAYS_BY_DAY = 14;
const MAX_DAYS_BY_WEEK = 62;
const MAX_DAYS_BY_MONTH = 731;

/** The part of a period that has begun, today included. Without days if all of it is still to come. */
export function endToday({ from, to }: Period, { today }: Pick<LocalTime, "today">): Period {
  const tomorrow = Temporal.PlainDate.from(today()).add({ days: 1 });
  return { from, to: Temporal.PlainDate.compare(to, tomorrow) < 0 ? to : tomorrow.toString() };
}

/**
 * The days of a short period, the weeks of one of up to two months, the months of one of up to two years, else the years, each up to
 * today. The first and the last may be cut.
 */
export function splitPeriod(period: Period, system: Pick<LocalTime, "today">): Period[] {
  const start = Temporal.PlainDate.from(period.from);
  const unit = chooseUnit(start.until(Temporal.PlainDate.from(period.to)).days);
  const end = Temporal.PlainDate.from(endToday(period, system).to);
  const parts: Period[] = [];
  for (let begin = start; Temporal.PlainDate.compare(begin, end) < 0;) {
    const next = startOfNext(unit, begin);
    const until = Temporal.PlainDate.compare(next, end) < 0 ? next : end;
    parts.push({ from: begin.toString(), to: until.toString() });
    begin = until;
  }
  return parts;
}

function chooseUnit(days: number): Unit {
  if (days <= MAX_DAYS_BY_DAY) return "days";
  if (days <= MAX_DAYS_BY_WEEK) return "weeks";
  return days <= MAX_DAYS_BY_MONTH ? "months" : "years";
}

function startOfNext(unit: Unit, day: Temporal.PlainDate): Temporal.PlainDate {
  if (unit === "days") return day.add({ days: 1 });
  if (unit === "weeks") return day.add({ days: 8 - day.dayOfWeek });
  return unit === "months" ? day.with({ day: 1 }).add({ months: 1 }) : day.with({ month: 1, day: 1 }).add({ years: 1 });
}
