import type { Condition } from "../../domain/query/query.ts";
import { readFilter } from "../../services/tasks/read-filter.ts";
import type { TaskOutput } from "../output/output.ts";

/** The conditions of a command that lists tasks, from its terms and the words behind `--`. Throws as `readFilter` does. */
export function readListFilter(
  { literal, io, workspace }: TaskOutput & { readonly literal: readonly string[] },
  terms: readonly string[],
): Promise<Condition[]> {
  return readFilter({ terms, literal }, io.system, workspace);
}
