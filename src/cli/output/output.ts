import type { Workspace } from "../../services/workspace.ts";
import type { Io } from "../platform/io.ts";
import type { Paint } from "./paint.ts";

/** The format of results. Only lists know `template`, and print each task as in a text. */
export type Format = "text" | "json" | "ndjson" | "quiet" | "template";

/** The output of a command and its format. */
export type Output = { readonly io: Io; readonly format: Format; readonly paint: Paint };

/** The same for tasks. Handles are shown as short as all tasks of the user allow. */
export type TaskOutput = Output & {
  readonly workspace: () => Promise<Workspace>;
  /** True if nothing is written, and what would be is only told. */
  readonly isDryRun: boolean;
};

/** Whether a person reads it, who sees as much as the terminal is high. */
export function isForReading({ io, format }: Output): boolean {
  return format === "text" && io.out.isTerminal();
}
