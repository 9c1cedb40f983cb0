import type { Store, StoreFile } from "../domain/store.ts";
import type { Surroundings } from "../domain/surroundings.ts";

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
};

/** Everything that a command has from the machine. Tests pass their own. */
export type Io = {
  readonly out: Sink;
  readonly err: Sink;
  readonly input: Source;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly around: Surroundings;
  readonly version: string;
  /** Opens the database in a file, and makes it when there is none. */
  readonly openStore: (path: string) => Promise<{ readonly store: Store; readonly file: StoreFile }>;
  readonly fileExists: (path: string) => boolean;
  /** Makes a folder that only its owner can enter, with those above it. */
  readonly makePrivateFolder: (path: string) => void;
  readonly readFile: (path: string) => Uint8Array;
  /** Writes a file that only its owner can read and answers its path. */
  readonly keepText: (name: string, text: string) => string;
  /** Opens the user's editor on a text and answers what was saved. */
  readonly editText: (editor: string, name: string, text: string) => string;
};
