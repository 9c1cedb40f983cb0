import { readPlace } from "../../domain/database-url.ts";
import { isUnauthorized, withHint } from "../../domain/errors.ts";
import { exchange } from "../../services/sync/exchange.ts";
import { requireScope } from "../../services/tokens/scope.ts";
import { createLazyDatabase } from "../auth/lazy-database.ts";
import { identify, nameUser } from "../auth/identity.ts";
import type { Io } from "../platform/io.ts";
import { pause } from "./pause.ts";
import type { Remote } from "./remote.ts";

/** Between two looks at what changed there. */
const POLL_INTERVAL_MS = 2000;
const LOG_IN = "A database that is only a remote must be named: todo login --db postgres://… --token -";

/**
 * A database on a server that this process syncs with as a server would, as the user of the stored token or TODO_TOKEN.
 * Throws `unauthorized`, `insufficient_scope` or `usage`, and for tokens of other issuers before it connects.
 */
export async function openDatabaseRemote(io: Io, url: string): Promise<Remote> {
  const database = createLazyDatabase(io, url);
  const { identity } = await identify(io, url, database).catch((error: unknown) => {
    throw isUnauthorized(error) ? withHint(error, LOG_IN) : error;
  });
  requireScope(identity, "tasks:write");
  const { user } = identity;
  const { sync } = await database.open();
  let seen = -1;
  return {
    identify: () => Promise.resolve({ server: readPlace(url).origin, user, name: nameUser(identity) }),
    peer: {
      exchange: async (request) => ({ user, ...(await exchange({ sync, user }, request)) }),
    },
    listen: async ({ onHint, signal }) => {
      const revision = await sync.revision(user);
      if (revision !== seen) onHint();
      seen = revision;
      await pause(POLL_INTERVAL_MS, signal);
    },
    close: database.close,
  };
}
