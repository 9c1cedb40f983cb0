import { printColumns } from "../../output/columns.ts";
import { formatClock } from "../../../domain/dates/format-date.ts";
import { shortId } from "../../input/pick.ts";
import { printJson, printText } from "../../output/print.ts";
import type { Invocation, ServerFlags } from "../../invocation.ts";
import { requireServer } from "../../config/resolve-server.ts";

/** Prints the devices of the account, the last used first. Throws `unauthorized`, `forbidden` or `unavailable`. */
export async function sessionsList(invocation: Invocation, { server }: ServerFlags): Promise<void> {
  const { io, format } = invocation;
  const { openAccount } = await import("../../api-client/account.ts");
  const found = await (await openAccount(io, requireServer(invocation, server))).listSessions();
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
