import type { Command } from "commander";
import { TodoError } from "../../domain/errors.ts";
import { quoteShort } from "../../domain/task/text.ts";
import { isLoopback } from "../../domain/loopback.ts";
import type { DatabaseFile } from "../../ports/database.ts";
import { type CommandContext, defineCommand } from "../context.ts";
import type { ServeOrder } from "../platform/io.ts";
import { listenUntilStopped } from "./serve/listen.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { addLocalSecret, nobodyToTrust, readTokens } from "../auth/tokens.ts";
import { resolveDatabaseUrl, requireUrl, SERVER_URL_VARIABLES } from "../config/resolve-database-url.ts";

const DEFAULT_HOST = "127.0.0.1";
const DEFAULT_PORT = "8787";

type Trust = Pick<ServeOrder, "tokens" | "accountSecrets">;
type ServeFlags = { readonly host?: string; readonly port?: string; readonly migrate?: boolean };

export function registerServe(program: Command, context: CommandContext): void {
  defineCommand(program, "serve", {
    quiet: "the address",
    summary: "serve the HTTP API until it is stopped",
    examples: [
      "todo serve",
      "todo serve --port 0   # takes a free port",
      "todo serve --host 0.0.0.0",
      "DATABASE_URL=postgres://… todo serve",
    ],
  })
    .option("--host <host>", `the address to listen on (also HOST), else ${DEFAULT_HOST}`)
    .option("--port <port>", `the port (also PORT), else ${DEFAULT_PORT}; 0 takes a free one`)
    .option("--no-migrate", "do not migrate the tables of a database server")
    .action((flags: CommonFlags & ServeFlags) => serve(context.start(flags), flags));
}

/** Serves the database over HTTP and prints the address. On a stop signal it ends after the last answer. */
export async function serve(invocation: Invocation, flags: ServeFlags): Promise<void> {
  const { io, place } = invocation;
  const host = (flags.host || io.env["HOST"] || DEFAULT_HOST).replace(/^\[(.*)\]$/, "$1");
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
  const trust = await resolveTrust(invocation, open, host);
  const { store, accounts, sync, usage } = await open();
  await listenUntilStopped(invocation, { host, port, store, accounts, sync, usage, ...trust });
  await store.close();
}

/**
 * Without any setting it accepts only this machine, with a secret of its own, which also signs the tokens of accounts.
 */
async function resolveTrust({ io }: Invocation, open: () => Promise<DatabaseFile>, host: string): Promise<Trust> {
  const tokens = readTokens(io);
  if (tokens.isBare && !isLoopback(host)) {
    throw nobodyToTrust(
      io,
      `${host} can be reached by others, but no secret or key set is configured to check tokens with`,
    );
  }
  if (tokens.secrets.length > 0) return { tokens, accountSecrets: tokens.secrets };
  // A database in memory can't keep a secret, and would forget its accounts.
  if (!tokens.isBare && (await open()).file.path === ":memory:") return { tokens, accountSecrets: [] };
  const local = await addLocalSecret(io, tokens, (await open()).file);
  return { tokens: tokens.isBare ? local : tokens, accountSecrets: local.secrets };
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new TodoError("usage", `${quoteShort(text)} is not a port`, { hints: ["Ports are 0 to 65535."] });
}
