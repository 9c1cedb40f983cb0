import { pickFilter, readSavedFilters, type SavedFilter } from "../../domain/query/saved-filters.ts";
import type { Workspace } from "../workspace.ts";

/** The saved filter of this name, in any case. Throws `not_found` with the nearest names. */
export async function findFilter({ store, user }: Workspace, name: string): Promise<SavedFilter> {
  return pickFilter(readSavedFilters(await store.profile(user)), name);
}
