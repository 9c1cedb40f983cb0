import type { Command } from "commander";
import { TodoError, withHint } from "../../domain/errors.ts";
import { endOf, type Identity } from "../../services/tokens/identity.ts";
import { type Context, defineCommand } from "../context.ts";
import { keepCredential } from "../credentials.ts";
import { readPlace } from "../../domain/database.ts";
import { formatClock } from "../dates.ts";
import { escapeControls } from "../escape.ts";
import type { Io } from "../io.ts";
import { printJson, printNote, printText } from "../print.ts";
import type { CommonFlags, Session } from "../session.ts";
import { requireUrl } from "../which-database.ts";

const ANEW = "Get a new token from your auth server.";

type LoginFlags = { readonly token?: string };

export function registerLogin(program: Command, context: Context): void {
  defineCommand(program, "login", {
    summary: "keep a token, by which a database server knows you",
    examples: ["todo login --token - < token.txt", "todo login --token -   # asks for it on a terminal"],
  })
    .option("--token <->", "-: read the token from standard input")
    .allowExcessArguments()
    .action((flags: CommonFlags & LoginFlags, command: Command) => login(context.start(flags), flags, command.args));
}

/**
 * Keeps the token on standard input for the database, once it was verified. Throws `usage` for one on the command line and where
 * nothing says whose tokens are good, `unauthorized` for one that is not.
 */
export async function login(session: Session, { token }: LoginFlags, words: readonly string[] = []): Promise<void> {
  if (token !== "-" || words.length > 0) throw refuseCommandLine(token === undefined && words.length === 0);
  const { io } = session;
  const { name, origin } = readPlace(requireUrl(session, "login"));
  const { createVerify } = await import("../identity.ts");
  const verify = createVerify(io);
  const text = readToken(io);
  const identity = await verify(text).catch((error: unknown) => {
    throw error instanceof TodoError && error.code === "unauthorized" ? withHint(error, ANEW) : error;
  });
  const aside = keepCredential(io, origin, text);
  if (aside !== undefined) printNote(session, `The tokens that were kept could not be read. They are in ${aside}`);
  if (io.env["TODO_TOKEN"]) printNote(session, "TODO_TOKEN is set and goes before this token.");
  printIdentity(session, name, identity);
}

function printIdentity(session: Session, database: string, identity: Identity): void {
  const { user } = identity;
  const end = endOf(identity);
  if (session.format === "json") return printJson(session, { user, database, expires_at: end });
  if (session.format === "quiet") return;
  const until = formatClock(end, session.io.around);
  printText(session, escapeControls(`Logged in as ${user} to ${database} until ${until}`));
}

function readToken({ input, err }: Io): string {
  if (!input.isTerminal()) return requireToken(input.readLine());
  const line = input.readHidden(() => err.write("Token: "));
  err.write("\n");
  return requireToken(line);
}

function requireToken(line: string | null): string {
  const token = line?.replace(/\r$/, "");
  if (token) return token;
  throw new TodoError("usage", "there is no token on standard input", {
    hints: ["Give it with: todo login --token - < token.txt"],
  });
}

function refuseCommandLine(isMissing: boolean): TodoError {
  const message = isMissing
    ? "todo login reads a token from standard input"
    : "a token on the command line can be read by others";
  return new TodoError("usage", message, { hints: ["Give it on standard input: todo login --token - < token.txt"] });
}
