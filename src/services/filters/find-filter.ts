import { pickFilter, readSavedFilters, type SavedFilter } from "../../domain/query/saved-filters.ts";
import type { Workspace } from "../workspace.ts";
import { type CheckedFilter, checkFilter } from "./check-filter.ts";

/** The saved filter of this name, in any case. Throws `not_found` with the nearest names. */
export async function findFilter({ store, user }: Workspace, name: string): Promise<SavedFilter> {
  return pickFilter(readSavedFilters(await store.profile(user)), name);
}

/** The same, and what is wrong with it. */
export async function findCheckedFilter(workspace: Workspace, name: string): Promise<CheckedFilter> {
  const profile = await workspace.store.profile(workspace.user);
  return checkFilter(workspace, profile, pickFilter(readSavedFilters(profile), name));
}
