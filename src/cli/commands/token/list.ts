import { printColumns } from "../../output/columns.ts";
import { formatClock } from "../../../domain/dates/format-date.ts";
import { shortId } from "../../input/pick.ts";
import { printJson, printNote, printText } from "../../output/print.ts";
import type { ServerFlags, Invocation } from "../../invocation.ts";
import { requireServer } from "../../config/resolve-server.ts";

/** Prints the personal tokens of the account, the oldest first. Throws the server's refusals. */
export async function tokenList(invocation: Invocation, { server }: ServerFlags): Promise<void> {
  const { io, format } = invocation;
  const { openAccount } = await import("../../api-client/account.ts");
  const tokens = await (await openAccount(io, requireServer(invocation, server))).listTokens();
  if (format === "json") return printJson(invocation, tokens);
  if (format === "quiet") return tokens.forEach(({ id }) => printText(invocation, id));
  if (tokens.length === 0)
    return printNote(invocation, "No program has a token. Make one with: todo token create NAME");
  const day = (moment: string) => formatClock(moment, io.system);
  printColumns(
    invocation,
    tokens.map((token) => [
      shortId(token),
      token.name,
      `…${token.last8}`,
      token.scopes.join(" "),
      token.expires_at === null ? "no end" : `until ${day(token.expires_at)}`,
      token.last_used_at === null ? "never used" : `last used ${day(token.last_used_at)}`,
    ]),
  );
}
