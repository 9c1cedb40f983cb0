import type { Command } from "commander";
import { countTasks } from "../../services/tasks/list-tasks.ts";
import type { FileCopy, StoreMeasures } from "../../ports/store.ts";
import { LOCAL_USER, type Workspace } from "../../services/workspace.ts";
import { type CommandContext, defineCommand } from "../context.ts";
import { readPlace } from "../../domain/database-url.ts";
import { escapeControls } from "../../domain/escape.ts";
import { formatBytes } from "../../domain/sizes.ts";
import { formatTaskCount } from "../../domain/task/text.ts";
import { printFacts, printJson, printText } from "../output/print.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";

export function registerInfo(program: Command, context: CommandContext): void {
  defineCommand(program, "info", {
    quiet: "where the data is",
    summary: "show where your data is and how much there is",
    examples: ["todo info", "todo info --json"],
  }).action((flags: CommonFlags) => info(context.start(flags)));
}

/**
 * Prints the database's location, its schema and the counts of what its user can list. `--quiet` prints only the
 * location.
 */
export async function info(invocation: Invocation): Promise<void> {
  if (invocation.place.kind === "server") return infoOfServer(invocation, invocation.place.url);
  const { file } = await invocation.place.open();
  if (invocation.format === "quiet") return printText(invocation, escapeControls(file.path));
  const measures = file.measure(LOCAL_USER);
  const { version } = invocation.io;
  if (invocation.format === "json") {
    const copies = file.copies().map(({ path }) => path);
    const { node: device, ...others } = measures;
    return printJson(invocation, { version, database: file.path, ...others, device, copies });
  }
  printFacts(invocation, [
    ["version", version],
    ["database", file.path],
    ["size", `${Math.ceil(measures.bytes / 1024)} KiB`],
    ["schema", measures.schema],
    ["device", measures.node],
    ["tasks", describeCounts(measures)],
    ["changes", String(measures.changes)],
    ...describeOthers(measures),
    ...describeCopies(file.copies()),
  ]);
}

/** The tasks of accounts, if the file is also a server's database. */
function describeOthers({ others }: StoreMeasures): [name: string, value: string][] {
  return others === 0 ? [] : [["accounts", `${formatTaskCount(others)} of others: todo admin usage`]];
}

/** Copies from before updates, which keep what was deleted since. */
function describeCopies(copies: readonly FileCopy[]): [name: string, value: string][] {
  if (copies.length === 0) return [];
  const bytes = copies.reduce((sum, copy) => sum + copy.bytes, 0);
  return [["copies", `${copies.length}, ${formatBytes(bytes)}: todo doctor`]];
}

async function infoOfServer(invocation: Invocation, url: string): Promise<void> {
  const { version } = invocation.io;
  const database = readPlace(url).name;
  if (invocation.format === "quiet") return printText(invocation, escapeControls(database));
  const { enterDatabase } = await import("../auth/remote.ts");
  const { server, workspace } = await enterDatabase(invocation.io, url);
  const counts = await countAll(workspace);
  const schema = (await server.status()).applied.at(-1) ?? "";
  const { user } = workspace;
  if (invocation.format === "json") return printJson(invocation, { version, database, schema, user, ...counts });
  printFacts(invocation, [
    ["version", version],
    ["database", database],
    ["schema", schema],
    ["user", user],
    ["tasks", describeCounts(counts)],
  ]);
}

type Counts = Pick<StoreMeasures, "pending" | "completed" | "cancelled" | "deleted">;

async function countAll(workspace: Workspace): Promise<Counts> {
  const count = (status: keyof Counts) => countTasks(workspace, [{ kind: "status", status }]);
  return {
    pending: await count("pending"),
    completed: await count("completed"),
    cancelled: await count("cancelled"),
    deleted: await count("deleted"),
  };
}

function describeCounts({ pending, completed, cancelled, deleted }: Counts): string {
  const apart = cancelled === 0 ? "" : ` (${cancelled} cancelled)`;
  return `${pending} pending, ${completed} completed${apart}, ${deleted} deleted`;
}
