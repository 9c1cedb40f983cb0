import type { Command } from "commander";
import type { InviteSummary } from "../../../services/accounts/admin.ts";
import { type CommandContext, defineNoun } from "../../context.ts";
import { shortId } from "../../input/pick.ts";
import type { Invocation } from "../../invocation.ts";
import { printColumns } from "../../output/columns.ts";
import { formatClock } from "../../../domain/dates/format-date.ts";
import { printJson, printText } from "../../output/print.ts";
import { withServedAccounts } from "../serve/served-database.ts";
import { registerAdminInvitesRevoke } from "./invites/revoke.ts";

export function registerAdminInvites(group: Command, context: CommandContext): void {
  const options = {
    quiet: "ids",
    summary: "list the invitations of the last week",
    examples: ["todo admin invites", "todo admin invites revoke 4bee1e31"],
  };
  const { group: invites, inner } = defineNoun(group, context, "invites", options, adminInvites);
  registerAdminInvitesRevoke(invites, inner);
}

/** Prints the invitations, the oldest first. Their codes are not stored. */
export async function adminInvites(invocation: Invocation): Promise<void> {
  const { format, io } = invocation;
  const { listInvites } = await import("../../../services/accounts/admin.ts");
  const found = await withServedAccounts(invocation, (accounts) => listInvites(accounts, io.system.now()));
  if (format === "json") return printJson(invocation, found.map(toJson));
  if (format === "quiet") return found.forEach(({ id }) => printText(invocation, id));
  const clock = (at: number) => formatClock(toMoment(at), io.system);
  printColumns(
    invocation,
    found.map((invite) => [
      shortId(invite),
      `made ${clock(invite.createdAt)}`,
      `until ${clock(invite.expiresAt)}`,
      invite.usedBy === null ? invite.state : `used by ${invite.usedBy}`,
    ]),
  );
}

/** An invitation as programs get it. */
function toJson({ id, createdAt, expiresAt, state, usedBy }: InviteSummary) {
  return { id, created_at: toMoment(createdAt), expires_at: toMoment(expiresAt), state, used_by: usedBy };
}

function toMoment(at: number): string {
  return new Date(at).toISOString();
}
