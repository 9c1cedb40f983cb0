import type { Figure } from "./wrk.ts";
import { formatRows } from "../page.ts";

export type Measured = {
  readonly name: string;
  readonly connections: number;
  readonly todo: Figure;
  readonly floor: Figure;
  readonly memory: { readonly now: number; readonly most: number };
};

const HEADER = ["operation", "connections", "todo", "floor", "of the floor", "p50", "p99", "floor p50", "floor p99"];

/** A case a row. */
export function formatCases(cases: readonly Measured[]): string {
  return formatRows(
    [...HEADER, "errors", "memory after", "at most"],
    cases.map(({ name, connections, todo, floor, memory }) => [
      name,
      String(connections),
      formatRate(todo.perSecond),
      formatRate(floor.perSecond),
      `${((100 * todo.perSecond) / floor.perSecond).toFixed(0)} %`,
      ...[todo.p50, todo.p99, floor.p50, floor.p99].map(formatTime),
      // Of both, because a floor that refuses is none.
      floor.errors === 0 ? String(todo.errors) : `${todo.errors}, floor ${floor.errors}`,
      `${memory.now.toFixed(0)} MB`,
      `${memory.most.toFixed(0)} MB`,
    ]),
  );
}

/** What a mixed load did, and the memory from its beginning to its end. */
export function formatMixed(
  figure: Figure,
  memory: readonly { readonly second: number; readonly now: number }[],
): string {
  const { p50, p99, errors } = figure;
  const said = `Mixed: ${formatRate(figure.perSecond)}, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, errors ${errors}. Memory of the server:`;
  const table = formatRows(
    ["second", ...memory.map(({ second }) => String(second))],
    [["MB", ...memory.map(({ now }) => now.toFixed(0))]],
  );
  return `${said}\n\n${table}`;
}

/** So many a second. */
export function formatRate(perSecond: number): string {
  return `${Math.round(perSecond).toLocaleString("en")}/s`;
}

/** Milliseconds. */
export function formatTime(time: number): string {
  return `${time.toFixed(time < 10 ? 2 : 1)} ms`;
}
