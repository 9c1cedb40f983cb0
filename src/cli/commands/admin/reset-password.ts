import type { Command } from "commander";
import { type CommandContext, defineCommand } from "../../context.ts";
import { escapeControls } from "../../../domain/escape.ts";
import { printNote, printOnce } from "../../output/print.ts";
import { withServedAccounts } from "../serve/served-database.ts";
import type { CommonFlags, Invocation } from "../../invocation.ts";

export function registerAdminResetPassword(group: Command, context: CommandContext): void {
  defineCommand(group, "reset-password", {
    quiet: "the password",
    summary: "give an account a new password and log it out everywhere",
    examples: ["todo admin reset-password ada@example.com"],
  })
    .argument("<email>", "the address of the account")
    .action((email: string, flags: CommonFlags) => adminResetPassword(context.start(flags), email));
}

/** Prints a new password. Nobody makes its owner change it, so it says that they should. Throws `not_found`. */
export async function adminResetPassword(invocation: Invocation, email: string): Promise<void> {
  const { resetPassword } = await import("../../../services/accounts/admin.ts");
  const { createPasswords } = await import("../../../services/accounts/passwords.ts");
  const passwords = createPasswords();
  const { account, password } = await withServedAccounts(invocation, (accounts) =>
    resetPassword({ accounts, passwords }, email, invocation.io.system.now()),
  );
  const shown = { text: password, json: { id: account.id, email: account.email, password } };
  printOnce(invocation, shown, "The password was changed. Run the command again for another one.");
  if (invocation.format === "json") return;
  printNote(
    invocation,
    escapeControls(`The new password of ${account.email}. It stays until its owner changes it: todo password`),
  );
}
