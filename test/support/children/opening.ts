import type { Migration } from "../../../src/db/migrate.ts";
import { type Child, type ChildOptions, useChildren } from "./child.ts";

/** What a process that opens a store is told. `migrations` come after the real ones. */
export type OpenOrder = {
  readonly path: string;
  readonly migrations?: readonly Migration[];
  /** Tasks to write after opening, each in a commit of its own. */
  readonly titles?: readonly string[];
  /** The process begins when this file is there. */
  readonly startWhen?: string;
  /** Gives up the rights of root first, which no permission stops. */
  readonly unprivileged?: boolean;
};

export type Failure = { readonly code: string; readonly message: string; readonly hints: readonly string[] };

export type OpenOutcome = {
  /** The node of the database that was opened. */
  readonly node?: string;
  /** What the open or the write ended with. */
  readonly error?: Failure;
};

export type Opening = Pick<Child, "kill"> & {
  readonly ready: () => Promise<unknown>;
  readonly outcome: () => Promise<OpenOutcome>;
};

/** Opens stores in processes of their own. */
export function useOpenings(): (order: OpenOrder, options?: ChildOptions) => Opening {
  const start = useChildren();
  return (order, options) => {
    const child = start("open-in-child.ts", [JSON.stringify(order)], options);
    return {
      ready: child.firstLine,
      outcome: async () => JSON.parse(await child.lastLine()),
      kill: child.kill,
    };
  };
}
