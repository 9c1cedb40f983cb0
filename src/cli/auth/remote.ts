import type { DatabaseServer } from "../../ports/database.ts";
import type { Store } from "../../ports/store.ts";
import type { Identity } from "../../services/tokens/identity.ts";
import { requireScope } from "../../services/tokens/scope.ts";
import type { Workspace } from "../../services/workspace.ts";
import { identify } from "./identity.ts";
import { createLazyDatabase } from "./lazy-database.ts";
import type { Io } from "../platform/io.ts";

/** A database on a server, and the workspace of the token's user in it. */
export type Entered = { readonly server: DatabaseServer; readonly workspace: Workspace };

/**
 * Connects with the stored token or TODO_TOKEN. Throws `unauthorized`, `insufficient_scope` for a token that may not
 * read, or `usage`, and for tokens of other issuers before it connects.
 */
export async function enterDatabase(io: Io, url: string): Promise<Entered> {
  const database = createLazyDatabase(io, url);
  const { identity } = await identify(io, url, database);
  requireScope(identity, "tasks:read");
  const server = await database.open();
  return { server, workspace: { store: guard(server.store, identity), user: identity.user, system: io.system } };
}

/** The store for a token's user. Without the scope for writing it is read-only. */
function guard(store: Store, identity: Identity): Store {
  return {
    ...store,
    commit: async (user, commit) => {
      requireScope(identity, "tasks:write");
      return store.commit(user, commit);
    },
    merge: async (user, arrivals) => {
      requireScope(identity, "tasks:write");
      return store.merge(user, arrivals);
    },
  };
}
