import type { Command } from "commander";
import { TodoError } from "../../../domain/errors.ts";
import { type CommandContext, defineCommand, SERVER_OPTION } from "../../context.ts";
import { escapeControls } from "../../../domain/escape.ts";
import { printJson, printText } from "../../output/print.ts";
import type { ServerFlags, Invocation } from "../../invocation.ts";
import { requireServer } from "../../config/resolve-server.ts";

type TokenFlags = ServerFlags & { readonly local?: boolean };

export function registerAuthToken(group: Command, context: CommandContext): void {
  defineCommand(group, "token", {
    quiet: "the token",
    summary: "print a token for the API, valid for a few minutes",
    examples: [
      'curl -H "Authorization: Bearer $(todo auth token)" https://todo.example.com/api/tasks',
      'curl -H "Authorization: Bearer $(todo auth token --local)" localhost:8787/api/tasks',
    ],
  })
    .option("--local", "print one for the server of this database file, valid for a day")
    .option(...SERVER_OPTION)
    .action((flags: TokenFlags) => authToken(context.start(flags), flags));
}

/**
 * Prints the token of the login, a new one if it is about to expire, or one of the local database's owner. Throws
 * `usage`, `unauthorized` or `unavailable`.
 */
export async function authToken(invocation: Invocation, { server, local = false }: TokenFlags): Promise<void> {
  if (local && server !== undefined) throw new TodoError("usage", "--local and --server exclude each other");
  const token = await (local ? findLocalToken(invocation) : findLoginToken(invocation, server));
  if (invocation.format === "json") return printJson(invocation, { token });
  printText(invocation, escapeControls(token));
}

async function findLocalToken(invocation: Invocation): Promise<string> {
  return (await import("../../auth/local-token.ts")).makeLocalToken(invocation);
}

async function findLoginToken(invocation: Invocation, given: string | undefined): Promise<string> {
  const { openServer } = await import("../../api-client/server-client.ts");
  return (await openServer(invocation.io, requireServer(invocation, given))).freshToken();
}
