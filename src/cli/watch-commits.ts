import type { Store } from "../ports/store.ts";
import type { Io } from "./platform/io.ts";

/** The machine for one command, and whether the command has changed tasks in any of its databases. */
export type WatchedIo = { readonly io: Io; readonly hasCommitted: () => boolean };

export function watchCommits(io: Io): WatchedIo {
  let hasCommitted = false;
  const watch = <Database extends { readonly store: Store }>(database: Database): Database => ({
    ...database,
    store: {
      ...database.store,
      commit: async (user, commit) => {
        const tasks = await database.store.commit(user, commit);
        hasCommitted ||= commit.edits.length > 0;
        return tasks;
      },
    },
  });
  return {
    io: {
      ...io,
      openStore: async (path, options) => watch(await io.openStore(path, options)),
      openDatabase: async (url, options) => watch(await io.openDatabase(url, options)),
    },
    hasCommitted: () => hasCommitted,
  };
}
