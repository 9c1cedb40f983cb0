import type { Command } from "commander";
import { TodoError } from "../../domain/errors.ts";
import { findOwnSetting, type ListKey } from "../config/config.ts";
import { isForReading, type Output } from "../output/output.ts";
import type { ListLook } from "../output/view.ts";
import { readColumns } from "./columns.ts";

/** The flags that say how the tasks of a list look. */
export type LookFlags = {
  readonly pager?: boolean;
  readonly columns?: string;
  readonly template?: string;
  readonly count?: boolean;
  /** Of the commands that have a limit. */
  readonly limit?: string;
};

/** Adds the options that say how tasks look to a command that lists some. `readLook` reads them, but for `--count`. */
export function addLookOptions(command: Command): Command {
  return command
    .option("--columns <names>", "show these columns, with commas between; see todo help layout")
    .option("--template <text>", 'print each task as in this text, such as "{title} {due}"')
    .option("--count", "print only how many tasks there are");
}

/** How tasks are to look. Throws `usage`. */
export function readLook(output: Output, { pager, columns, template, count, limit }: LookFlags): ListLook {
  if (count && limit !== undefined) throw new TodoError("usage", "--count and --limit exclude each other");
  const usePager = pager !== false;
  if (template !== undefined) {
    const other = count ? "count" : columns === undefined ? undefined : "columns";
    if (other) throw new TodoError("usage", `--${other} and --template exclude each other`);
    return { usePager, template };
  }
  const names = findChoice(output, columns, "list.columns");
  return { usePager, columns: names === undefined ? undefined : readColumns(names, "--columns") };
}

/**
 * What somebody chose of how a list looks: by a flag, or by a setting. Settings count on a terminal alone, so that a script gets the same on
 * every machine. Throws `usage` for a setting that is not allowed.
 */
export function findChoice(output: Output, flag: string | undefined, key: ListKey): string | undefined {
  return flag ?? (isForReading(output) ? findOwnSetting(output.io, key) : undefined);
}
