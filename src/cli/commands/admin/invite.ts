import type { Command } from "commander";
import { type Context, defineCommand } from "../../context.ts";
import { formatClock } from "../../output/dates.ts";
import { printJson, printNote, printText } from "../../output/print.ts";
import { withServedAccounts } from "../serve/served-accounts.ts";
import type { CommonFlags, Session } from "../../session.ts";

export function registerAdminInvite(group: Command, context: Context): void {
  defineCommand(group, "invite", {
    summary: "make an invitation, with which one person can sign up within a week",
    examples: ["todo admin invite"],
  }).action((flags: CommonFlags) => adminInvite(context.start(flags)));
}

/** Prints the code of a new invitation. */
export async function adminInvite(session: Session): Promise<void> {
  const { around } = session.io;
  const { createInvite } = await import("../../../services/accounts/admin.ts");
  const { code, expiresAt } = await withServedAccounts(session, (accounts) => createInvite(accounts, around.now()));
  const end = new Date(expiresAt).toISOString();
  if (session.format === "json") return printJson(session, { invite: code, expires_at: end });
  printText(session, code);
  printNote(session, `Good for one account, until ${formatClock(end, around)}. To use it: todo signup`);
}
