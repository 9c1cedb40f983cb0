import type { Command } from "commander";
import { type CommandContext, defineCommand, SERVER_OPTION } from "../../context.ts";
import { escapeControls } from "../../output/escape.ts";
import { printJson, printText } from "../../output/print.ts";
import type { ServerFlags, Invocation } from "../../invocation.ts";
import { requireServer } from "../../config/resolve-server.ts";

export function registerAuthToken(group: Command, context: CommandContext): void {
  defineCommand(group, "token", {
    quiet: "the token",
    summary: "print a token for the server's API, good for some minutes",
    examples: ['curl -H "Authorization: Bearer $(todo auth token)" https://todo.example.com/api/tasks'],
  })
    .option(...SERVER_OPTION)
    .action((flags: ServerFlags) => authToken(context.start(flags), flags.server));
}

/** Prints the token of the login, a new one if it is about to expire. Throws `unauthorized` or `unavailable`. */
export async function authToken(invocation: Invocation, given?: string): Promise<void> {
  const { openServer } = await import("../../api-client/server-client.ts");
  const server = await openServer(invocation.io, requireServer(invocation, given));
  const token = await server.freshToken();
  if (invocation.format === "json") return printJson(invocation, { token });
  printText(invocation, escapeControls(token));
}
