import type { Command } from "commander";
import { type CommandContext, defineCommand, SERVER_OPTION } from "../../context.ts";
import { printColumns } from "../../output/columns.ts";
import { formatClock } from "../../../domain/dates/format-date.ts";
import { printJson, printNote } from "../../output/print.ts";
import type { Invocation, ServerFlags } from "../../invocation.ts";
import { requireServer } from "../../config/resolve-server.ts";
import { readLimit } from "../list.ts";

type LogFlags = ServerFlags & { readonly limit?: string };

/** The server's own. */
const MAX_EVENTS = 200;
const RECENT = 50;

export function registerAuthLog(group: Command, context: CommandContext): void {
  defineCommand(group, "log", {
    summary: "show logins, failed logins and changes to your account",
    examples: ["todo auth log", "todo auth log --limit 200 --json"],
  })
    .option(...SERVER_OPTION)
    .option("--limit <count>", `show at most this many events, up to ${MAX_EVENTS}; default: ${RECENT}`)
    .action((flags: LogFlags) => authLog(context.start(flags), flags));
}

/** Prints the security events of the account. Throws `unauthorized`, `forbidden` or `unavailable`. */
export async function authLog(invocation: Invocation, flags: LogFlags): Promise<void> {
  const { io, format } = invocation;
  const server = requireServer(invocation, flags.server);
  const limit = readLimit(flags.limit) ?? RECENT;
  const { openAccount } = await import("../../api-client/account.ts");
  const account = await openAccount(io, server);
  const events = await account.listEvents(limit === 0 ? MAX_EVENTS : Math.min(limit, MAX_EVENTS));
  if (format === "json") return printJson(invocation, events);
  if (format === "quiet") return;
  if (events.length === 0) return printNote(invocation, "Nothing was recorded yet.");
  printColumns(
    invocation,
    events.map(({ at, event, outcome, address, subject }) => [
      formatClock(at, io.system),
      event.replaceAll("_", " "),
      outcome,
      address ?? "on the server",
      subject ?? "",
    ]),
  );
}
