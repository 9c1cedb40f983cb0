import type { Command } from "commander";
import { LOCAL_USER } from "../../services/workspace.ts";
import { type Context, defineCommand } from "../context.ts";
import { printJson, printText } from "../print.ts";
import type { CommonFlags, Session } from "../session.ts";
import { addLocalSecret, readTokens } from "../tokens.ts";
import { needsFile } from "../which-database.ts";

const LIFETIME_S = 24 * 60 * 60;

export function registerToken(program: Command, context: Context): void {
  defineCommand(program, "token", {
    summary: "print a token for the API, valid for a day",
    examples: ['curl -H "Authorization: Bearer $(todo token)" localhost:8787/api/tasks'],
  }).action((flags: CommonFlags) => token(context.start(flags)));
}

/** Prints a JWT with which the server of this database takes the caller for its owner. Throws `usage` where it can't sign one. */
export async function token(session: Session): Promise<void> {
  const { io, file, format } = session;
  if (!file) throw needsFile("token", "Tokens for a database on a server come from your auth server.");
  const { signToken } = await import("../../services/tokens/sign.ts");
  const settings = readTokens(io);
  const signing = settings.isBare ? await addLocalSecret(io, settings, file) : settings;
  const jwt = await signToken(signing, { user: LOCAL_USER, lifetime: LIFETIME_S }, io.around.now());
  if (format === "json") return printJson(session, { token: jwt });
  printText(session, jwt);
}
