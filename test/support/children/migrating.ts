import type { Migration } from "../../../src/db/migrate.ts";
import { type Child, useChildren } from "./child.ts";
import type { Failure } from "./opening.ts";

/** What a process that migrates a database is told. */
export type MigrateOrder = { readonly url: string; readonly migrations: readonly Migration[] };

export type MigrateOutcome = {
  /** The names that it has applied. */
  readonly applied?: readonly string[];
  /** What it ended with. */
  readonly error?: Failure;
};

export type MigratingProcess = Pick<Child, "kill"> & { readonly outcome: () => Promise<MigrateOutcome> };

/** Migrates databases in processes of their own. */
export function useMigratingProcesses(): (order: MigrateOrder) => MigratingProcess {
  const start = useChildren();
  return (order) => {
    const child = start("migrate-in-child.ts", [JSON.stringify(order)]);
    return { outcome: async () => JSON.parse(await child.lastLine()), kill: child.kill };
  };
}
