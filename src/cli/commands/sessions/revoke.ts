import type { Command } from "commander";
import { type CommandContext, defineCommand, SERVER_OPTION } from "../../context.ts";
import { escapeControls } from "../../output/escape.ts";
import { printJson, printText } from "../../output/print.ts";
import type { CommonFlags, Invocation } from "../../invocation.ts";
import { requireServer } from "../../config/resolve-server.ts";

export function registerSessionsRevoke(group: Command, context: CommandContext): void {
  defineCommand(group, "revoke", {
    summary: "lock out a device, such as a lost one",
    examples: ["todo sessions revoke old-laptop", "todo sessions revoke 9cd5dd19"],
  })
    .argument("<device>", "its name, or the letters before it in the list")
    .option(...SERVER_OPTION)
    .action((ref: string, flags: CommonFlags, command: Command) =>
      // `todo sessions` has this option too, and takes it wherever it stands.
      sessionsRevoke(context.start(flags), ref, command.optsWithGlobals<{ readonly server?: string }>().server),
    );
}

/** Ends the session of a device. Throws `not_found` or `ambiguous`, and the server's refusals. */
export async function sessionsRevoke(invocation: Invocation, ref: string, given?: string): Promise<void> {
  const { openAccount } = await import("../../api-client/account.ts");
  const ended = await (await openAccount(invocation.io, requireServer(invocation, given))).endSession(ref);
  if (invocation.format === "json") printJson(invocation, ended);
  else if (invocation.format !== "quiet") printText(invocation, escapeControls(`Locked out ${ended.device}`));
}
