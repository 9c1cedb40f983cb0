import type { Command } from "commander";
import { joinArguments } from "../../../domain/query/filter/join-arguments.ts";
import { saveFilter } from "../../../services/filters/save-filter.ts";
import { type CommandContext, defineCommand } from "../../context.ts";
import type { CommonFlags, Invocation } from "../../invocation.ts";
import { describeFilter, describeSaving } from "../../output/filters.ts";
import { sayVerb } from "../../output/outcome.ts";
import { printJson, printNote, printText } from "../../output/print.ts";

export function registerFilterSave(group: Command, context: CommandContext): void {
  defineCommand(group, "save", {
    summary: "save a filter, also over one of that name",
    examples: ["todo filter save errands +shop due.before:eow", "todo filter save work 'project:Work or +work'"],
    writes: true,
  })
    .argument("<name>", "one word, which filter:NAME and todo context take")
    .argument("[filter...]", "terms as in todo list; see todo help filters")
    .action((name: string, terms: string[], flags: CommonFlags) => filterSave(context.start(flags), name, terms));
}

/** Saves a filter and says what was saved under that name before. Throws `invalid_input` for a name or a filter that can't be. */
export async function filterSave(invocation: Invocation, name: string, terms: readonly string[]): Promise<void> {
  const { io, literal } = invocation;
  const text = joinArguments({ terms, literal }, io.system);
  const { filter, before } = await saveFilter(await invocation.workspace(), { name, text });
  if (invocation.format === "json") {
    return printJson(invocation, { name: filter.name, filter: filter.text, before: before?.text ?? null });
  }
  if (invocation.format === "quiet") return;
  printText(invocation, `${sayVerb(invocation, "Saved", "save")} ${describeFilter(filter)}`);
  if (!invocation.isDryRun && before && before.text !== filter.text)
    printNote(invocation, `It was: ${describeSaving(before)}`);
}
