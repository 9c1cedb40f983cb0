import type { Command } from "commander";
import { TodoError } from "../../../domain/errors.ts";
import { type Found, lookUp } from "../../config/config.ts";
import { CONFIG_KEYS, type ConfigKey, requireKey } from "../../config/keys.ts";
import { type CommandContext, defineCommand } from "../../context.ts";
import { escapeControls } from "../../../domain/escape.ts";
import { printJson, printText } from "../../output/print.ts";
import type { CommonFlags, Invocation } from "../../invocation.ts";

export function registerConfigGet(group: Command, context: CommandContext): void {
  defineCommand(group, "get", {
    quiet: "the value",
    summary: "print a setting",
    without: ["db"],
    examples: ["todo config get server", "todo config get credential-store --json"],
  })
    .argument("<key>", CONFIG_KEYS.join(", "))
    .action((name: string, flags: CommonFlags) => configGet(context.start(flags), name));
}

/** Prints the effective value. Throws `not_found` if there is none, and `usage` if it is not allowed. */
export function configGet(invocation: Invocation, name: string): void {
  const key = requireKey(name);
  const found = lookUp(invocation.io, key);
  if (found.value === undefined) throw notSet(key, found);
  if (invocation.format === "json") return printJson(invocation, { key, ...found });
  printText(invocation, escapeControls(String(found.value)));
}

function notSet(key: ConfigKey, { source }: Found): TodoError {
  if (source !== undefined) return new TodoError("not_found", `${key} is not used, because ${source} is set`);
  return new TodoError("not_found", `${key} is not set`, { hints: [`Set it with: todo config set ${key} VALUE`] });
}
