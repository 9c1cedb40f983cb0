import { readPlace } from "../../domain/database-url.ts";
import { isUnauthorized, withHint } from "../../domain/errors.ts";
import { endOf } from "../../services/tokens/identity.ts";
import { keepCredential } from "./credentials.ts";
import { formatClock } from "../../domain/dates/format-date.ts";
import { escapeControls } from "../../domain/escape.ts";
import { nameUser, verifyToken } from "./identity.ts";
import { withLazyDatabase } from "./lazy-database.ts";
import { printJson, printNote, printText } from "../output/print.ts";
import { askSecret } from "../input/prompts.ts";
import type { Invocation } from "../invocation.ts";

const ANEW = "Make one with: todo token create NAME, or get one from your auth server.";

/** Stores the token on standard input for the database at a URL after verifying it. Throws `usage` or `unauthorized`. */
export async function loginToDatabase(invocation: Invocation, url: string): Promise<void> {
  const { io, format } = invocation;
  const { name, origin } = readPlace(url);
  const token = askSecret(io, "Token: ");
  const identity = await withLazyDatabase(io, url, (database) => verifyToken(io, database, token)).catch(
    (error: unknown) => {
      throw isUnauthorized(error) ? withHint(error, ANEW) : error;
    },
  );
  const aside = await keepCredential(io, origin, { token });
  if (aside !== undefined)
    printNote(invocation, escapeControls(`The tokens that were kept could not be read. They are in ${aside}`));
  if (io.env["TODO_TOKEN"]) printNote(invocation, "TODO_TOKEN is set and goes before this token.");
  const { user } = identity;
  const end = endOf(identity);
  if (format === "json")
    return printJson(invocation, { user, email: null, server: null, database: name, expires_at: end, synced: null });
  if (format === "quiet") return;
  const until = end === null ? "" : ` until ${formatClock(end, io.system)}`;
  printText(invocation, escapeControls(`Logged in as ${nameUser(identity)} to ${name}${until}`));
}
