import { hasCode, type TodoError } from "../../domain/errors.ts";
import type { Registers } from "../../domain/task/registers.ts";
import { readFilter } from "../tasks/read-filter.ts";
import type { Workspace } from "../workspace.ts";

/** Reads the text of a filter where the user's profile is this one. Throws what reading a filter throws. */
export async function checkFilter(workspace: Workspace, profile: Registers, text: string): Promise<void> {
  const store = { ...workspace.store, profile: async () => profile };
  await readFilter({ terms: [text] }, workspace.system, async () => ({ ...workspace, store }));
}

/** The same, answered: what is wrong with the filter, or null. */
export async function findProblem(workspace: Workspace, profile: Registers, text: string): Promise<TodoError | null> {
  try {
    await checkFilter(workspace, profile, text);
    return null;
  } catch (error) {
    if (hasCode(error, "invalid_input", "usage", "not_found", "ambiguous")) return error;
    throw error;
  }
}
