import type { Command } from "commander";
import type { UserUsage } from "../../../services/quotas/list-usage.ts";
import { type CommandContext, defineCommand } from "../../context.ts";
import type { CommonFlags, Invocation } from "../../invocation.ts";
import { printColumns } from "../../output/columns.ts";
import { printJson, printNote, printText } from "../../output/print.ts";
import { formatBytes } from "../../../domain/sizes.ts";
import { formatTaskCount } from "../../../domain/task/text.ts";
import { withServedDatabase } from "../serve/served-database.ts";

export function registerAdminUsage(group: Command, context: CommandContext): void {
  defineCommand(group, "usage", {
    quiet: "ids",
    summary: "show how much each user stores, and their limits",
    examples: ["todo admin usage", "todo admin usage --json"],
  }).action((flags: CommonFlags) => adminUsage(context.start(flags)));
}

/** Prints what the users of the database have, who takes most first. The limits are those of the environment. */
export async function adminUsage(invocation: Invocation): Promise<void> {
  const { io, format } = invocation;
  const { listUsage, shareOf } = await import("../../../services/quotas/list-usage.ts");
  const { readQuotas } = await import("../../../services/quotas/settings.ts");
  const limits = readQuotas(io.env);
  const { users, isPartial } = await withServedDatabase(invocation, (database) => listUsage(database, io.system.now()));
  if (format === "json") return printJson(invocation, { limits, users: users.map(toWire) });
  if (format === "quiet") return users.forEach(({ id }) => printText(invocation, id));
  const rows = users.map((user) => [
    user.email ?? user.id,
    formatTaskCount(user.tasks),
    formatBytes(user.bytes),
    `history ${formatBytes(user.historyBytes)}`,
    `devices ${user.devices}`,
    `tokens ${user.tokens}`,
    `${Math.round(shareOf(user, limits) * 100)} % of a limit`,
  ]);
  printColumns(invocation, rows);
  if (isPartial && users.length > 0) {
    printNote(invocation, "Users of other issuers are shown to a role that row-level security does not bind.");
  }
}

function toWire({ historyBytes, headBytes, ...user }: UserUsage) {
  return { ...user, history_bytes: historyBytes, head_bytes: headBytes };
}
