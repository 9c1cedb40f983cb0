import type { Command } from "commander";
import { configPath } from "../../config/config.ts";
import { type Context, defineCommand } from "../../context.ts";
import { escapeControls } from "../../output/escape.ts";
import { printJson, printText } from "../../output/print.ts";
import type { CommonFlags, Session } from "../../session.ts";

export function registerConfigPath(group: Command, context: Context): void {
  defineCommand(group, "path", {
    summary: "print where the file with the settings is",
    examples: ["todo config path", '"$EDITOR" "$(todo config path)"'],
  }).action((flags: CommonFlags) => configPathOf(context.start(flags)));
}

/** Prints the path of the file, whether it is there or not. Throws `usage` where nothing says where that would be. */
export function configPathOf(session: Session): void {
  const path = configPath(session.io);
  if (session.format === "json") return printJson(session, { path });
  printText(session, escapeControls(path));
}
