import { findWaiting, type Waiting } from "../../../domain/tree/dependencies.ts";
import type { Workspace } from "../../workspace.ts";

/** What holds up each open task that waits for another open one, by its id. */
export async function readWaiting({ store, user }: Workspace): Promise<ReadonlyMap<string, Waiting>> {
  const dependencies = await store.openDependencies(user);
  return findWaiting([...dependencies.keys()], (id) => dependencies.get(id) ?? []);
}
