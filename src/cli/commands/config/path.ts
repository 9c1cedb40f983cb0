import type { Command } from "commander";
import { configPath } from "../../config/config.ts";
import { type CommandContext, defineCommand } from "../../context.ts";
import { escapeControls } from "../../../domain/escape.ts";
import { printJson, printText } from "../../output/print.ts";
import type { CommonFlags, Invocation } from "../../invocation.ts";

export function registerConfigPath(group: Command, context: CommandContext): void {
  defineCommand(group, "path", {
    quiet: "the path",
    summary: "print the path of the settings file",
    without: ["db"],
    examples: ["todo config path", '"$EDITOR" "$(todo config path)"'],
  }).action((flags: CommonFlags) => configPathOf(context.start(flags)));
}

/** Prints the path of the file, whether it exists or not. Throws `usage` if the environment names no folder for it. */
export function configPathOf(invocation: Invocation): void {
  const path = configPath(invocation.io);
  if (invocation.format === "json") return printJson(invocation, { path });
  printText(invocation, escapeControls(path));
}
