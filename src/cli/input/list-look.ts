import type { Command } from "commander";
import { findOwnSetting } from "../config/config.ts";
import { isForReading, type Output } from "../output/output.ts";
import type { ListLook } from "../output/view.ts";
import { readColumns } from "./columns.ts";

/** The flags that say how the tasks of a list look. */
export type LookFlags = { readonly pager?: boolean; readonly columns?: string };

/** Adds the options that say how tasks look to a command that lists some. `readLook` reads them. */
export function addLookOptions(command: Command): Command {
  return command.option("--columns <names>", "show these columns, with commas between; see todo help layout");
}

/**
 * How tasks are to look. Settings count on a terminal alone, so that a script gets the same on every machine. Throws
 * `usage`.
 */
export function readLook(output: Output, { pager, columns }: LookFlags): ListLook {
  const usePager = pager !== false;
  if (columns !== undefined) return { usePager, columns: readColumns(columns, "--columns") };
  const setting = isForReading(output) ? findOwnSetting(output.io, "list.columns") : undefined;
  return { usePager, columns: setting === undefined ? undefined : readColumns(setting, "list.columns") };
}
