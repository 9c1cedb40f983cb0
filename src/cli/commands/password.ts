import type { Command } from "commander";
import { type CommandContext, defineCommand, SERVER_OPTION } from "../context.ts";
import { printJson, printText } from "../output/print.ts";
import type { CommonFlags, ServerFlags, Invocation } from "../invocation.ts";
import { requireServer } from "../config/resolve-server.ts";

type PasswordFlags = ServerFlags & { readonly keepTokens?: boolean };

export function registerPassword(program: Command, context: CommandContext): void {
  defineCommand(program, "password", {
    summary: "change your password and log out your other devices",
    examples: ["todo password", "todo password --keep-tokens"],
  })
    .option("--keep-tokens", "keep your personal tokens, which end otherwise")
    .option(...SERVER_OPTION)
    .action((flags: CommonFlags & PasswordFlags) => password(context.start(flags), flags));
}

/**
 * Asks for the current and the new password. Throws `usage`, `forbidden` for a wrong one and `invalid_input` for a bad
 * new one.
 */
export async function password(invocation: Invocation, { server, keepTokens = false }: PasswordFlags): Promise<void> {
  const { changePassword } = await import("../api-client/password.ts");
  const { keepsTokens } = await changePassword(invocation, requireServer(invocation, server), keepTokens);
  if (invocation.format === "json") return printJson(invocation, { changed: true, kept_tokens: keepsTokens });
  if (invocation.format === "quiet") return;
  const tokens = keepsTokens ? "programs keep their tokens" : "your personal tokens have ended";
  printText(invocation, `Changed the password. Your other devices are logged out, and ${tokens}.`);
}
