import type { DatabaseFile } from "../../../ports/database.ts";
import { LOCAL_USER } from "../../../services/workspace.ts";
import type { FilePlace } from "../../config/place.ts";
import type { ServeOrder } from "../../platform/io.ts";
import type { Invocation } from "../../invocation.ts";
import { listenUntilStopped } from "./listen.ts";
import { resolveTrust } from "./trust.ts";

export type FileOrder = Pick<ServeOrder, "host" | "port" | "hasPage" | "isLogged"> & { readonly place: FilePlace };

export type FileSteps = {
  /** Before the first request. */
  readonly prepare?: (database: DatabaseFile) => Promise<void>;
  /** `keptAt` is the path of the database's own secret, if others can reach the server. */
  readonly onListening: (url: string, database: DatabaseFile, keptAt?: string) => Promise<void>;
};

/** Serves a database in a file until a stop signal. Meanwhile other processes find the address in the file. */
export async function serveFile(
  invocation: Invocation,
  { place, ...order }: FileOrder,
  { prepare, onListening }: FileSteps,
): Promise<void> {
  const open = () => place.open({ isShared: true });
  const { keptAt, ...trust } = await resolveTrust(invocation, open, order.host);
  const database = await open();
  const { store, accounts, sync, usage, openReplica } = database;
  const replica = openReplica(LOCAL_USER);
  // A server of a file that can't be written reads it all the same.
  const noteServer = (address: string | null) => replica.noteServer(address).catch(() => undefined);
  await prepare?.(database);
  const served = { ...order, isOwned: true, store, accounts, sync, usage, ...trust };
  try {
    await listenUntilStopped(invocation, served, async (address) => {
      await noteServer(address);
      await onListening(address, database, keptAt);
    });
  } finally {
    await noteServer(null);
    await store.close();
  }
}
