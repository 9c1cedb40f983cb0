import type { LocalTime } from "../../domain/dates/local-time.ts";
import { limitStatus } from "../../domain/query/limit-status.ts";
import type { TypedWords } from "../../domain/query/filter/parse.ts";
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
  { within = [], otherwise = "pending", terms, literal = [] }: FilterWords,
  system: LocalTime,
  open: () => Promise<Workspace>,
): Promise<Condition[]> {
  if ([...terms, ...literal, ...within].length === 0) return limitStatus(otherwise, system);
  // The reader of filters is large, and most lists have none.
  const { readTypedFilter } = await import("./read-typed-filter.ts");
  return readTypedFilter({ terms, literal, within, otherwise }, system, open);
}
