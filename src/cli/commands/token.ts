import type { Command } from "commander";
import { LOCAL_USER } from "../../services/workspace.ts";
import { type CommandContext, defineCommand, inGroup } from "../context.ts";
import { printJson, printText } from "../output/print.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { addLocalSecret, readTokens } from "../auth/tokens.ts";
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

/** Prints a JWT that identifies the database's owner to its server. Throws `usage` if it can't sign one. */
export async function token(invocation: Invocation): Promise<void> {
  const { io, format } = invocation;
  const { open } = requireFile(invocation, "token", "Tokens for a database on a server come from your auth server.");
  const { signToken } = await import("../../services/tokens/sign.ts");
  const settings = readTokens(io);
  const signing = settings.isBare ? await addLocalSecret(io, settings, (await open()).file) : settings;
  const jwt = await signToken(signing, { user: LOCAL_USER, lifetimeS: LIFETIME_S }, io.system.now());
  if (format === "json") return printJson(invocation, { token: jwt });
  printText(invocation, jwt);
}
