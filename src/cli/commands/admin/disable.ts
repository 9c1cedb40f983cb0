import type { Command } from "commander";
import { type CommandContext, defineCommand } from "../../context.ts";
import { escapeControls } from "../../../domain/escape.ts";
import { printJson, printText } from "../../output/print.ts";
import { withServedAccounts } from "../serve/served-database.ts";
import type { CommonFlags, Invocation } from "../../invocation.ts";

export function registerAdminDisable(group: Command, context: CommandContext): void {
  register(group, context, "disable", "lock out an account, with all its devices and programs");
}

export function registerAdminEnable(group: Command, context: CommandContext): void {
  register(group, context, "enable", "let a disabled account in again");
}

function register(group: Command, context: CommandContext, name: "disable" | "enable", summary: string): void {
  defineCommand(group, name, { summary, examples: [`todo admin ${name} ada@example.com`] })
    .argument("<email>", "the address of the account")
    .action((email: string, flags: CommonFlags) => setDisabled(context.start(flags), email, name === "disable"));
}

/** Disables an account, or enables it again. Throws `not_found`. */
export async function setDisabled(invocation: Invocation, email: string, isDisabled: boolean): Promise<void> {
  const services = await import("../../../services/accounts/admin.ts");
  const now = invocation.io.system.now();
  const { id, email: known } = await withServedAccounts(invocation, (accounts) =>
    services.setDisabled(accounts, email, { isDisabled, now }),
  );
  if (invocation.format === "json") return printJson(invocation, { id, email: known, disabled: isDisabled });
  if (invocation.format !== "quiet") {
    printText(invocation, escapeControls(`${isDisabled ? "Disabled" : "Enabled"} ${known}`));
  }
}
