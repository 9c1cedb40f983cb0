import type { DatabaseServer } from "../../src/ports/database.ts";
import type { Backing } from "./backing.ts";

/** A server's database on PostgreSQL, which many simulations share one after another. It can't go back to what it was. */
export function createPostgresBacking({ sync }: Pick<DatabaseServer, "sync">): Backing {
  return { sync: () => sync, close: () => Promise.resolve() };
}

/** Users whom no other simulation has. */
export function nameUsers(): readonly [string, string] {
  return [`acct_1_${crypto.randomUUID()}`, `acct_2_${crypto.randomUUID()}`];
}
