import { sortUnique } from "./rule-values.ts";
import type { Rule } from "./rule.ts";

export const DAY_MINUTES = 1440;

/** Moments in their order as minutes since 1970. There can be half a million in a year, so no list of them is made. */
export type Moments = { readonly length: number; readonly at: (index: number) => number };

/** Makes what finds the moments of a period, from its days and the times of each. */
export function createPicker({ freq, bySetPos }: Rule, times: readonly number[]): (days: readonly number[]) => Moments {
  if (bySetPos.length === 0) return (days) => combine(days, times);
  // A daily rule picks from each day, though its days come by the month.
  if (freq === "DAILY") {
    const picked = pickIndexes(bySetPos, times.length).flatMap((index) => times[index] ?? []);
    return (days) => combine(days, picked);
  }
  return (days) => {
    const all = combine(days, times);
    const picked = pickIndexes(bySetPos, all.length);
    return { length: picked.length, at: (index) => all.at(picked[index] ?? 0) };
  };
}

/** Each time of each day. */
function combine(days: readonly number[], times: readonly number[]): Moments {
  return {
    length: days.length * times.length,
    at: (index) => (days[Math.floor(index / times.length)] ?? 0) * DAY_MINUTES + (times[index % times.length] ?? 0),
  };
}

/** The moments without those that are earlier than one. */
export function dropBefore(moments: Moments, minutes: number): Moments {
  const dropped = countBefore(moments, minutes);
  if (dropped === 0) return moments;
  return { length: moments.length - dropped, at: (index) => moments.at(index + dropped) };
}

/** How many moments are earlier than one, by halving. */
export function countBefore({ length, at }: Moments, minutes: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (at(middle) < minutes) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The indexes in a list that BYSETPOS means: 1 is the first, -1 the last. */
function pickIndexes(positions: readonly number[], length: number): number[] {
  const indexes = positions.map((position) => (position > 0 ? position - 1 : length + position));
  return sortUnique(indexes.filter((index) => index >= 0 && index < length));
}
