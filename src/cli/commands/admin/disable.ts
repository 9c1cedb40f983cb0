import type { Command } from "commander";
import { type Context, defineCommand } from "../../context.ts";
import { escapeControls } from "../../output/escape.ts";
import { printJson, printText } from "../../output/print.ts";
import { withServedAccounts } from "../serve/served-accounts.ts";
import type { CommonFlags, Session } from "../../session.ts";

export function registerAdminDisable(group: Command, context: Context): void {
  register(group, context, "disable", "lock an account out, with all its devices and programs");
}

export function registerAdminEnable(group: Command, context: Context): void {
  register(group, context, "enable", "let a disabled account in again");
}

function register(group: Command, context: Context, name: "disable" | "enable", summary: string): void {
  defineCommand(group, name, { summary, examples: [`todo admin ${name} ada@example.com`] })
    .argument("<email>", "the address of the account")
    .action((email: string, flags: CommonFlags) => setDisabled(context.start(flags), email, name === "disable"));
}

/** Locks an account out, or lets it in again. Throws `not_found`. */
export async function setDisabled(session: Session, email: string, isDisabled: boolean): Promise<void> {
  const services = await import("../../../services/accounts/admin.ts");
  const at = isDisabled ? session.io.around.now() : null;
  const { id, email: known } = await withServedAccounts(session, (accounts) =>
    services.setDisabled(accounts, email, at),
  );
  if (session.format === "json") return printJson(session, { id, email: known, disabled: isDisabled });
  if (session.format !== "quiet") {
    printText(session, escapeControls(`${isDisabled ? "Disabled" : "Enabled"} ${known}`));
  }
}
