import type { Command } from "commander";
import { collect, once, REFS_ARGUMENT } from "./context.ts";
import type { WhereFlags } from "./input/choose-tasks.ts";

const REFS_OR_INPUT = `${REFS_ARGUMENT[1]}; - reads them from standard input`;

/** What the help says of commands that take a filter. */
export const BY_FILTER = {
  paragraphs: [
    "--where shows what it finds and asks first, even about one task. A script adds --yes, or --expect 3 to go on only if it finds exactly three. A task that meets the filter only after the question is not changed.",
  ],
};

/** Adds the references, and the filter that finds tasks in their place. */
export function addTaskOptions(command: Command, description = REFS_OR_INPUT): Command {
  return command
    .hook("preAction", () => {
      if (command.args.length > 0 || command.opts<WhereFlags>().where) return;
      command.error("missing required argument 'ref'", { code: "commander.missingArgument" });
    })
    .argument("[ref...]", description)
    .option("--where <filter>", "all tasks that a filter finds; given several times, all must hold", collect)
    .option("-y, --yes", "ask nothing about the tasks")
    .option("--expect <count>", "ask nothing, and change nothing if --where finds another number", once("expect"));
}
