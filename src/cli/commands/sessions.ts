import type { Command } from "commander";
import { type CommandContext, defineCommand, SERVER_OPTION, inGroup } from "../context.ts";
import type { ServerFlags } from "../invocation.ts";
import { registerSessionsList, sessionsList } from "./sessions/list.ts";
import { registerSessionsRevoke } from "./sessions/revoke.ts";

/** `todo sessions` lists the sessions, as its subcommand `list` does. Its subcommand `revoke` ends one. */
export function registerSessions(program: Command, context: CommandContext): void {
  const group = defineCommand(program, "sessions", {
    quiet: "ids",
    summary: "list the devices that are logged in to your account",
    examples: ["todo sessions", "todo sessions revoke old-laptop"],
  })
    .option(...SERVER_OPTION)
    .helpCommand(false)
    .action((flags: ServerFlags) => sessionsList(context.start(flags), flags.server));
  const inner = inGroup(group, context);
  for (const register of [registerSessionsList, registerSessionsRevoke]) register(group, inner);
}
