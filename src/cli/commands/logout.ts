import type { Command } from "commander";
import { type Context, defineCommand } from "../context.ts";
import { forgetCredential } from "../credentials.ts";
import { readPlace } from "../../domain/database.ts";
import { escapeControls } from "../escape.ts";
import { printJson, printNote, printText } from "../print.ts";
import type { CommonFlags, Session } from "../session.ts";
import { requireUrl } from "../which-database.ts";

export function registerLogout(program: Command, context: Context): void {
  defineCommand(program, "logout", {
    summary: "forget the token that todo login keeps for a database server",
    examples: ["todo logout", "todo logout --db postgres://db.example.com/todo"],
  }).action((flags: CommonFlags) => logout(context.start(flags)));
}

/** Forgets the token that is kept for the database. The token itself stays good until its end. */
export function logout(session: Session): void {
  const { io, format } = session;
  const { name, origin } = readPlace(requireUrl(session, "logout"));
  const forgotten = forgetCredential(io, origin);
  if (format === "json") printJson(session, { database: name, forgotten });
  else if (!forgotten) printNote(session, escapeControls(`You were not logged in to ${name}.`));
  else if (format !== "quiet") printText(session, escapeControls(`Logged out of ${name}`));
  if (io.env["TODO_TOKEN"]) printNote(session, "TODO_TOKEN is set and is used all the same.");
}
