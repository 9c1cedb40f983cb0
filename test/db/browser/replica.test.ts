import { IDBFactory } from "fake-indexeddb";
import { createReplica } from "../../../src/db/replica/replica.ts";
import { createSyncStore } from "../../../src/db/sync/store.ts";
import { createStore } from "../../../src/db/tasks/store.ts";
import { openBrowserEngine } from "../../support/browser/databases.ts";
import { describeReplica } from "../replica-contract.ts";

const indexedDB = new IDBFactory();

// A page serves nobody, but a server's store shows what is in a database.
describeReplica("a replica in a browser", async (name) => {
  const { engine } = await openBrowserEngine(name, indexedDB);
  return {
    store: createStore(engine),
    sync: createSyncStore(engine),
    openReplica: (owner) => createReplica(engine, owner),
  };
});
