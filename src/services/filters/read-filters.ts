import { readSavedFilters } from "../../domain/query/saved-filters.ts";
import type { Workspace } from "../workspace.ts";

/** The texts of the user's saved filters by their names in lower case. */
export async function readFilters({ store, user }: Workspace): Promise<ReadonlyMap<string, string>> {
  const filters = readSavedFilters(await store.profile(user));
  return new Map([...filters].map(([folded, { text }]) => [folded, text]));
}
