import { hasCode, type TodoError, tryRead } from "../../domain/errors.ts";
import { requireReadable } from "../../services/filters/check-filter.ts";
import { findOwnSetting, findVariable } from "../config/config.ts";
import type { TaskOutput } from "../output/output.ts";
import type { Io } from "../platform/io.ts";
import { readView } from "./view-names.ts";

/** What is wrong with the saved filter that a view names, if it names one: it may be gone, or of another version. */
export async function findViewProblem(output: TaskOutput, view: string): Promise<TodoError | undefined> {
  if (readView(view, "view") !== undefined) return undefined;
  const workspace = await output.workspace();
  try {
    await requireReadable(workspace, await workspace.store.profile(workspace.user), { text: view });
    return undefined;
  } catch (error) {
    if (hasCode(error, "invalid_input", "usage", "not_found", "ambiguous")) return error;
    throw error;
  }
}

/** The view that can't be shown, and what to type so that `todo` alone is another one. Undefined if it can be shown, and for a setting that is no view. */
export async function describeBrokenView(output: TaskOutput): Promise<string | undefined> {
  const view = tryRead(() => findOwnSetting(output.io, "view"));
  const problem = view === undefined ? undefined : await findViewProblem(output, view);
  return (
    problem && `${view} can't be shown as your view: ${problem.message}. To choose another: ${adviseView(output.io)}`
  );
}

function adviseView(io: Io): string {
  const variable = findVariable(io, "view");
  return variable === undefined ? "todo config set view VIEW" : `unset ${variable}`;
}
