import type { Command } from "commander";
import { readPlace } from "../../ports/database.ts";
import { endOf } from "../../services/tokens/identity.ts";
import { type Context, defineCommand, SERVER_OPTION } from "../context.ts";
import { formatClock } from "../output/dates.ts";
import { escapeControls } from "../output/escape.ts";
import { printJson, printText } from "../output/print.ts";
import { findLogin } from "../api-client/status.ts";
import type { ServerFlags, Session } from "../session.ts";
import { requireUrl } from "../config/resolve-database-url.ts";
import { findServer, hostOf } from "../config/resolve-server.ts";

export function registerWhoami(program: Command, context: Context): void {
  defineCommand(program, "whoami", {
    summary: "say who you are to a server",
    examples: ["todo whoami", "todo whoami --json"],
  })
    .option(...SERVER_OPTION)
    .action((flags: ServerFlags) => whoami(context.start(flags), flags.server));
}

/** Prints who one is and where that is known from. Throws `unauthorized` where nobody is logged in or the token is not good. */
export async function whoami(session: Session, given?: string): Promise<void> {
  const origin = findServer(session, given);
  return origin === undefined ? whoamiOnDatabase(session) : whoamiOnServer(session, origin);
}

/** What the login said. Only of TODO_TOKEN nothing is known here, so that the server is asked. */
async function whoamiOnServer(session: Session, origin: string): Promise<void> {
  const { format, io } = session;
  const { user = null, email = null, source } = await findLogin(io, origin);
  if (format === "json") return printJson(session, { user, email, server: origin, source });
  const proof = format === "quiet" ? "" : ` on ${hostOf(origin)}, by the login in ${source}`;
  printText(session, escapeControls((email ?? user ?? "") + proof));
}

async function whoamiOnDatabase(session: Session): Promise<void> {
  const { io, format } = session;
  const url = requireUrl(session, "whoami", "Log in to a server with: todo login https://todo.example.com");
  const { identify } = await import("../auth/identity.ts");
  const { identity, source } = await identify(io, url);
  const { user } = identity;
  const end = endOf(identity);
  if (format === "json") {
    return printJson(session, { user, database: readPlace(url).name, source, expires_at: end });
  }
  const proof = format === "quiet" ? "" : `, by the token of ${source}, until ${formatClock(end, io.around)}`;
  printText(session, escapeControls(user + proof));
}
