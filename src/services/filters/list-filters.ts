import { readSavedFilters } from "../../domain/query/saved-filters.ts";
import type { Workspace } from "../workspace.ts";
import { type CheckedFilter, checkFilter } from "./check-filter.ts";

/** All saved filters of the user by their names. */
export async function listFilters(workspace: Workspace): Promise<CheckedFilter[]> {
  const profile = await workspace.store.profile(workspace.user);
  const checked: CheckedFilter[] = [];
  for (const filter of readSavedFilters(profile).values()) {
    checked.push(await checkFilter(workspace, profile, filter));
  }
  return checked;
}
