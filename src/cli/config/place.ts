import type { DatabaseFile, DatabaseFileOptions } from "../../ports/database.ts";
import type { Io } from "../platform/io.ts";

/** Tasks in a local file. */
export type FilePlace = {
  readonly kind: "file";
  /** Opens the database, once. The options are those of the first call. */
  readonly open: (options?: DatabaseFileOptions) => Promise<DatabaseFile>;
  /** The database, if it is open. */
  readonly opened: () => Promise<DatabaseFile> | undefined;
};

/** The location of the tasks. */
export type Place = FilePlace | { readonly kind: "server"; readonly url: string };

/** The database of a command, and the source of that setting. */
export type Target = {
  readonly io: Io;
  /** The value of `--db`. */
  readonly db: string | undefined;
  readonly place: Place;
};
