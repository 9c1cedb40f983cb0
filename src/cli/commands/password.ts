import type { Command } from "commander";
import { type Context, defineCommand, SERVER_OPTION } from "../context.ts";
import { printJson, printText } from "../output/print.ts";
import type { ServerFlags, Session } from "../session.ts";
import { requireServer } from "../config/resolve-server.ts";

export function registerPassword(program: Command, context: Context): void {
  defineCommand(program, "password", {
    summary: "change your password on a server, which logs your other devices out",
    examples: ["todo password"],
  })
    .option(...SERVER_OPTION)
    .action((flags: ServerFlags) => password(context.start(flags), flags.server));
}

/** Asks for the password and a new one. Throws `usage`, `forbidden` for a wrong one and `invalid_input` for a bad new one. */
export async function password(session: Session, given?: string): Promise<void> {
  const { changePassword } = await import("../api-client/password.ts");
  await changePassword(session.io, requireServer(session, given));
  if (session.format === "json") printJson(session, { changed: true });
  else if (session.format !== "quiet") printText(session, "Changed the password. Your other devices are logged out.");
}
