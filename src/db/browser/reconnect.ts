import { TodoError } from "../../domain/errors.ts";
import { createRemovedError, HERE, isConnectionLost, isDiskFull } from "./errors.ts";
import { answerOf, type DbConnection, type DbMode, type DbTransaction } from "./indexed-db.ts";
import { type IndexedDb, openConnection, runInTransaction } from "./indexed-db.ts";

export type Access = {
  readonly stores: readonly string[];
  readonly mode: DbMode;
  readonly durability?: "strict" | "relaxed";
};

/** A connection to a database in IndexedDB, which is opened again when the browser has closed it. */
export type Reconnecting = {
  /**
   * Does work in a transaction. It is called a second time where the connection was lost before `hasBegun` is true: browsers close
   * connections of pages that they put to sleep.
   */
  readonly run: <Result>(
    access: Access,
    work: (transaction: DbTransaction) => Promise<Result>,
    hasBegun?: () => boolean,
  ) => Promise<Result>;
  readonly close: () => void;
  /** Closes it and deletes the database, when other pages have closed theirs. */
  readonly remove: () => Promise<void>;
};

/** Opens a database in IndexedDB, and makes it when there is none. Later nothing takes the place of one that was removed. */
export async function connect(indexedDB: IndexedDb, name: string): Promise<Reconnecting> {
  let connection: DbConnection | undefined;
  let isClosed = false;
  /** The full disk for which the browser has closed the connection. It opens no other one then, and does not say why. */
  let fullDisk: unknown;
  const drop = () => {
    connection?.close();
    connection = undefined;
  };
  const open = async (mayCreate: boolean): Promise<DbConnection> => {
    const opened = await openConnection(indexedDB, name, { mayCreate }).catch((error: unknown) => {
      throw isConnectionLost(error) ? (fullDisk ?? error) : error;
    });
    fullDisk = undefined;
    if (!opened) throw createRemovedError();
    connection = opened;
    const forget = () => {
      opened.close();
      if (connection === opened) connection = undefined;
    };
    // Another page removes it, or is of a version that keeps it in another way, and waits for this.
    opened.addEventListener("versionchange", forget);
    return opened;
  };
  const run: Reconnecting["run"] = async (access, work, hasBegun = () => false) => {
    const attempt = async () => {
      if (isClosed) throw new TodoError("unavailable", `${HERE} is closed`, { hints: ["Reload the page."] });
      const { stores, mode, durability = "strict" } = access;
      const opened = connection ?? (await open(false));
      return runInTransaction(opened.transaction([...stores], mode, { durability }), work);
    };
    try {
      return await attempt();
    } catch (error) {
      if (isConnectionLost(error) && isDiskFull(error)) fullDisk = error;
      if (hasBegun() || !isConnectionLost(error)) throw error;
      drop();
      return attempt();
    }
  };
  await open(true);
  return {
    run,
    close: () => {
      isClosed = true;
      drop();
    },
    remove: async () => {
      isClosed = true;
      drop();
      await answerOf(indexedDB.deleteDatabase(name));
    },
  };
}
