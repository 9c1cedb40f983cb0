import type { Command } from "commander";
import { TodoError } from "../../domain/errors.ts";
import type { Replica } from "../../domain/replica.ts";
import { countTasks } from "../../services/tasks.ts";
import { LOCAL_USER } from "../../services/workspace.ts";
import { type Context, defineCommand } from "../context.ts";
import { formatClock } from "../dates.ts";
import { escapeControls } from "../escape.ts";
import { printFacts, printJson, printNote, printText } from "../print.ts";
import type { CommonFlags, Session } from "../session.ts";
import { needsFile } from "../which-database.ts";
import { requireServer } from "../which-server.ts";

type SyncFlags = { readonly status?: boolean; readonly yes?: boolean };

export function registerSync(program: Command, context: Context): void {
  defineCommand(program, "sync", {
    summary: "bring your changes to the server and take those of your other devices",
    examples: ["todo sync", "todo sync --status"],
  })
    .option("--status", "say whom this database follows and what is unsent")
    .option("--yes", "upload what is here without asking, at the first time")
    .action((flags: CommonFlags & SyncFlags) => sync(context.start(flags), flags));
}

/** Syncs with the server that the database follows, or that one is logged in to. Throws `unavailable` where that is away. */
export async function sync(session: Session, { status = false, yes = false }: SyncFlags): Promise<void> {
  if (!session.opened) throw needsFile("sync", "A database on a server is the same for all who use it.");
  const replica = (await session.opened()).openReplica(LOCAL_USER);
  if (status) return printStatus(session, replica);
  const origin = await findOrigin(session, replica);
  const { syncWithServer } = await import("../http/sync.ts");
  const workspace = await session.workspace();
  const order = { origin, replica, isAgreed: yes, count: () => countTasks(workspace, []) };
  const synced = await syncWithServer(session, order);
  if (session.format === "json") return printJson(session, { server: origin, ...synced });
  if (session.format === "quiet") return;
  printText(session, `Sent ${synced.sent}, received ${synced.received}`);
  if (synced.rejected > 0) printNote(session, `The server refused ${synced.rejected}: todo sync --status`);
}

async function findOrigin(session: Session, replica: Replica): Promise<string> {
  const bound = (await replica.binding())?.server;
  // The settings say where one is logged in now, and only a variable that this very database is to follow it.
  if (bound !== undefined && session.io.env["TODO_SERVER"] === undefined) return bound;
  const asked = requireServer(session, undefined);
  if (bound === undefined || asked === bound) return asked;
  throw new TodoError("account_mismatch", `this database follows ${bound}, not ${asked}`, {
    hints: ["Give another file with --db or TODO_DB to follow another server."],
  });
}

async function printStatus(session: Session, replica: Replica): Promise<void> {
  const binding = await replica.binding();
  const { unsent, parked } = await replica.backlog();
  const { io, format } = session;
  const at = binding?.syncedAt ?? null;
  const synced = at === null ? null : new Date(at).toISOString();
  const { server = null, user = null } = binding ?? {};
  if (format === "json") return printJson(session, { server, user, synced_at: synced, unsent, parked });
  if (format === "quiet") return printText(session, String(unsent));
  printFacts(session, [
    ["server", server ?? "none: todo login, then todo sync"],
    ["user", escapeControls(user ?? "")],
    ["last sync", synced === null ? "never" : formatClock(synced, io.around)],
    ["unsent", `${unsent} tasks`],
    ["refused", String(parked.length)],
  ]);
  for (const { id, field, message } of parked) printNote(session, escapeControls(`${id} ${field}: ${message}`));
}
