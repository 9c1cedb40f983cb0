import { sql } from "drizzle-orm";
import { TodoError } from "../../domain/errors.ts";
import type { Engine } from "../engine.ts";
import { findBinding, forget, put, readFacts } from "./replica-state.ts";
import { endResync } from "./resync.ts";
import { ENQUEUE_ALL } from "./statements.ts";

/** Follows a server: all tasks are to be sent to it. Throws `account_mismatch` where another one is followed. */
export async function bindReplica(
  engine: Engine,
  owner: string,
  { server, user }: { readonly server: string; readonly user: string },
): Promise<void> {
  const bound = findBinding(await readFacts(engine, owner));
  if (bound && bound.server === server && bound.user === user) return;
  await engine.atomically(owner, [
    { query: sql`select value from replica where key = 'server'`, refuse: createMismatch },
    put("server", server),
    put("user", user),
    put("owner", owner),
    { query: ENQUEUE_ALL, values: { user: owner } },
  ]);
}

/** Everything is to be sent again, and followed from the beginning. */
export async function restartReplica(engine: Engine, owner: string): Promise<void> {
  await engine.atomically(owner, [forget("cursor"), ...endResync(), { query: ENQUEUE_ALL, values: { user: owner } }]);
}

function createMismatch(): TodoError {
  return new TodoError("account_mismatch", "this database follows another server or account", {
    hints: ["See: todo sync --status"],
  });
}
