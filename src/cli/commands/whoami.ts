import type { Command } from "commander";
import { endOf } from "../../services/tokens/identity.ts";
import { type Context, defineCommand } from "../context.ts";
import { readPlace } from "../../domain/database.ts";
import { formatClock } from "../dates.ts";
import { escapeControls } from "../escape.ts";
import { printJson, printText } from "../print.ts";
import type { CommonFlags, Session } from "../session.ts";
import { requireUrl } from "../which-database.ts";

export function registerWhoami(program: Command, context: Context): void {
  defineCommand(program, "whoami", {
    summary: "say who you are to a database server, and until when",
    examples: ["todo whoami", "todo whoami --json"],
  }).action((flags: CommonFlags) => whoami(context.start(flags)));
}

/** Prints the user of the token that is used, and where that is. Throws `unauthorized` where there is none or it is not good. */
export async function whoami(session: Session): Promise<void> {
  const { io, format } = session;
  const url = requireUrl(session, "whoami");
  const { identify } = await import("../identity.ts");
  const { identity, source } = await identify(io, url);
  const { user } = identity;
  const end = endOf(identity);
  if (format === "json") {
    return printJson(session, { user, database: readPlace(url).name, source, expires_at: end });
  }
  const proof = format === "quiet" ? "" : `, by the token of ${source}, until ${formatClock(end, io.around)}`;
  printText(session, escapeControls(user + proof));
}
