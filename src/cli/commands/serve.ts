import type { Command } from "commander";
import { TodoError } from "../../domain/errors.ts";
import { type CommandContext, defineCommand } from "../context.ts";
import { serveFile } from "./serve/file.ts";
import { printAddress } from "./serve/listen.ts";
import { noteFirstAccount, noteKeptSecret, noteOwnTasks } from "./serve/notes.ts";
import { DEFAULT_HOST, readHost } from "./serve/read-host.ts";
import { PORT_OPTION, readPort } from "./serve/read-port.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { resolveDatabaseUrl, requireUrl, SERVER_URL_VARIABLES } from "../config/resolve-database-url.ts";

type ServeFlags = {
  readonly host?: string;
  readonly port?: string;
  readonly migrate?: boolean;
  readonly web?: boolean;
};

export function registerServe(program: Command, context: CommandContext): void {
  defineCommand(program, "serve", {
    quiet: "the address",
    summary: "serve the page in browsers and the HTTP API until you stop it",
    examples: [
      "todo serve",
      "todo serve --port 0   # takes a free port",
      "todo serve --host 0.0.0.0",
      "DATABASE_URL=postgres://… todo serve",
    ],
  })
    .option("--host <host>", `the address to listen on; default: ${DEFAULT_HOST}`)
    .option(...PORT_OPTION)
    .option("--no-migrate", "do not migrate the tables of a PostgreSQL database")
    .option("--no-web", "serve the API alone, without the page in browsers")
    .action((flags: CommonFlags & ServeFlags) => serve(context.start(flags), flags));
}

/** Serves the database over HTTP and prints the address, until a stop signal. */
export async function serve(invocation: Invocation, flags: ServeFlags): Promise<void> {
  const { io, place } = invocation;
  const host = readHost(io, flags.host);
  const port = readPort(io, flags.port);
  const { migrate = true, web: hasPage = true } = flags;
  const url = resolveDatabaseUrl(invocation, SERVER_URL_VARIABLES);
  if (url !== undefined || place.kind === "server") {
    const { serveDatabase } = await import("./serve/database.ts");
    return serveDatabase(invocation, { url: url ?? requireUrl(invocation, "serve"), host, port, migrate, hasPage });
  }
  if (!migrate) {
    throw new TodoError("usage", "--no-migrate is for a database on a server", {
      hints: ["A file is always brought up to date when it is opened, after a copy was made."],
    });
  }
  const order = { place, host, port, hasPage, isLogged: true };
  await serveFile(invocation, order, {
    // Before the first request, which may add such a task.
    prepare: (database) => noteOwnTasks(invocation, database),
    onListening: async (address, database, keptAt) => {
      printAddress(invocation, address);
      if (keptAt !== undefined) noteKeptSecret(invocation, keptAt);
      await noteFirstAccount(invocation, database, { host, url: address });
    },
  });
}
