import type { Command } from "commander";
import { describeSettings } from "../help/describe-settings.ts";
import { type CommandContext, defineCommand, inGroup } from "../context.ts";
import { registerConfigGet } from "./config/get.ts";
import { registerConfigList } from "./config/list.ts";
import { registerConfigPath } from "./config/path.ts";
import { registerConfigSet } from "./config/set.ts";
import { registerConfigUnset } from "./config/unset.ts";

const REGISTRATIONS = [
  registerConfigGet,
  registerConfigSet,
  registerConfigUnset,
  registerConfigList,
  registerConfigPath,
] as const;

/** The commands for the configuration file. Their flags may stand between the two words, too. */
export function registerConfig(program: Command, context: CommandContext): void {
  const group = defineCommand(program, "config", {
    summary: "show and change settings",
    examples: ["todo config set server https://todo.example.com", "todo config list"],
    notes: [describeSettings()],
    without: ["db"],
  }).helpCommand(false);
  const inner = inGroup(group, context);
  for (const register of REGISTRATIONS) register(group, inner);
}
