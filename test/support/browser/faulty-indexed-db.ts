import { forceCloseDatabase, IDBFactory } from "fake-indexeddb";
import type {
  DbConnection,
  DbRequest,
  DbTransaction,
  IndexedDb,
  ObjectStore,
} from "../../../src/db/browser/indexed-db.ts";

/** What goes wrong: no connection is opened, a transaction can't begin, or it is ended after something was put. */
type Fault = { readonly at: "open" | "begin" | "put"; readonly error: DOMException };

/** IndexedDB with faults that a test asks for, each of which happens once, and a count of what was read whole. */
export function createFaultyIndexedDb(real: IndexedDb = new IDBFactory()) {
  const faults: Fault[] = [];
  const connections: DbConnection[] = [];
  let wholeReads = 0;
  const take = (at: Fault["at"]) => (faults[0]?.at === at ? faults.shift()?.error : undefined);

  const wrapStore = (store: ObjectStore, fail: (error: DOMException) => void): ObjectStore => ({
    get: (key) => store.get(key),
    getAll: () => {
      wholeReads += 1;
      return store.getAll();
    },
    getAllKeys: () => store.getAllKeys(),
    delete: (key) => store.delete(key),
    clear: () => store.clear(),
    put: (value, key) => {
      const request = store.put(value, key);
      const error = take("put");
      if (error) fail(error);
      return request;
    },
  });
  const wrapTransaction = (transaction: DbTransaction): DbTransaction => {
    let failure: DOMException | undefined;
    return {
      get error() {
        return failure ?? transaction.error;
      },
      addEventListener: (type, listener) => transaction.addEventListener(type, listener),
      abort: () => transaction.abort(),
      objectStore: (name) =>
        wrapStore(transaction.objectStore(name), (error) => {
          failure = error;
          transaction.abort();
        }),
    };
  };
  const wrapConnection = (connection: DbConnection): DbConnection => ({
    addEventListener: (type, listener) => connection.addEventListener(type, listener),
    createObjectStore: (name) => connection.createObjectStore(name),
    close: () => connection.close(),
    transaction: (...asked) => {
      const error = take("begin");
      if (error) throw error;
      return wrapTransaction(connection.transaction(...asked));
    },
  });
  const indexedDB: IndexedDb = {
    open: (name, version) => {
      const request = real.open(name, version);
      const failure = take("open");
      if (failure) return failRequest(request, failure);
      request.addEventListener("success", () => connections.push(request.result));
      return {
        get result() {
          return wrapConnection(request.result);
        },
        get error() {
          return request.error;
        },
        get transaction() {
          return request.transaction;
        },
        addEventListener: (type, listener) => request.addEventListener(type, listener),
      };
    },
    deleteDatabase: (name): DbRequest<unknown> => real.deleteDatabase(name),
  };
  return {
    indexedDB,
    /** The next work that gets so far fails. */
    failOnce: (at: Fault["at"], name: string, message = "") =>
      void faults.push({ at, error: new DOMException(message, name) }),
    /** Closes all connections, as a browser does to a page that it puts to sleep. */
    closeConnections: () => connections.splice(0).forEach((connection) => forceCloseDatabase(connection)),
    /** How often all records of a store were read at once. */
    countWholeReads: () => wholeReads,
  };
}

/** The request as it would be with an error at its end. */
function failRequest(request: ReturnType<IndexedDb["open"]>, error: DOMException): ReturnType<IndexedDb["open"]> {
  request.addEventListener("success", () => request.result.close());
  return {
    get result() {
      return request.result;
    },
    error,
    transaction: null,
    addEventListener: (type, listener) => {
      if (type === "error") request.addEventListener("success", listener);
    },
  };
}
