import type { Condition, Status } from "../../domain/query/query.ts";
import { readFilter } from "../../services/tasks/read-filter.ts";
import { findContext } from "../config/config.ts";
import type { TaskOutput } from "../output/output.ts";

/** A run of a command that lists tasks. */
type Listing = TaskOutput & { readonly literal: readonly string[]; readonly usesContext: boolean };

/**
 * The conditions of a command that lists tasks, from its terms, the words behind `--` and the context, which it names. `otherwise` is
 * as in `readFilter`. Throws as that does, and for a context that can't be used.
 */
export async function readListFilter(
  listing: Listing,
  terms: readonly string[],
  otherwise: Status = "pending",
): Promise<Condition[]> {
  const { literal, io, workspace } = listing;
  const context = listing.usesContext ? findContext(io) : undefined;
  if (!context) return readFilter({ terms, literal, otherwise }, io.system, workspace);
  const { announceContext } = await import("./announce-context.ts");
  const within = [await announceContext(listing, context)];
  return readFilter({ terms, literal, within, otherwise }, io.system, workspace);
}

/** Whether a list is of less than all open tasks. */
export function isNarrowed(listing: Listing, terms: readonly string[]): boolean {
  return terms.length > 0 || listing.literal.length > 0 || hasContext(listing);
}

/** Whether there is a context, and it counts. */
export function hasContext({ io, usesContext }: Listing): boolean {
  return usesContext && findContext(io) !== undefined;
}
