import { type DatabaseServer } from "../../../ports/database.ts";
import { readPlace } from "../../../domain/database-url.ts";
import { TodoError } from "../../../domain/errors.ts";
import { prepareDatabase } from "../../../services/database/prepare.ts";
import { readUrl } from "../../config/database-url.ts";
import { escapeControls } from "../../../domain/escape.ts";
import type { Io } from "../../platform/io.ts";
import { listenUntilStopped, printAddress } from "./listen.ts";
import { noteFirstAccount } from "./notes.ts";
import { printNote } from "../../output/print.ts";
import type { Invocation } from "../../invocation.ts";
import { nobodyToTrust, readTrust } from "../../auth/tokens.ts";
import { OWNER_URL_VARIABLE } from "../../config/resolve-database-url.ts";

/** Pool size. A write holds a connection for some milliseconds, a read for one. */
const CONNECTIONS = 10;

export type DatabaseOrder = {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Whether to migrate the database first. */
  readonly migrate: boolean;
  /** Whether to serve the page in browsers, too. */
  readonly hasPage: boolean;
};

/**
 * Serves a database on a server. If it is out of reach, the server listens all the same, and is not ready. Throws
 * `usage` for invalid settings, and `forbidden` or `newer_store` for a database that must not be served.
 */
export async function serveDatabase(
  invocation: Invocation,
  { url, host, port, migrate, hasPage }: DatabaseOrder,
): Promise<void> {
  const { io } = invocation;
  const { tokens, isBare, accountSecrets } = readTrust(io);
  if (isBare && accountSecrets.length === 0) {
    throw nobodyToTrust(io, "Set TODO_SECRET, for accounts of this server. A new one: openssl rand -base64 32");
  }
  const requireRowSecurity = readRequirement(io);
  const serving = await io.openDatabase(url, { requireRowSecurity, connections: CONNECTIONS });
  const owner = migrate ? await openOwner(io, serving) : serving;
  printNote(invocation, `Database: ${escapeControls(readPlace(url).name)}`);
  // The operator needs these notes even with `--quiet`.
  const note = (text: string) => io.err.write(`${escapeControls(text)}\n`);
  let isStopped = false;
  const watch = { note, isStopped: () => isStopped, sleep: Bun.sleep };
  try {
    await prepareDatabase({ serving, owner, migrate, requireRowSecurity, ...watch });
    const { store, accounts, sync, usage } = serving;
    const served = { store, accounts, sync, usage, tokens, accountSecrets };
    const order = { host, port, hasPage, isLogged: true, ...served };
    await listenUntilStopped(invocation, order, async (address) => {
      printAddress(invocation, address);
      // A database that is away answers later or never, and nobody waits for it.
      void noteFirstAccount(invocation, serving, { host, url: address }).catch(() => undefined);
    });
  } finally {
    isStopped = true;
    await Promise.all([...new Set([serving, owner])].map(({ store }) => store.close()));
  }
}

async function openOwner(io: Io, serving: DatabaseServer): Promise<DatabaseServer> {
  const url = readUrl(io.env, OWNER_URL_VARIABLE);
  return url === undefined ? serving : io.openDatabase(url);
}

function readRequirement({ env }: Io): boolean {
  const text = env["TODO_REQUIRE_RLS"] ?? "";
  if (["", "0", "1"].includes(text)) return text === "1";
  throw new TodoError("usage", "TODO_REQUIRE_RLS is neither 1 nor 0", { hints: ["Leave it out for 0."] });
}
