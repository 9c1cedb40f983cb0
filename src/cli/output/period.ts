import { lastDayOf, type Period } from "../../domain/dates/period.ts";
import type { System } from "../../ports/system.ts";
import { formatDate, formatDue } from "../../domain/dates/format-date.ts";

/** A period in few columns: `Sat 21 Nov`, `2–8 Nov`, `30 Nov – 6 Dec`, `Nov`, `2025`, with the year unless it is this one. */
export function formatPeriod(period: Period, system: System): string {
  const { from, to } = period;
  const first = Temporal.PlainDate.from(from);
  const last = Temporal.PlainDate.from(lastDayOf(period));
  if (first.equals(last)) return formatDue(from, system);
  const isWholeYear = first.dayOfYear === 1 && first.add({ years: 1 }).equals(to);
  if (isWholeYear) return String(first.year);
  const isWholeMonth = first.day === 1 && first.add({ months: 1 }).equals(to);
  if (isWholeMonth) return formatDate(first, system).replace(/^1 /, "");
  const end = formatDate(last, system);
  if (first.year !== last.year) return `${formatDate(first, system)} – ${end}`;
  const start = formatDate(first, system).replace(/ \d{4}$/, "");
  return first.month === last.month ? `${first.day}–${end}` : `${start} – ${end}`;
}
