import type { Command } from "commander";
import { countTasks } from "../../services/tasks/tasks.ts";
import type { Workspace } from "../../services/workspace.ts";
import { type Context, defineCommand } from "../context.ts";
import { readPlace } from "../../ports/database.ts";
import { escapeControls } from "../output/escape.ts";
import { printFacts, printJson, printText } from "../output/print.ts";
import type { CommonFlags, Session } from "../session.ts";

export function registerInfo(program: Command, context: Context): void {
  defineCommand(program, "info", {
    summary: "say where the data is and how much there is",
    examples: ["todo info", "todo info --json"],
  }).action((flags: CommonFlags) => info(context.start(flags)));
}

/** Prints where the database is, its schema and its counts, on a server those of the user. `--quiet` prints only where. */
export async function info(session: Session): Promise<void> {
  if (!session.file) return infoOfServer(session, session.url);
  const file = await session.file();
  if (session.format === "quiet") return printText(session, file.path);
  const measures = file.measure();
  const { version } = session.io;
  if (session.format === "json") return printJson(session, { version, database: file.path, ...measures });
  printFacts(session, [
    ["version", version],
    ["database", file.path],
    ["size", `${Math.ceil(measures.bytes / 1024)} KiB`],
    ["schema", measures.schema],
    ["device", measures.node],
    ["tasks", describeCounts(measures)],
    ["changes", String(measures.changes)],
  ]);
}

async function infoOfServer(session: Session, url: string): Promise<void> {
  const { version } = session.io;
  const database = readPlace(url).name;
  if (session.format === "quiet") return printText(session, escapeControls(database));
  const { enterDatabase } = await import("../auth/remote.ts");
  const { server, workspace } = await enterDatabase(session.io, url);
  const counts = await countAll(workspace);
  const schema = (await server.status()).applied.at(-1) ?? "";
  const { user } = workspace;
  if (session.format === "json") return printJson(session, { version, database, schema, user, ...counts });
  printFacts(session, [
    ["version", version],
    ["database", escapeControls(database)],
    ["schema", schema],
    ["user", escapeControls(user)],
    ["tasks", describeCounts(counts)],
  ]);
}

type Counts = { readonly pending: number; readonly completed: number; readonly deleted: number };

async function countAll(workspace: Workspace): Promise<Counts> {
  const count = (status: keyof Counts) => countTasks(workspace, [{ kind: "status", status }]);
  return { pending: await count("pending"), completed: await count("completed"), deleted: await count("deleted") };
}

function describeCounts({ pending, completed, deleted }: Counts): string {
  return `${pending} pending, ${completed} completed, ${deleted} deleted`;
}
