import type { Command } from "commander";
import type { StoreFile } from "../../ports/store.ts";
import type { TokenSettings } from "../../services/tokens/settings.ts";
import { LOCAL_USER } from "../../services/workspace.ts";
import { type CommandContext, defineCommand, inGroup } from "../context.ts";
import { escapeControls } from "../output/escape.ts";
import { printJson, printNote, printText } from "../output/print.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { readKeptSecret, readTrust } from "../auth/tokens.ts";
import { registerTokenCreate } from "./token/create.ts";
import { registerTokenList } from "./token/list.ts";
import { registerTokenRevoke } from "./token/revoke.ts";
import { requireFile } from "../config/resolve-database-url.ts";

const LIFETIME_S = 24 * 60 * 60;

export function registerToken(program: Command, context: CommandContext): void {
  const group = defineCommand(program, "token", {
    quiet: "the token",
    summary: "print a token for the API of your own server, or manage those of programs",
    examples: [
      'curl -H "Authorization: Bearer $(todo token)" localhost:8787/api/tasks   # valid for a day',
      "todo token create backup --read-only",
    ],
  })
    .helpCommand(false)
    .action((flags: CommonFlags) => token(context.start(flags)));
  const inner = inGroup(group, context);
  for (const register of [registerTokenCreate, registerTokenList, registerTokenRevoke]) {
    register(group, inner);
  }
}

/** Prints a JWT that identifies the database's owner to its server on this machine. Throws `usage` if it can't sign one. */
export async function token(invocation: Invocation): Promise<void> {
  const { io, format } = invocation;
  const { open } = requireFile(invocation, "token", "Tokens for a database on a server come from your auth server.");
  const { signToken } = await import("../../services/tokens/sign.ts");
  const { tokens, isBare } = readTrust(io);
  const settings = isBare ? signLocally(invocation, tokens, (await open()).file) : tokens;
  const jwt = await signToken(settings, { user: LOCAL_USER, lifetimeS: LIFETIME_S }, io.system.now());
  if (format === "json") return printJson(invocation, { token: jwt });
  printText(invocation, jwt);
}

/** The settings with the database's own secret. Only a server of this very database takes what it signs. */
function signLocally(invocation: Invocation, tokens: TokenSettings, file: StoreFile): TokenSettings {
  const { secret } = readKeptSecret(invocation.io, file);
  if (invocation.format === "text") printNote(invocation, escapeControls(`Database: ${file.path}`));
  return { ...tokens, secrets: [secret] };
}
