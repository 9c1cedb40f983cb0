import type { DatabaseServer } from "../../ports/database.ts";
import type { Io } from "../platform/io.ts";

/** A database on a server that is opened once, when somebody needs it. */
export type LazyDatabase = {
  readonly open: () => Promise<DatabaseServer>;
  /** Closes it, if it was opened. */
  readonly close: () => Promise<void>;
};

export function createLazyDatabase(io: Io, url: string): LazyDatabase {
  let opened: Promise<DatabaseServer> | undefined;
  return {
    open: () => (opened ??= io.openDatabase(url)),
    close: async () => (await opened)?.store.close(),
  };
}

/** Works with such a database, and closes it. */
export async function withLazyDatabase<Result>(
  io: Io,
  url: string,
  work: (database: LazyDatabase) => Promise<Result>,
): Promise<Result> {
  const database = createLazyDatabase(io, url);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
