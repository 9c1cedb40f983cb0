import type { Command } from "commander";
import { type CommandContext, defineCommand } from "../context.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { printJson } from "../output/print.ts";

/** `createFullProgram` makes a program with all commands. */
export function registerHelp(
  program: Command,
  context: CommandContext,
  createFullProgram: () => Promise<Command>,
): void {
  defineCommand(program, "help", {
    summary: "explain a command or a topic",
    examples: ["todo help", "todo help edit", "todo help db migrate", "todo help filters"],
    without: ["quiet", "color", "noColor", "db"],
  })
    .argument("[words...]", "a command with its subcommand, or a topic")
    .action(async (words: string[], flags: CommonFlags) =>
      help(context.start(flags), await createFullProgram(), words),
    );
}

/** Prints the help on a command or a topic. Throws `usage` for words that are neither. */
export async function help(invocation: Invocation, program: Command, words: readonly string[]): Promise<void> {
  const { out } = invocation.io;
  const [{ findHelp }, { formatFor }] = await Promise.all([
    import("../help/find-help.ts"),
    import("../help/format-help.ts"),
  ]);
  const sections = await findHelp(program, words);
  if (invocation.format === "json") return printJson(invocation, { sections });
  out.write(formatFor(out, sections));
}
