/**
 * What is used of IndexedDB (https://www.w3.org/TR/IndexedDB/). The browser's own fits it, and is passed in as everything of a
 * machine is. The types of the DOM would bring its globals to all code that runs elsewhere.
 */
export type IndexedDb = {
  open(name: string, version: number): OpenRequest;
  deleteDatabase(name: string): DbRequest<unknown>;
};

type Emitter = { addEventListener(type: string, listener: () => void): void };

export type DbRequest<Result> = Emitter & { readonly result: Result; readonly error: unknown };

type OpenRequest = DbRequest<DbConnection> & { readonly transaction: DbTransaction | null };

export type DbConnection = Emitter & {
  createObjectStore(name: string): unknown;
  transaction(stores: string[], mode: DbMode, options: { durability: "strict" | "relaxed" }): DbTransaction;
  close(): void;
};

export type DbMode = "readonly" | "readwrite";

export type DbTransaction = Emitter & {
  readonly error: unknown;
  objectStore(name: string): ObjectStore;
  abort(): void;
};

type Key = string | number;

export type ObjectStore = {
  get(key: Key): DbRequest<unknown>;
  getAll(): DbRequest<unknown[]>;
  getAllKeys(): DbRequest<unknown[]>;
  put(value: unknown, key: Key): unknown;
  delete(key: Key): unknown;
  clear(): unknown;
};

/** The object stores of a database. */
export const PIECES = "pieces";
export const COMMITS = "commits";
export const STATE = "state";
export const PREVIEW = "preview";

const VERSION = 1;
const STORES = [PIECES, COMMITS, STATE, PREVIEW];

/** Opens a database. Where there is none it is made, if that may be, or undefined is answered. */
export async function openConnection(
  indexedDB: IndexedDb,
  name: string,
  { mayCreate }: { readonly mayCreate: boolean },
): Promise<DbConnection | undefined> {
  const request = indexedDB.open(name, VERSION);
  let isMissing = false;
  request.addEventListener("upgradeneeded", () => {
    if (mayCreate) for (const store of STORES) request.result.createObjectStore(store);
    else {
      isMissing = true;
      // So that none is made by looking for it.
      request.transaction?.abort();
    }
  });
  return answerOf(request).catch((error: unknown) => {
    if (isMissing) return undefined;
    throw error;
  });
}

/** The result of a request. What goes on with it in the same turn is in the same transaction. */
export function answerOf<Result>(request: DbRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    // It is the browser's own error, or the one of a test.
    request.addEventListener("error", () => reject(request.error));
  });
}

/**
 * Does work in a transaction and resolves when what it wrote is kept. If the work throws, nothing is. The work may wait for requests
 * of the transaction alone: it ends when it has none.
 */
export async function runInTransaction<Result>(
  transaction: DbTransaction,
  work: (transaction: DbTransaction) => Promise<Result>,
): Promise<Result> {
  const ended = Promise.withResolvers<void>();
  transaction.addEventListener("complete", () => ended.resolve());
  transaction.addEventListener("abort", () => ended.reject(transaction.error));
  const done = work(transaction).catch((error: unknown) => {
    abort(transaction);
    throw error;
  });
  const [result, end] = await Promise.allSettled([done, ended.promise]);
  // A request says less of what went wrong than its transaction, which has no error of its own if the work ended it.
  if (end.status === "rejected" && end.reason) throw end.reason;
  if (result.status === "rejected") throw result.reason;
  if (end.status === "rejected") throw end.reason;
  return result.value;
}

/** It may have ended already. */
function abort(transaction: DbTransaction): void {
  try {
    transaction.abort();
  } catch {}
}
