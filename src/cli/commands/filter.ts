import type { Command } from "commander";
import { type CommandContext, defineNoun } from "../context.ts";
import { filterList } from "./filter/list.ts";
import { registerFilterRm } from "./filter/rm.ts";
import { registerFilterSave } from "./filter/save.ts";
import { registerFilterShow } from "./filter/show.ts";

/** The commands for saved filters. */
export function registerFilter(program: Command, context: CommandContext): void {
  const options = {
    quiet: "names",
    summary: "save filters under a name, for all your devices",
    listSummary: "list your saved filters",
    examples: ["todo filter", "todo filter save errands +shop due.before:eow", "todo list filter:errands"],
  };
  const { group, inner } = defineNoun(program, context, "filter", options, filterList);
  for (const register of [registerFilterSave, registerFilterShow, registerFilterRm]) register(group, inner);
}
