import { hasCode, type TodoError } from "../../domain/errors.ts";
import type { SavedFilter } from "../../domain/query/saved-filters.ts";
import type { Registers } from "../../domain/task/registers.ts";
import { readFilter } from "../tasks/read-filter.ts";
import type { Workspace } from "../workspace.ts";

/** A saved filter, and what is wrong with it: another version may have saved it, or a task that it names is gone. */
export type CheckedFilter = SavedFilter & { readonly problem: TodoError | null };

/** Reads a filter beside the others of a profile. Throws what reading a filter throws. */
export async function requireReadable(
  workspace: Workspace,
  profile: Registers,
  { text }: Pick<SavedFilter, "text">,
): Promise<void> {
  const store = {
    ...workspace.store,
    profile: async () => profile,
    // Whether a filter can be read does not depend on which tasks are blocked, nor on what is below one. To find these takes long.
    find: async () => ({ tasks: [] }),
    openDependencies: async () => new Map(),
  };
  await readFilter({ terms: [text] }, workspace.system, async () => ({ ...workspace, store }));
}

/** The filter, and what is wrong with it. */
export async function checkFilter(
  workspace: Workspace,
  profile: Registers,
  filter: SavedFilter,
): Promise<CheckedFilter> {
  try {
    await requireReadable(workspace, profile, filter);
    return { ...filter, problem: null };
  } catch (error) {
    if (hasCode(error, "invalid_input", "usage", "not_found", "ambiguous")) return { ...filter, problem: error };
    throw error;
  }
}
