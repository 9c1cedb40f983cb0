import type { Command } from "commander";
import { TodoError } from "../../../domain/errors.ts";
import { quoteShort } from "../../../domain/task/text.ts";
import { type CommandContext, defineCommand, SERVER_OPTION } from "../../context.ts";
import { askSecret } from "../../input/prompts.ts";
import { escapeControls } from "../../../domain/escape.ts";
import { printNote, printOnce } from "../../output/print.ts";
import type { CommonFlags, Invocation, ServerFlags } from "../../invocation.ts";
import { requireServer } from "../../config/resolve-server.ts";

const DEFAULT_DAYS = "90";

type CreateFlags = { readonly days: string; readonly readOnly?: boolean };

export function registerTokenCreate(group: Command, context: CommandContext): void {
  defineCommand(group, "create", {
    quiet: "the token",
    summary: "create a personal token for a program",
    examples: [
      "todo token create backup --read-only   # asks for your password",
      "todo token create bot --days 365 < password.txt",
    ],
  })
    .argument("<name>", "a name that says what it is for")
    .option("--read-only", "a token that can read but not change anything")
    .option("--days <number>", "the days until it expires, or none", DEFAULT_DAYS)
    .option(...SERVER_OPTION)
    .action((name: string, flags: CommonFlags & CreateFlags, command: Command) =>
      // `todo token` has the option of the server too, and takes it wherever it stands.
      tokenCreate(context.start(flags), name, flags, command.optsWithGlobals<ServerFlags>().server),
    );
}

/** Asks for the password and prints a new personal token, which can't be shown again. Throws `usage`, and the server's refusals. */
export async function tokenCreate(
  invocation: Invocation,
  name: string,
  flags: CreateFlags,
  given?: string,
): Promise<void> {
  const days = readDays(flags.days);
  const { openAccount } = await import("../../api-client/account.ts");
  const account = await openAccount(invocation.io, requireServer(invocation, given));
  const scopes = flags.readOnly ? (["tasks:read"] as const) : (["tasks:read", "tasks:write"] as const);
  const password = askSecret(invocation.io, "Password: ");
  const created = await account.createToken({ password, name, scopes, days });
  const shown = { text: escapeControls(created.token), json: created };
  printOnce(invocation, shown, "The token was made. Find it with todo token list, and end it with todo token revoke.");
  if (invocation.format === "json") return;
  printNote(invocation, "Keep it now: it is not shown again.");
}

function readDays(text: string): number | null {
  if (text === "none") return null;
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new TodoError("usage", `${quoteShort(text)} is not a number of days`, { hints: ["Or: --days none"] });
}
