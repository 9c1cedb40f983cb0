import type { AccountStore } from "../../ports/accounts.ts";
import type { DatabaseFile, DatabaseFileOptions, DatabaseOptions, DatabaseServer } from "../../ports/database.ts";
import type { Store } from "../../ports/store.ts";
import type { SyncStore } from "../../ports/sync.ts";
import type { UsageStore } from "../../ports/usage.ts";
import type { System } from "../../ports/system.ts";
import type { TokenSettings } from "../../services/tokens/settings.ts";
import type { Exposure } from "./checked-files.ts";

/**
 * A destination for text. `write` returns when all of it is written. It throws `io_failed` or `full_disk` if it can't
 * be.
 */
export type Sink = {
  readonly write: (text: string) => void;
  readonly isTerminal: () => boolean;
  /** Width of the terminal in columns. */
  readonly columns: () => number;
  /** Height of the terminal in lines. */
  readonly rows: () => number;
};

export type Source = {
  readonly isTerminal: () => boolean;
  readonly readAll: () => Uint8Array;
  /** One line without its end, or null if there is no more. */
  readonly readLine: () => string | null;
  /** The same on a terminal, which does not show the typed text once `ask` is called. */
  readonly readHidden: (ask: () => void) => string | null;
};

/** The system's store of secrets, by name. Each call may fail if there is no keychain, or never answer. */
export type Keychain = {
  readonly get: (name: string) => Promise<string | null>;
  readonly set: (name: string, secret: string) => Promise<void>;
  readonly delete: (name: string) => Promise<boolean>;
};

/** The arguments of a server. */
export type ServeOrder = {
  readonly host: string;
  readonly port: number;
  readonly store: Store;
  readonly accounts: AccountStore;
  readonly sync: SyncStore;
  readonly usage: UsageStore;
  readonly tokens: TokenSettings;
  /** The secrets that sign the tokens of accounts, the newest first. */
  readonly accountSecrets: readonly string[];
  /** True if nobody told the server anything, so that a public name that leads to it is not its own. */
  readonly isUnnamed?: boolean;
  /** True for a database of one's own, whose owner `todo web` can sign in. */
  readonly isOwned?: boolean;
  /** False for the API alone, without the page in browsers. */
  readonly hasPage: boolean;
  /** True if each request shall be a line on standard error. */
  readonly isLogged: boolean;
};

/** A server that answers at its address until it is stopped. */
export type Server = { readonly url: string; readonly stop: () => Promise<void> };

/** What an editor saved. */
export type EditedText = {
  readonly text: string;
  /** The file that the editor may still have open, because it ended at once and changed nothing. */
  readonly keptIn: string | null;
};

/** Everything that a command gets from the machine. Tests pass their own. */
export type Io = {
  readonly out: Sink;
  readonly err: Sink;
  readonly input: Source;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly system: System;
  /** What is wrong with the user's time zone, if the command has asked for it. */
  readonly zoneProblem: () => string | undefined;
  readonly version: string;
  /** Opens the database in a file, and creates it if there is none. */
  readonly openStore: (path: string, options?: DatabaseFileOptions) => Promise<DatabaseFile>;
  /** The database at a URL (`postgres://…`). Throws `usage` for a malformed or unsafe URL. */
  readonly openDatabase: (url: string, options?: DatabaseOptions) => Promise<DatabaseServer>;
  readonly fileExists: (path: string) => boolean;
  /** Creates a folder that only its owner can enter, with its parents. */
  readonly makePrivateFolder: (path: string) => void;
  readonly readFile: (path: string) => Uint8Array;
  /** The bytes of a file with a secret that the user named. Throws `usage` if another user could have written it. */
  readonly readNamedSecret: (path: string) => Uint8Array;
  /** The text of a file that only its owner can read. If it is missing, it is created, as a whole or not at all. */
  readonly readOrCreateSecret: (path: string, make: () => string) => string;
  /**
   * The text of a file that only its owner can read, or null if there is none. Throws `io_failed` if others can read
   * it.
   */
  readonly readPrivateFile: (path: string) => string | null;
  /** How others can get at a file of this user's own, or null if they can't or there is none. */
  readonly findExposure: (path: string) => Exposure | null;
  /** Replaces that text as a whole or not at all, one process after another. Does nothing if `change` answers null. */
  readonly updatePrivateFile: (path: string, change: (text: string | null) => string | null) => void;
  /**
   * The same for a file that others may read: `change` gets its bytes, and its mode stays. If the path is a symbolic
   * link, its target is replaced.
   */
  readonly changeFile: (path: string, change: (bytes: Uint8Array | null) => string | null) => void;
  /** Works while no other process holds the lock of this path. The path names no real file. */
  readonly withFileLock: <Result>(path: string, work: () => Promise<Result>) => Promise<Result>;
  /** The keychain's answer, or undefined if it can't be used. */
  readonly askKeychain: <Answer>(ask: (keychain: Keychain) => Promise<Answer>) => Promise<Answer | undefined>;
  /** The addresses that the system has for a name, as `fetch` would use them. */
  readonly resolveHost: (name: string) => Promise<readonly string[]>;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** The name of this machine. */
  readonly deviceName: () => string;
  /** Shows a page in the user's browser, if there is one, and answers whether there is. */
  readonly openBrowser: (url: string) => boolean;
  /**
   * Starts this program once more with these arguments, silent and in a session of its own. It then outlives this
   * process and its terminal. Throws if it can't be started.
   */
  readonly startInBackground: (args: readonly string[]) => void;
  /**
   * Writes chunks to a command of the shell that has the terminal until it ends, and answers its exit code. Reads no
   * more of them once it has ended.
   */
  readonly runPager: (command: string, chunks: AsyncIterable<string>) => Promise<number>;
  /** Gives a file a second name, and answers that name. */
  readonly backUpCorrupt: (path: string) => string;
  /** Starts the HTTP API. */
  readonly serve: (order: ServeOrder) => Promise<Server>;
  /** Resolves on a stop signal. A second signal ends the process at once. */
  readonly untilStopped: () => Promise<void>;
  /** Writes a file that only its owner can read and answers its path. */
  readonly keepText: (name: string, text: string) => string;
  /** The bytes of the last `count` arguments of this process, or null if the system does not show them. */
  readonly readArgumentBytes: (count: number) => readonly Uint8Array[] | null;
  /** Whether a program of this name is installed. */
  readonly hasProgram: (name: string) => boolean;
  /** Opens the user's editor on a text and waits for its end. */
  readonly editText: (editor: string, name: string, text: string) => EditedText;
};
