import type { Command } from "commander";
import { type CommandContext, defineCommand, SERVER_OPTION } from "../context.ts";
import { printJson, printText } from "../output/print.ts";
import type { ServerFlags, Invocation } from "../invocation.ts";
import { requireServer } from "../config/resolve-server.ts";

export function registerPassword(program: Command, context: CommandContext): void {
  defineCommand(program, "password", {
    summary: "change your password on a server, which logs your other devices out",
    examples: ["todo password"],
  })
    .option(...SERVER_OPTION)
    .action((flags: ServerFlags) => password(context.start(flags), flags.server));
}

/**
 * Asks for the current and the new password. Throws `usage`, `forbidden` for a wrong one and `invalid_input` for a bad
 * new one.
 */
export async function password(invocation: Invocation, given?: string): Promise<void> {
  const { changePassword } = await import("../api-client/password.ts");
  await changePassword(invocation.io, requireServer(invocation, given));
  if (invocation.format === "json") printJson(invocation, { changed: true });
  else if (invocation.format !== "quiet")
    printText(invocation, "Changed the password. Your other devices are logged out.");
}
