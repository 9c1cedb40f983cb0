import type { Command } from "commander";
import { printColumns } from "../../output/columns.ts";
import { type CommandContext, defineNoun } from "../../context.ts";
import { formatClock } from "../../../domain/dates/format-date.ts";
import { printJson, printNote, printText } from "../../output/print.ts";
import { withServedAccounts } from "../serve/served-database.ts";
import type { Invocation } from "../../invocation.ts";

export function registerAdminUsers(group: Command, context: CommandContext): void {
  const options = {
    quiet: "ids",
    summary: "list the accounts",
    examples: ["todo admin users", "todo admin users --json"],
  };
  defineNoun(group, context, "users", options, adminUsers);
}

/** Prints the accounts by e-mail address. */
export async function adminUsers(invocation: Invocation): Promise<void> {
  const found = await withServedAccounts(invocation, (accounts) => accounts.listAccounts());
  const users = found.map(({ id, email, createdAt, usedAt, disabledAt }) => ({
    id,
    email,
    created_at: toMoment(createdAt),
    last_used_at: usedAt === null ? null : toMoment(usedAt),
    disabled_at: disabledAt === null ? null : toMoment(disabledAt),
  }));
  const { format, io } = invocation;
  if (format === "json") return printJson(invocation, users);
  if (format === "quiet") return users.forEach(({ id }) => printText(invocation, id));
  if (users.length === 0) return printNote(invocation, "No accounts here. Name the server's database with --db.");
  const clock = (moment: string) => formatClock(moment, io.system);
  printColumns(
    invocation,
    users.map((user) => [
      user.email,
      `since ${clock(user.created_at)}`,
      user.last_used_at === null ? "" : `last used ${clock(user.last_used_at)}`,
      user.disabled_at === null ? "" : "disabled",
    ]),
  );
}

function toMoment(at: number): string {
  return new Date(at).toISOString();
}
