import type { Command } from "commander";
import { hasCode, withHint } from "../../../domain/errors.ts";
import { configPath, findVariable } from "../../config/config.ts";
import { writeSetting } from "../../config/changes.ts";
import { CONFIG_KEYS, requireKey } from "../../config/keys.ts";
import { type CommandContext, defineCommand } from "../../context.ts";
import { findViewProblem } from "../../input/view-filter.ts";
import { escapeControls } from "../../../domain/escape.ts";
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

/**
 * Writes a setting and prints it as it is stored. Throws `usage` for a value that is not allowed, what is wrong with a saved filter
 * that is to be a view, and `io_failed`.
 */
async function configSet(invocation: Invocation, name: string, text: string): Promise<void> {
  const { io, format } = invocation;
  const key = requireKey(name);
  if (key === "view" && text !== "") await checkViewFilter(invocation, text);
  const value = writeSetting(io, key, text);
  if (format === "json") printJson(invocation, { key, value, path: configPath(io) });
  else if (format !== "quiet") printText(invocation, escapeControls(`Set ${key} to ${value}`));
  const variable = findVariable(io, key);
  if (variable !== undefined) printNote(invocation, `${variable} is set and goes before it.`);
}

async function checkViewFilter(invocation: Invocation, view: string): Promise<void> {
  const problem = await findViewProblem(invocation, view);
  if (!problem) return;
  throw hasCode(problem, "not_found") ? withHint(problem, "Save it first: todo filter save NAME FILTER") : problem;
}
