import type { Command } from "commander";
import { printColumns } from "../output/columns.ts";
import { type CommandContext, defineCommand, SERVER_OPTION, inGroup } from "../context.ts";
import { formatClock } from "../output/dates.ts";
import { shortId } from "../input/pick.ts";
import { printJson, printText } from "../output/print.ts";
import type { ServerFlags, Invocation } from "../invocation.ts";
import { requireServer } from "../config/resolve-server.ts";
import { registerSessionsRevoke } from "./sessions/revoke.ts";

/** `todo sessions` lists the sessions. Its subcommand `revoke` ends one. */
export function registerSessions(program: Command, context: CommandContext): void {
  const group = defineCommand(program, "sessions", {
    quiet: "ids",
    summary: "list the devices that are logged in to your account",
    examples: ["todo sessions", "todo sessions revoke old-laptop"],
  })
    .option(...SERVER_OPTION)
    .helpCommand(false)
    .action((flags: ServerFlags) => sessions(context.start(flags), flags.server));
  const inner = inGroup(group, context);
  registerSessionsRevoke(group, inner);
}

/** Prints the devices of the account, the last used first. Throws `unauthorized`, `forbidden` or `unavailable`. */
export async function sessions(invocation: Invocation, given?: string): Promise<void> {
  const { io, format } = invocation;
  const { openAccount } = await import("../api-client/account.ts");
  const found = await (await openAccount(io, requireServer(invocation, given))).listSessions();
  if (format === "json") return printJson(invocation, found);
  if (format === "quiet") return found.forEach(({ id }) => printText(invocation, id));
  printColumns(
    invocation,
    found.map((each) => [
      shortId(each),
      each.device,
      `last used ${formatClock(each.last_used_at, io.system)}`,
      each.current ? "this one" : "",
    ]),
  );
}
