import type { Reconnecting } from "./reconnect.ts";
import { answerOf, type IndexedDb, openConnection, PREVIEW, runInTransaction } from "./indexed-db.ts";

const KEY = 0;

/** Keeps what a page may show before the database is open. To do without it is no fault. */
export async function keepPreview(connection: Reconnecting, value: unknown): Promise<void> {
  const access = { stores: [PREVIEW], mode: "readwrite", durability: "relaxed" } as const;
  await connection.run(access, async (transaction) => transaction.objectStore(PREVIEW).put(value, KEY)).catch(() => {});
}

/** What was kept, or undefined. No database is made by looking for one. */
export async function readPreview(name: string, indexedDB: IndexedDb): Promise<unknown> {
  const connection = await openConnection(indexedDB, name, { mayCreate: false });
  if (!connection) return undefined;
  try {
    const transaction = connection.transaction([PREVIEW], "readonly", { durability: "relaxed" });
    return await runInTransaction(transaction, () => answerOf(transaction.objectStore(PREVIEW).get(KEY)));
  } finally {
    connection.close();
  }
}
