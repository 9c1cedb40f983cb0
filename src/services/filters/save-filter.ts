import {
  checkFilterName,
  checkFilterText,
  filterFields,
  foldFilterName,
  readSavedFilters,
  type SavedFilter,
} from "../../domain/query/saved-filters.ts";
import type { Workspace } from "../workspace.ts";
import { requireReadable } from "./check-filter.ts";
import { requireRoom } from "./require-room.ts";

/** A filter as it is saved now, and what it was, or null for a new one. */
export type SavedOutcome = { readonly filter: SavedFilter; readonly before: SavedFilter | null };

/**
 * Saves a filter under a name, also over one of that name in another case. Throws `invalid_input` for a name that can't be, for a text
 * that is no filter or uses itself, and if the profile has no room for it.
 */
export async function saveFilter(workspace: Workspace, typed: SavedFilter): Promise<SavedOutcome> {
  const { store, user, system } = workspace;
  const filter = { name: checkFilterName(typed.name), text: checkFilterText(typed.text) };
  const profile = await store.profile(user);
  const before = readSavedFilters(profile).get(foldFilterName(filter.name)) ?? null;
  if (before?.name === filter.name && before.text === filter.text) return { filter, before };
  const fields = filterFields(profile, filter.name, filter.text);
  const now = system.now();
  const next = requireRoom(profile, fields, now);
  // As the filters will be, so that one that would use itself is found.
  await requireReadable(workspace, next, filter);
  await store.editProfile(user, fields, now);
  return { filter, before };
}
