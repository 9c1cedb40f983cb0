import type { Command } from "commander";
import { TodoError } from "../../../domain/errors.ts";
import { type CommandContext, defineCommand, SERVER_OPTION } from "../../context.ts";
import { confirm } from "../../input/confirm.ts";
import { escapeControls } from "../../../domain/escape.ts";
import { printJson, printNote, printText } from "../../output/print.ts";
import type { CommonFlags, Invocation } from "../../invocation.ts";
import { requireServer } from "../../config/resolve-server.ts";

type RevokeFlags = { readonly server?: string; readonly yes?: boolean };

export function registerSessionsRevoke(group: Command, context: CommandContext): void {
  defineCommand(group, "revoke", {
    summary: "log out a device, such as one that you lost",
    examples: ["todo sessions revoke old-laptop", "todo sessions revoke 9cd5dd19"],
  })
    .argument("<device>", "its name or its id, or the beginning of the id")
    .option("-y, --yes", "log out this device without asking")
    .option(...SERVER_OPTION)
    .action((ref: string, flags: CommonFlags, command: Command) =>
      // `todo sessions` has this option too, and takes it wherever it stands.
      sessionsRevoke(context.start(flags), ref, command.optsWithGlobals<RevokeFlags>()),
    );
}

/** Ends the session of a device. That of this one asks first. Throws `not_found`, `ambiguous`, `usage`, and the server's refusals. */
export async function sessionsRevoke(
  invocation: Invocation,
  ref: string,
  { server: given, yes = false }: RevokeFlags,
): Promise<void> {
  const { io, format } = invocation;
  const server = requireServer(invocation, given);
  const { openAccount } = await import("../../api-client/account.ts");
  const account = await openAccount(io, server);
  const session = await account.findSession(ref);
  if (session.current && !yes && !confirmLockOut(invocation, server)) {
    return printNote(invocation, "No device was locked out.");
  }
  await account.endSession(session);
  if (format === "json") return printJson(invocation, session);
  if (format !== "quiet") printText(invocation, escapeControls(`Locked out ${session.device}`));
  if (session.current) printNote(invocation, `That was this device. To log in again: todo login ${server}`);
}

function confirmLockOut(invocation: Invocation, server: string): boolean {
  if (invocation.io.input.isTerminal()) return confirm(invocation, "Lock out this very device?");
  throw new TodoError("usage", "locking out this very device needs --yes without a terminal", {
    hints: [`To log out here: todo logout ${server}`],
  });
}
