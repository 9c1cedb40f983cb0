import { handleOfNamed } from "../../domain/task/handle.ts";
import { escapeControls } from "../../domain/escape.ts";

/** The handle of the task with an id. Another version may have written something else. */
export function nameTask(id: string): string {
  return escapeControls(handleOfNamed(id));
}
