import type { Command } from "commander";
import { configPath, findVariable } from "../../config/config.ts";
import { removeSetting } from "../../config/changes.ts";
import { CONFIG_KEYS, requireKey } from "../../config/keys.ts";
import { type CommandContext, defineCommand } from "../../context.ts";
import { escapeControls } from "../../../domain/escape.ts";
import { printJson, printNote, printText } from "../../output/print.ts";
import type { CommonFlags, Invocation } from "../../invocation.ts";

export function registerConfigUnset(group: Command, context: CommandContext): void {
  defineCommand(group, "unset", {
    summary: "remove a setting, so that its default counts again",
    without: ["db"],
    examples: ["todo config unset server", "todo config unset server --json"],
  })
    .argument("<key>", CONFIG_KEYS.join(", "))
    .action((name: string, flags: CommonFlags) => configUnset(context.start(flags), name));
}

/** Removes a setting from the file, if it is there. Throws `usage` for a file that can't be read, and `io_failed`. */
export function configUnset(invocation: Invocation, name: string): void {
  const { io, format } = invocation;
  const key = requireKey(name);
  const removed = removeSetting(io, key);
  if (format === "json") printJson(invocation, { key, removed, path: configPath(io) });
  else if (!removed) printNote(invocation, escapeControls(`${key} was not in ${configPath(io)}`));
  else if (format !== "quiet") printText(invocation, escapeControls(`Took ${key} out of ${configPath(io)}`));
  const variable = findVariable(io, key);
  if (variable !== undefined) printNote(invocation, `${variable} is set and counts all the same.`);
}
