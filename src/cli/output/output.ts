import type { Workspace } from "../../services/workspace.ts";
import type { Io } from "../platform/io.ts";
import type { Paint } from "./paint.ts";

/** What results are printed as. */
export type Format = "text" | "json" | "ndjson" | "quiet";

/** Where a command prints, and how. */
export type Output = { readonly io: Io; readonly format: Format; readonly paint: Paint };

/** The same for tasks. Their handles are shown as short as all tasks of the user allow. */
export type TaskOutput = Output & { readonly workspace: () => Promise<Workspace> };
