import type { Command } from "commander";
import { configPath, findVariable } from "../../config/config.ts";
import { writeSetting } from "../../config/changes.ts";
import { CONFIG_KEYS, requireKey } from "../../config/keys.ts";
import { type CommandContext, defineCommand } from "../../context.ts";
import { escapeControls } from "../../output/escape.ts";
import { printJson, printNote, printText } from "../../output/print.ts";
import type { CommonFlags, Invocation } from "../../invocation.ts";

export function registerConfigSet(group: Command, context: CommandContext): void {
  defineCommand(group, "set", {
    summary: "change a setting",
    without: ["db"],
    examples: ["todo config set server https://todo.example.com", "todo config set credential-store keychain"],
  })
    .argument("<key>", CONFIG_KEYS.join(", "))
    .argument("<value>", "the new value")
    .action((name: string, value: string, flags: CommonFlags) => configSet(context.start(flags), name, value));
}

/** Writes a setting and prints it as it is stored. Throws `usage` for a value that is not allowed, and `io_failed`. */
export function configSet(invocation: Invocation, name: string, text: string): void {
  const { io, format } = invocation;
  const key = requireKey(name);
  const value = writeSetting(io, key, text);
  if (format === "json") printJson(invocation, { key, value, path: configPath(io) });
  else if (format !== "quiet") printText(invocation, escapeControls(`Set ${key} to ${value}`));
  const variable = findVariable(io, key);
  if (variable !== undefined) printNote(invocation, `${variable} is set and goes before it.`);
}
