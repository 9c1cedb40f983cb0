import { tryRead } from "../../domain/errors.ts";
import { parseEvery } from "../../domain/recurrence/every.ts";
import type { ForeignRecurrence } from "../found.ts";

const UNITS: Readonly<Record<string, string>> = { d: "days", w: "weeks", m: "months", y: "years" };

/**
 * `rec:2w` comes again two weeks after it was done, `rec:+2w` two weeks after it was due (todo.txt, issue 8). undefined for what tasks
 * here can't have, such as `3b`, every third working day.
 */
export function readRec(value: string, due: string): ForeignRecurrence | undefined {
  const [, plus, count, unit = ""] = /^(\+?)(\d+)([dwmyb])$/.exec(value) ?? [];
  if (count === undefined || (unit === "b" && count !== "1")) return undefined;
  const period = unit === "b" ? "workday" : `${count} ${UNITS[unit]}`;
  const every = tryRead(() => parseEvery(plus === "+" ? period : `${period} when done`, due, due));
  return every && { rule: every.rule, from: plus === "+" ? "due" : "completion" };
}
