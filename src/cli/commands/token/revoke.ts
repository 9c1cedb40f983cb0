import type { Command } from "commander";
import { type Context, defineCommand, SERVER_OPTION } from "../../context.ts";
import { escapeControls } from "../../output/escape.ts";
import { printJson, printText } from "../../output/print.ts";
import type { ServerFlags, Session } from "../../session.ts";
import { requireServer } from "../../config/resolve-server.ts";

export function registerTokenRevoke(group: Command, context: Context): void {
  defineCommand(group, "revoke", {
    summary: "end a personal token on the server",
    examples: ["todo token revoke backup", "todo token revoke 358c3d69"],
  })
    .argument("<token>", "its name, or the letters before it in the list")
    .option(...SERVER_OPTION)
    .action((ref: string, flags: ServerFlags) => tokenRevoke(context.start(flags), ref, flags.server));
}

/** Ends a personal token. Throws `not_found` or `ambiguous`, and what the server refuses with. */
export async function tokenRevoke(session: Session, ref: string, given?: string): Promise<void> {
  const { openAccount } = await import("../../api-client/account.ts");
  const removed = await (await openAccount(session.io, requireServer(session, given))).removeToken(ref);
  if (session.format === "json") printJson(session, removed);
  else if (session.format !== "quiet") printText(session, escapeControls(`Revoked ${removed.name}`));
}
