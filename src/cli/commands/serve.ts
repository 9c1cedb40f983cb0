import type { Command } from "commander";
import { TodoError } from "../../domain/errors.ts";
import { quoteShort } from "../../domain/task/text.ts";
import { LOCAL_USER } from "../../services/workspace.ts";
import { type CommandContext, defineCommand } from "../context.ts";
import { listenUntilStopped } from "./serve/listen.ts";
import { noteFirstAccount, noteKeptSecret, noteOwnTasks } from "./serve/notes.ts";
import { DEFAULT_HOST, readHost } from "./serve/read-host.ts";
import { resolveTrust } from "./serve/trust.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { resolveDatabaseUrl, requireUrl, SERVER_URL_VARIABLES } from "../config/resolve-database-url.ts";

const DEFAULT_PORT = "8787";

type ServeFlags = { readonly host?: string; readonly port?: string; readonly migrate?: boolean };

export function registerServe(program: Command, context: CommandContext): void {
  defineCommand(program, "serve", {
    quiet: "the address",
    summary: "serve the HTTP API until you stop it",
    examples: [
      "todo serve",
      "todo serve --port 0   # takes a free port",
      "todo serve --host 0.0.0.0",
      "DATABASE_URL=postgres://… todo serve",
    ],
  })
    .option("--host <host>", `the address to listen on; default: ${DEFAULT_HOST}`)
    .option("--port <port>", `the port to listen on, 0 for a free one; default: ${DEFAULT_PORT}`)
    .option("--no-migrate", "do not migrate the tables of a PostgreSQL database")
    .action((flags: CommonFlags & ServeFlags) => serve(context.start(flags), flags));
}

/** Serves the database over HTTP and prints the address. On a stop signal it ends after the last answer. */
export async function serve(invocation: Invocation, flags: ServeFlags): Promise<void> {
  const { io, place } = invocation;
  const host = readHost(io, flags.host);
  const port = readPort(flags.port || io.env["PORT"] || DEFAULT_PORT);
  const migrate = flags.migrate ?? true;
  const url = resolveDatabaseUrl(invocation, SERVER_URL_VARIABLES);
  if (url !== undefined || place.kind === "server") {
    const { serveDatabase } = await import("./serve/database.ts");
    return serveDatabase(invocation, { url: url ?? requireUrl(invocation, "serve"), host, port, migrate });
  }
  if (!migrate) {
    throw new TodoError("usage", "--no-migrate is for a database on a server", {
      hints: ["A file is always brought up to date when it is opened, after a copy was made."],
    });
  }
  const open = () => place.open({ isShared: true });
  const { keptAt, ...trust } = await resolveTrust(invocation, open, host);
  const database = await open();
  const { store, accounts, sync, usage, openReplica } = database;
  const replica = openReplica(LOCAL_USER);
  // A server of a file that can't be written reads it all the same.
  const noteServer = (address: string | null) => replica.noteServer(address).catch(() => undefined);
  // Before the first request, which may add such a task.
  await noteOwnTasks(invocation, database);
  await listenUntilStopped(invocation, { host, port, store, accounts, sync, usage, ...trust }, async (address) => {
    await noteServer(address);
    if (keptAt !== undefined) noteKeptSecret(invocation, keptAt);
    await noteFirstAccount(invocation, database, { host, url: address });
  });
  await noteServer(null);
  await store.close();
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new TodoError("usage", `${quoteShort(text)} is not a port`, { hints: ["Ports are 0 to 65535."] });
}
