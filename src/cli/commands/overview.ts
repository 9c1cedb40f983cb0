import type { Command } from "commander";
import { addCommonOptions, type CommandContext, NO_CONTEXT_OPTION, NO_PAGER_OPTION } from "../context.ts";
import { addGlobalOption } from "../global-options.ts";
import { OVERVIEW } from "../input/command-line.ts";
import { hasContext, readListFilter } from "../input/list-filter.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { isForReading } from "../output/output.ts";
import { list } from "./list.ts";

/** The hidden command that `todo` alone runs. */
export function registerOverview(program: Command, context: CommandContext): void {
  const command = program.command(OVERVIEW, { hidden: true });
  for (const name of ["json", "ndjson", "quiet"] as const) addGlobalOption(command, name);
  command.option(...NO_CONTEXT_OPTION).option(...NO_PAGER_OPTION);
  addCommonOptions(command).action((flags: CommonFlags) => overview(context.start(flags), flags));
}

/** Shows what fits on a terminal. Programs and pipes get the whole list. */
async function overview(invocation: Invocation, flags: CommonFlags): Promise<void> {
  if (!isForReading(invocation)) return list(invocation, [], flags);
  const { printOverview } = await import("../output/overview.ts");
  return printOverview(invocation, hasContext(invocation) ? await readListFilter(invocation, []) : []);
}
