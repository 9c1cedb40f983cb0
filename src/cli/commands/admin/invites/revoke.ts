import type { Command } from "commander";
import type { AccountStore } from "../../../../ports/accounts.ts";
import { type CommandContext, defineCommand } from "../../../context.ts";
import { pickOne, shortId } from "../../../input/pick.ts";
import type { CommonFlags, Invocation } from "../../../invocation.ts";
import { formatClock } from "../../../../domain/dates/format-date.ts";
import { printJson, printText } from "../../../output/print.ts";
import { withServedAccounts } from "../../serve/served-database.ts";

export function registerAdminInvitesRevoke(group: Command, context: CommandContext): void {
  defineCommand(group, "revoke", {
    summary: "withdraw an invitation that nobody has used",
    examples: ["todo admin invites revoke 4bee1e31"],
  })
    .argument("<invitation>", "its id in the list, or the beginning of it")
    .action((ref: string, flags: CommonFlags) => adminInvitesRevoke(context.start(flags), ref));
}

/** Takes back an invitation. Throws `not_found` or `ambiguous`, and `conflict` if somebody uses it at this moment. */
export async function adminInvitesRevoke(invocation: Invocation, ref: string): Promise<void> {
  const { listInvites, revokeInvite } = await import("../../../../services/accounts/admin.ts");
  const { system } = invocation.io;
  const revoke = async (accounts: AccountStore) => {
    const unused = (await listInvites(accounts, system.now())).filter(({ state }) => state !== "used");
    const invite = pickOne(
      unused,
      ref,
      ({ createdAt }) => `made ${formatClock(new Date(createdAt).toISOString(), system)}`,
    );
    await revokeInvite(accounts, invite);
    return invite;
  };
  const { id } = await withServedAccounts(invocation, revoke);
  if (invocation.format === "json") printJson(invocation, { id, revoked: true });
  else if (invocation.format !== "quiet") printText(invocation, `Revoked ${shortId({ id })}`);
}
