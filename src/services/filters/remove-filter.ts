import { filterFields, pickFilter, readSavedFilters, type SavedFilter } from "../../domain/query/saved-filters.ts";
import type { Workspace } from "../workspace.ts";

/** Removes a saved filter and answers what it was. Throws `not_found`. */
export async function removeFilter({ store, user, system }: Workspace, name: string): Promise<SavedFilter> {
  const profile = await store.profile(user);
  const filter = pickFilter(readSavedFilters(profile), name);
  await store.editProfile(user, filterFields(profile, filter.name, null), system.now());
  return filter;
}
