import { occurrencesBetween, type Position } from "./next.ts";
import { laterOf } from "./occurrence.ts";
import type { Series } from "./series.ts";

/** From which day to which, both included. */
export type Span = { readonly from: string; readonly to: string };

/**
 * The occurrences that will follow the one at a position, at most `limit` of those in the span. What the series passes over on its
 * way is none of them. Counted from completion nothing is known.
 */
export function listComing(
  series: Series,
  { after, today, isTaken }: Position,
  { from, to }: Span,
  limit: number,
): string[] {
  const over = series.mode === "due" ? laterOf(after, today) : after;
  const all = occurrencesBetween(series, laterOf(from, over), to, limit);
  return all.filter((occurrence) => occurrence > over && !isTaken(occurrence));
}
