import type { LocalTime } from "../../domain/dates/local-time.ts";
import { readFilter as readWords } from "../../domain/query/filter.ts";
import type { Condition, Status } from "../../domain/query/query.ts";
import type { Workspace } from "../workspace.ts";

/**
 * A filter as it is typed: arguments, each read by itself, and words that are text whatever they look like. `within` is the text of
 * another filter that must hold as well, as if each of the two stood in parentheses. `otherwise` is the status of the tasks that
 * are meant if the filter says nothing about it; without it they are pending.
 */
export type FilterWords = {
  readonly terms: readonly string[];
  readonly literal?: readonly string[];
  readonly within?: string;
  readonly otherwise?: Status;
};

/**
 * The conditions of a filter, all of which must hold. The workspace is opened only for a filter that names tasks or other
 * filters. Throws `invalid_input` for what is not understood, and what finding a named task throws.
 */
export async function readFilter(
  { terms, literal = [], within, otherwise }: FilterWords,
  system: LocalTime,
  _open: () => Promise<Workspace>,
): Promise<Condition[]> {
  return readWords(within === undefined ? terms : [within, ...terms], literal, system, otherwise);
}
