import type { Store } from "../ports/store.ts";
import type { System } from "../ports/system.ts";

/** Whose tasks a service works on, where they are kept, and what the machine adds. */
export type Workspace = { readonly store: Store; readonly user: string; readonly system: System };

/** The owner of a database that no account is bound to. */
export const LOCAL_USER = "local";

/** Now as the wire has it: ISO 8601, UTC, milliseconds. */
export function timestamp({ system }: Workspace): string {
  return new Date(system.now()).toISOString();
}
