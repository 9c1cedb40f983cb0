import type { Store } from "../ports/store.ts";
import type { System } from "../ports/system.ts";

/** The user whose tasks a service works on, their store, and the machine's clock, zone and ids. */
export type Workspace = { readonly store: Store; readonly user: string; readonly system: System };

/** The owner of a database that no account is bound to. */
export const LOCAL_USER = "local";

/** Now in the wire's format: ISO 8601, UTC, milliseconds. */
export function timestamp({ system }: Workspace): string {
  return new Date(system.now()).toISOString();
}
