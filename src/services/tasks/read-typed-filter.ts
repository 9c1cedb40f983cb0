import type { LocalTime } from "../../domain/dates/local-time.ts";
import { join } from "../../domain/query/filter/expression.ts";
import { asksForOthers } from "../../domain/query/filter/found.ts";
import { parseFilter, type TypedWords } from "../../domain/query/filter/parse.ts";
import { toConditions } from "../../domain/query/filter/to-conditions.ts";
import type { Condition, Status } from "../../domain/query/query.ts";
import type { Workspace } from "../workspace.ts";

/** The conditions of a filter that says something. `readFilter` says what it is made of, and what is thrown. */
export async function readTypedFilter(
  { within, otherwise, ...words }: TypedWords & { readonly within: readonly string[]; readonly otherwise: Status },
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
