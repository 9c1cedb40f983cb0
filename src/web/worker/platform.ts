import type { Replica } from "../../ports/replica.ts";
import type { Store } from "../../ports/store.ts";
import type { System } from "../../ports/system.ts";
import type { FromWorker } from "../protocol.ts";

/** A database in the browser. The worker's `main.ts` alone knows which one it is. */
export type Database = {
  readonly store: Store;
  readonly openReplica: (owner: string) => Replica;
  readonly file: {
    readonly read: () => Promise<Uint8Array<ArrayBuffer>>;
    readonly replace: (bytes: Uint8Array) => Promise<void>;
  };
  readonly hold: () => Promise<void>;
  readonly release: () => Promise<void>;
  readonly subscribe: (onCommit: () => void) => () => void;
  readonly keepPreview: (value: unknown) => Promise<void>;
  readonly remove: () => Promise<void>;
};

/** The browser, as far as the worker needs it. */
export type Platform = {
  readonly openDatabase: (name: string) => Promise<Database>;
  /** The file of a database that can't be opened. */
  readonly readKeptFile: (name: string) => Promise<Uint8Array<ArrayBuffer>>;
  readonly system: System;
  readonly post: (message: FromWorker) => void;
  /** The base URL of the server, without a slash at its end. */
  readonly server: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Does work while no other page of this browser does work under the same name. Waits for its turn. */
  readonly withLock: (name: string, work: () => Promise<void>) => Promise<void>;
};
