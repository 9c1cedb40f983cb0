import type { Command } from "commander";
import { type CommandContext, defineNoun } from "../context.ts";
import { describeSettings } from "../help/describe-settings.ts";
import { registerConfigGet } from "./config/get.ts";
import { configList } from "./config/list.ts";
import { registerConfigPath } from "./config/path.ts";
import { registerConfigSet } from "./config/set.ts";
import { registerConfigUnset } from "./config/unset.ts";

/** The commands for the configuration file. */
export function registerConfig(program: Command, context: CommandContext): void {
  const options = {
    quiet: "keys",
    summary: "show and change settings",
    listSummary: "list all settings and where each comes from",
    examples: ["todo config", "todo config set server https://todo.example.com"],
    notes: [describeSettings()],
    without: ["db"],
  } as const;
  const { group, inner } = defineNoun(program, context, "config", options, configList);
  for (const register of [registerConfigGet, registerConfigSet, registerConfigUnset, registerConfigPath]) {
    register(group, inner);
  }
}
