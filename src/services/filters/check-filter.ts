import { hasCode, type TodoError } from "../../domain/errors.ts";
import type { Registers } from "../../domain/task/registers.ts";
import { readFilter } from "../tasks/read-filter.ts";
import type { Workspace } from "../workspace.ts";

/** The same workspace, where the user's profile is this one. */
export function withProfile(workspace: Workspace, profile: Registers): Workspace {
  return { ...workspace, store: { ...workspace.store, profile: async () => profile } };
}

/** Reads the text of a filter. Throws what reading a filter throws. */
export async function checkFilter(workspace: Workspace, text: string): Promise<void> {
  await readFilter({ terms: [text] }, workspace.system, async () => workspace);
}

/** The same, answered: what is wrong with the filter, or null. */
export async function findProblem(workspace: Workspace, text: string): Promise<TodoError | null> {
  try {
    await checkFilter(workspace, text);
    return null;
  } catch (error) {
    if (hasCode(error, "invalid_input", "usage", "not_found", "ambiguous")) return error;
    throw error;
  }
}
