import type { Command } from "commander";
import { type CommandContext, defineCommand } from "../context.ts";
import type { CommonFlags } from "../invocation.ts";
import { PORT_OPTION } from "./serve/read-port.ts";
import type { WebFlags } from "./web/open-page.ts";

const NOTES = [
  "It serves your tasks on this machine until you press Ctrl-C, or opens the page of a todo serve that runs on them already.",
  "The link signs you in. It works once, within a minute, and on this machine alone.",
];

export function registerWeb(program: Command, context: CommandContext): void {
  defineCommand(program, "web", {
    quiet: "the link",
    summary: "open your tasks in the browser",
    examples: ["todo web", "todo web --quiet   # prints the link and opens nothing"],
    notes: [{ paragraphs: NOTES }],
  })
    .option(...PORT_OPTION)
    .action(async (flags: CommonFlags & WebFlags) => {
      const { openPage } = await import("./web/open-page.ts");
      await openPage(context.start(flags), flags);
    });
}
