import type { Store } from "../ports/store.ts";
import type { Surroundings } from "../ports/surroundings.ts";

/** Whose tasks a service works on, where they are kept, and what the machine adds. */
export type Workspace = { readonly store: Store; readonly user: string; readonly around: Surroundings };

/** The owner of a database that no account is bound to. */
export const LOCAL_USER = "local";

/** Now as the wire has it: ISO 8601, UTC, milliseconds. */
export function timestamp({ around }: Workspace): string {
  return new Date(around.now()).toISOString();
}
