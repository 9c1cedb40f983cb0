import { nextOccurrence, occurrencesBetween, type Position } from "./next.ts";
import { laterOf } from "./occurrence.ts";
import type { Series } from "./series.ts";

/** From which day to which, both included. */
type Span = { readonly from: string; readonly to: string };

/**
 * The occurrences that will follow the one at a position, at most `limit` of those in the span. What the series passes over on its
 * way is none of them. Counted from completion nothing is known.
 */
export function listComing(series: Series, position: Position, { from, to }: Span, limit: number): string[] {
  if (series.mode === "done") return [];
  const next = nextOccurrence(series, position);
  if (next === null) return [];
  const following = occurrencesBetween(series, laterOf(from, next), to, limit);
  return following.filter((occurrence) => occurrence >= next && !position.isTaken(occurrence));
}
