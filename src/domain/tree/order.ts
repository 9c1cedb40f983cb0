import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing";
import { TodoError } from "../errors.ts";
import { compareBytes } from "../task/registers.ts";
import { compareText } from "../task/text.ts";

/**
 * The length of a rank that is longer than any list of people needs: a thousand moves into one gap make 169 characters. Ranks are
 * given anew when one would be longer.
 */
export const MAX_RANK_LENGTH = 200;

/** What the order of tasks needs of one. */
export type Ranked = { readonly id: string; readonly rank: string | null };

/** Where a task is put among those that have the same parent. */
export type Place =
  | { readonly kind: "first" }
  | { readonly kind: "last" }
  | { readonly kind: "before"; readonly id: string }
  | { readonly kind: "after"; readonly id: string };

/** The order of siblings: by rank, those without one behind, and by id, which is the order in which they were made. */
export function compareByRank(one: Ranked, other: Ranked): number {
  // UUIDs are ASCII, for which the order of JavaScript is that of bytes, and much faster.
  if (one.rank === other.rank) return compareText(one.id, other.id);
  if (one.rank === null) return 1;
  if (other.rank === null) return -1;
  return compareBytes(one.rank, other.rank);
}

/** True for a rank to which the library can find a neighbour. Another version, or another program, may have written any text. */
export function isRank(text: string | null): text is string {
  if (text === null || text.length > MAX_RANK_LENGTH || !/^[A-Za-z][0-9A-Za-z]*$/.test(text)) return false;
  try {
    generateKeyBetween(text, null);
    return true;
  } catch {
    return false;
  }
}

/**
 * The ranks to write so that tasks come to a place among their siblings, one after another in the order in which they are named.
 * Mostly these are their own. Neighbours get one too if they have none yet, or one that leaves no gap.
 */
export function planRanks(siblings: readonly Ranked[], moved: readonly Ranked[], place: Place): Ranked[] {
  const written = new Map<string, Ranked>();
  let order = siblings.toSorted(compareByRank);
  let next = place;
  for (const task of moved) {
    const present = order.findIndex(({ id }) => id === task.id);
    const others = present < 0 ? order : order.toSpliced(present, 1);
    const at = findIndex(others, task, next);
    const placed = others.toSpliced(at, 0, written.get(task.id) ?? task);
    const ranks = rankOne(placed, at);
    for (const rank of ranks) written.set(rank.id, rank);
    // Mostly it is the one that was put there. There can be a hundred thousand siblings.
    const [only, another] = ranks;
    order = only && !another ? placed.with(at, only) : placed.map((each) => written.get(each.id) ?? each);
    if (place.kind !== "last") next = { kind: "after", id: task.id };
  }
  return [...written.values()];
}

/** The ranks with which one task stands where it was put in an order that is right without it. */
function rankOne(order: readonly Ranked[], at: number): Ranked[] {
  const [before, moved, after] = [order[at - 1], order[at], order[at + 1]];
  if (moved === undefined || stands(before, moved, after)) return [];
  const unranked = { id: moved.id, rank: null };
  if (before?.rank === null && stands(before, unranked, after)) return [unranked];
  const ranks = rankRun(order, at);
  return ranks.some(({ rank }) => !isRank(rank)) ? rankAnew(order, ranks) : ranks;
}

function stands(before: Ranked | undefined, task: Ranked, after: Ranked | undefined): boolean {
  const isBehind = before === undefined || compareByRank(before, task) < 0;
  return isBehind && (after === undefined || compareByRank(task, after) < 0);
}

function findIndex(others: readonly Ranked[], moved: Ranked, place: Place): number {
  if (place.kind === "first") return 0;
  if (place.kind === "last") return others.length;
  const refuse = (message: string, issue: string) =>
    new TodoError("invalid_input", message, { issues: [{ path: place.kind, message: issue }] });
  if (place.id === moved.id) throw refuse("a task can't be placed beside itself", "it is the task itself");
  const at = others.findIndex(({ id }) => id === place.id);
  if (at < 0) throw refuse("a task is placed beside one that has the same parent", "it has another parent");
  return place.kind === "before" ? at : at + 1;
}

/**
 * New ranks for the moved task and for the neighbours that stand in its way: those before it without a rank, and those after it
 * whose rank is not behind the last good one.
 */
function rankRun(order: readonly Ranked[], moved: number): Ranked[] {
  let from = moved;
  while (from > 0 && !isRank(order[from - 1]?.rank ?? null)) from -= 1;
  const lower = order[from - 1]?.rank ?? null;
  let to = moved + 1;
  while (isInTheWay(order[to]?.rank ?? null, lower)) to += 1;
  const run = order.slice(from, to);
  return assign(run, generateNKeysBetween(lower, order[to]?.rank ?? null, run.length));
}

function isInTheWay(rank: string | null, lower: string | null): boolean {
  if (rank === null) return false;
  return !isRank(rank) || (lower !== null && rank <= lower);
}

/** Short ranks for all that have one, and for those that are about to get one. */
function rankAnew(order: readonly Ranked[], planned: readonly Ranked[]): Ranked[] {
  const given = new Set(planned.map(({ id }) => id));
  const ranked = order.filter(({ id, rank }) => rank !== null || given.has(id));
  return assign(ranked, generateNKeysBetween(null, null, ranked.length));
}

function assign(tasks: readonly Ranked[], ranks: readonly string[]): Ranked[] {
  return tasks.map(({ id }, at) => ({ id, rank: ranks[at] ?? null }));
}
