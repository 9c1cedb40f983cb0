import type { TodoError } from "../../domain/errors.ts";
import { readSavedFilters, type SavedFilter } from "../../domain/query/saved-filters.ts";
import type { Workspace } from "../workspace.ts";
import { findProblem, withProfile } from "./check-filter.ts";

/** A saved filter, and what is wrong with it: another version may have saved it, or a task that it names is gone. */
export type CheckedFilter = SavedFilter & { readonly problem: TodoError | null };

/** All saved filters of the user by their names. */
export async function listFilters(workspace: Workspace): Promise<CheckedFilter[]> {
  const profile = await workspace.store.profile(workspace.user);
  const within = withProfile(workspace, profile);
  const checked: CheckedFilter[] = [];
  for (const filter of readSavedFilters(profile).values()) {
    checked.push({ ...filter, problem: await findProblem(within, filter.text) });
  }
  return checked;
}
