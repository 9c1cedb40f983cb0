import type { Command } from "commander";
import { type CommandContext, defineCommand, SERVER_OPTION } from "../../context.ts";
import { escapeControls } from "../../../domain/escape.ts";
import { printJson, printText } from "../../output/print.ts";
import type { ServerFlags, Invocation } from "../../invocation.ts";
import { requireServer } from "../../config/resolve-server.ts";

export function registerTokenRevoke(group: Command, context: CommandContext): void {
  defineCommand(group, "revoke", {
    summary: "end a personal token",
    examples: ["todo token revoke backup", "todo token revoke 358c3d69"],
  })
    .argument("<token>", "its name or its id, or the beginning of the id")
    .option(...SERVER_OPTION)
    .action((ref: string, flags: ServerFlags, command: Command) =>
      // `todo token` has this option too, and takes it wherever it stands.
      tokenRevoke(context.start(flags), ref, command.optsWithGlobals<ServerFlags>().server),
    );
}

/** Ends a personal token. Throws `not_found` or `ambiguous`, and the server's refusals. */
export async function tokenRevoke(invocation: Invocation, ref: string, given?: string): Promise<void> {
  const { openAccount } = await import("../../api-client/account.ts");
  const removed = await (await openAccount(invocation.io, requireServer(invocation, given))).removeToken(ref);
  if (invocation.format === "json") printJson(invocation, removed);
  else if (invocation.format !== "quiet") printText(invocation, escapeControls(`Revoked ${removed.name}`));
}
