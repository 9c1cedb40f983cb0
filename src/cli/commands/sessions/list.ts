import type { Command } from "commander";
import { printColumns } from "../../output/columns.ts";
import { type CommandContext, defineCommand, SERVER_OPTION } from "../../context.ts";
import { formatClock } from "../../output/dates.ts";
import { shortId } from "../../input/pick.ts";
import { printJson, printText } from "../../output/print.ts";
import type { Invocation, ServerFlags } from "../../invocation.ts";
import { requireServer } from "../../config/resolve-server.ts";

export function registerSessionsList(group: Command, context: CommandContext): void {
  defineCommand(group, "list", {
    quiet: "ids",
    summary: "list the devices that are logged in to your account",
    examples: ["todo sessions list", "todo sessions list --json"],
  })
    .option(...SERVER_OPTION)
    .action((flags: ServerFlags, command: Command) =>
      // `todo sessions` has this option too, and takes it wherever it stands.
      sessionsList(context.start(flags), command.optsWithGlobals<ServerFlags>().server),
    );
}

/** Prints the devices of the account, the last used first. Throws `unauthorized`, `forbidden` or `unavailable`. */
export async function sessionsList(invocation: Invocation, given?: string): Promise<void> {
  const { io, format } = invocation;
  const { openAccount } = await import("../../api-client/account.ts");
  const found = await (await openAccount(io, requireServer(invocation, given))).listSessions();
  if (format === "json") return printJson(invocation, found);
  if (format === "quiet") return found.forEach(({ id }) => printText(invocation, id));
  const { createDeviceNames } = await import("../../api-client/device-names.ts");
  const nameOf = createDeviceNames(found);
  printColumns(
    invocation,
    found.map((each) => [
      shortId(each),
      nameOf(each),
      `last used ${formatClock(each.last_used_at, io.system)}`,
      each.current ? "(this one)" : "",
    ]),
  );
}
