import type { LocalTime } from "../../domain/dates/local-time.ts";
import { join } from "../../domain/query/filter/expression.ts";
import { asksForOthers } from "../../domain/query/filter/found.ts";
import { parseFilter, type TypedWords } from "../../domain/query/filter/parse.ts";
import { toConditions } from "../../domain/query/filter/to-conditions.ts";
import type { Condition, Status } from "../../domain/query/query.ts";
import type { Workspace } from "../workspace.ts";

/**
 * A filter as it is typed: arguments, each read by itself, and words that are text whatever they look like. `within` are texts of
 * other filters that must hold as well, as if each stood in parentheses. `otherwise` is the status of the tasks that
 * are meant if the filter says nothing about it; without it they are pending.
 */
export type FilterWords = TypedWords & { readonly within?: readonly string[]; readonly otherwise?: Status };

/**
 * The conditions of a filter, all of which must hold. The workspace is opened only for a filter that names tasks or other
 * filters, or asks what is blocked. Throws `invalid_input` for what is not understood, and `not_found` or `ambiguous` for what it
 * names. Each error has its place in the filter.
 */
export async function readFilter(
  { within = [], otherwise, ...words }: FilterWords,
  system: LocalTime,
  open: () => Promise<Workspace>,
): Promise<Condition[]> {
  const others = within.map((text) => parseFilter({ terms: [text] }, system));
  const expression = join("and", [...others, parseFilter(words, system)]);
  const nothing = { system, tasks: new Map(), blocked: [], blocking: [] };
  if (!asksForOthers(expression)) return toConditions(expression, nothing, otherwise);
  const { lookUp } = await import("./look-up-filter.ts");
  const found = await lookUp(expression, await open(), system);
  return toConditions(found.expression, found, otherwise);
}
