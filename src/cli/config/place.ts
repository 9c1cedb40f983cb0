import type { DatabaseFile } from "../../ports/database.ts";
import type { Io } from "../platform/io.ts";

/** Tasks in a file of one's own. */
export type FilePlace = {
  readonly kind: "file";
  /** Opens the database, once. */
  readonly open: () => Promise<DatabaseFile>;
  /** The database if it was opened by now. */
  readonly opened: () => Promise<DatabaseFile> | undefined;
};

/** Where the tasks are. */
export type Place = FilePlace | { readonly kind: "server"; readonly url: string };

/** Which database a command works with, and what said so. */
export type Target = {
  readonly io: Io;
  /** The value of `--db`. */
  readonly db: string | undefined;
  readonly place: Place;
};
