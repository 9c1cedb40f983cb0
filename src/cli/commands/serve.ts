import type { Command } from "commander";
import { TodoError } from "../../domain/errors.ts";
import { isLoopback } from "../../domain/loopback.ts";
import type { TokenSettings } from "../../services/tokens/settings.ts";
import { type Context, defineCommand } from "../context.ts";
import { printJson, printText } from "../print.ts";
import type { CommonFlags, Session } from "../session.ts";
import { addLocalSecret, readTokens } from "../tokens.ts";

const DEFAULT_HOST = "127.0.0.1";
const DEFAULT_PORT = "8787";

type ServeFlags = { readonly host?: string; readonly port?: string };

export function registerServe(program: Command, context: Context): void {
  defineCommand(program, "serve", {
    summary: "serve the HTTP API until it is stopped",
    examples: ["todo serve", "todo serve --port 0   # takes a free port", "todo serve --host 0.0.0.0"],
  })
    .option("--host <host>", `the address to listen on (also HOST), else ${DEFAULT_HOST}`)
    .option("--port <port>", `the port (also PORT), else ${DEFAULT_PORT}; 0 takes a free one`)
    .action((flags: CommonFlags & ServeFlags) => serve(context.start(flags), flags));
}

/** Serves the database over HTTP and prints the address. Ends when the process is asked to, after the last answer. */
export async function serve(session: Session, flags: ServeFlags): Promise<void> {
  const { io } = session;
  const host = (flags.host || io.env["HOST"] || DEFAULT_HOST).replace(/^\[(.*)\]$/, "$1");
  const port = readPort(flags.port || io.env["PORT"] || DEFAULT_PORT);
  const tokens = await settleTokens(session, host);
  const { store } = await session.workspace();
  // Before the address is printed, because whoever reads that may want to stop the server at once.
  const stopped = io.untilStopped();
  const server = await io.serve({ host, port, store, tokens });
  if (session.format === "json") printJson(session, { url: server.url });
  else printText(session, session.format === "quiet" ? server.url : `Listening on ${server.url}`);
  await stopped;
  await server.stop();
  await store.close();
}

/** Without any setting only this machine is let in, with a secret of its own. */
async function settleTokens(session: Session, host: string): Promise<TokenSettings> {
  const tokens = readTokens(session);
  if (!tokens.isBare) return tokens;
  if (isLoopback(host)) return addLocalSecret(session, tokens);
  throw new TodoError("usage", `${host} can be reached by others, and nothing says whose tokens to accept`, {
    hints: [
      "Set BETTER_AUTH_SECRET, the secret of your Better Auth server. A new one: openssl rand -base64 32",
      "Or set TODO_JWKS_URL, TODO_JWT_ISSUER and TODO_JWT_AUDIENCE, for tokens with public keys.",
    ],
  });
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new TodoError("usage", `${JSON.stringify(text)} is not a port`, { hints: ["Ports are 0 to 65535."] });
}
