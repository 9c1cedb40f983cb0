import { describeRuleBriefly } from "../../domain/recurrence/describe.ts";
import { readSeries } from "../../domain/recurrence/series.ts";

/** How a task repeats, in few words: `every Mon`. Another version may have rules that this one doesn't know. */
export function describeRepetition(recurrence: string): string {
  const series = readSeries(recurrence);
  if (series === null) return "repeats";
  const { mode, rule, start } = series;
  return describeRuleBriefly({ mode, rule, start });
}
