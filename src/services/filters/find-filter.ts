import { TodoError } from "../../domain/errors.ts";
import { findNearest, suggestOneOf } from "../../domain/nearest.ts";
import { foldFilterName, readSavedFilters, type SavedFilter } from "../../domain/query/saved-filters.ts";
import type { Registers } from "../../domain/task/registers.ts";
import { quoteShort } from "../../domain/task/text.ts";
import type { Workspace } from "../workspace.ts";

/** The saved filter of this name, in any case. Throws `not_found` with the nearest names. */
export async function findFilter({ store, user }: Workspace, name: string): Promise<SavedFilter> {
  return pickFilter(await store.profile(user), name);
}

/** The same, of a profile that was read already. */
export function pickFilter(profile: Registers, name: string): SavedFilter {
  const filters = readSavedFilters(profile);
  const found = filters.get(foldFilterName(name));
  if (found) return found;
  const near = findNearest(foldFilterName(name), [...filters.keys()]).flatMap((each) => filters.get(each)?.name ?? []);
  throw new TodoError("not_found", `there is no saved filter ${quoteShort(name)}`, {
    hints: near.length > 0 ? suggestOneOf(near) : ["See those that there are: todo filter list"],
  });
}
