import { handleOf } from "../../domain/task/handle.ts";
import { escapeControls } from "./escape.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The handle of the task with an id. Another version may have written something else. */
export function nameTask(id: string): string {
  return UUID.test(id) ? handleOf(id) : escapeControls(id);
}
