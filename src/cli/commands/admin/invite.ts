import type { Command } from "commander";
import { type CommandContext, defineCommand } from "../../context.ts";
import { formatClock } from "../../../domain/dates/format-date.ts";
import { printNote, printOnce } from "../../output/print.ts";
import { withServedAccounts } from "../serve/served-database.ts";
import type { CommonFlags, Invocation } from "../../invocation.ts";

export function registerAdminInvite(group: Command, context: CommandContext): void {
  defineCommand(group, "invite", {
    quiet: "the code",
    summary: "invite one person to sign up within a week",
    examples: ["todo admin invite"],
  }).action((flags: CommonFlags) => adminInvite(context.start(flags)));
}

/** Prints the code of a new invitation. */
export async function adminInvite(invocation: Invocation): Promise<void> {
  const { system } = invocation.io;
  const { createInvite } = await import("../../../services/accounts/admin.ts");
  const { code, expiresAt } = await withServedAccounts(invocation, (accounts) => createInvite(accounts, system.now()));
  const end = new Date(expiresAt).toISOString();
  const shown = { text: code, json: { invite: code, expires_at: end } };
  printOnce(
    invocation,
    shown,
    "The invitation was made. Find it with todo admin invites, and end it with todo admin invites revoke.",
  );
  if (invocation.format === "json") return;
  printNote(invocation, `Good for one account, until ${formatClock(end, system)}. To use it: todo signup`);
}
