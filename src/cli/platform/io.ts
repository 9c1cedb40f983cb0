import type { AccountStore } from "../../ports/accounts.ts";
import type { DatabaseFile, DatabaseOptions, DatabaseServer } from "../../ports/database.ts";
import type { Store } from "../../ports/store.ts";
import type { SyncStore } from "../../ports/sync.ts";
import type { System } from "../../ports/system.ts";
import type { TokenSettings } from "../../services/tokens/settings.ts";

/** Where text goes. `write` returns when all of it is written and throws `io_failed` or `full_disk` when it can't be. */
export type Sink = {
  readonly write: (text: string) => void;
  readonly isTerminal: () => boolean;
  /** Width of the terminal in columns. */
  readonly columns: () => number;
};

export type Source = {
  readonly isTerminal: () => boolean;
  readonly readAll: () => Uint8Array;
  /** One line without its end, or null when there is no more. */
  readonly readLine: () => string | null;
  /** The same on a terminal, which does not show what is typed once `ask` is called. */
  readonly readHidden: (ask: () => void) => string | null;
};

/** What the system keeps secrets in, by name. Each may fail where there is no such thing, or never answer. */
export type Keychain = {
  readonly get: (name: string) => Promise<string | null>;
  readonly set: (name: string, secret: string) => Promise<void>;
  readonly delete: (name: string) => Promise<boolean>;
};

/** What a server is started with. */
export type ServeOrder = {
  readonly host: string;
  readonly port: number;
  readonly store: Store;
  readonly accounts: AccountStore;
  readonly sync: SyncStore;
  readonly tokens: TokenSettings;
  /** What the tokens of accounts are signed with, the newest first. */
  readonly accountSecrets: readonly string[];
};

/** A server that answers at its address until it is stopped. */
export type Server = { readonly url: string; readonly stop: () => Promise<void> };

/** Everything that a command has from the machine. Tests pass their own. */
export type Io = {
  readonly out: Sink;
  readonly err: Sink;
  readonly input: Source;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly system: System;
  readonly version: string;
  /** Opens the database in a file, and makes it when there is none. */
  readonly openStore: (path: string) => Promise<DatabaseFile>;
  /** The database at a URL (`postgres://…`). Throws `usage` for a URL that is not one or that would be unsafe. */
  readonly openDatabase: (url: string, options?: DatabaseOptions) => Promise<DatabaseServer>;
  readonly fileExists: (path: string) => boolean;
  /** Makes a folder that only its owner can enter, with those above it. */
  readonly makePrivateFolder: (path: string) => void;
  readonly readFile: (path: string) => Uint8Array;
  /** The text of a file that only its owner can read. Where there is none it is made, whole or not at all. */
  readonly readOrCreateSecret: (path: string, make: () => string) => string;
  /** The text of a file that only its owner can read, or null where there is none. Throws `io_failed` for any other file. */
  readonly readPrivateFile: (path: string) => string | null;
  /** Replaces that text whole or not at all, one process after another. Nothing is done where `change` answers null. */
  readonly updatePrivateFile: (path: string, change: (text: string | null) => string | null) => void;
  /**
   * The same for a file that others may read: `change` is given its bytes, and its mode stays. Where the path is a symbolic link,
   * the file behind it is replaced.
   */
  readonly changeFile: (path: string, change: (bytes: Uint8Array | null) => string | null) => void;
  /** Does work while no other process does what has the same path, which is that of no file. */
  readonly withFileLock: <Result>(path: string, work: () => Promise<Result>) => Promise<Result>;
  /** What the keychain answers, or undefined when it can't be used. */
  readonly askKeychain: <Answer>(ask: (keychain: Keychain) => Promise<Answer>) => Promise<Answer | undefined>;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** What this machine calls itself. */
  readonly deviceName: () => string;
  /** Shows a page in the user's browser, where there is one, and answers whether there is. */
  readonly openBrowser: (url: string) => boolean;
  /**
   * Starts this program once more with these arguments, silent and in a session of its own, so that it outlives this process and
   * its terminal. Throws where it can't be started.
   */
  readonly startInBackground: (args: readonly string[]) => void;
  /** Gives a file one more name, and answers it. */
  readonly backUpCorrupt: (path: string) => string;
  /** Starts the HTTP API. */
  readonly serve: (order: ServeOrder) => Promise<Server>;
  /** Resolves when the process is asked to end. Asked once more, it ends at once. */
  readonly untilStopped: () => Promise<void>;
  /** Writes a file that only its owner can read and answers its path. */
  readonly keepText: (name: string, text: string) => string;
  /** Opens the user's editor on a text and answers what was saved. */
  readonly editText: (editor: string, name: string, text: string) => string;
};
