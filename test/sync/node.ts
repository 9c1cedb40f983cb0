import { openSqlite } from "../../src/db/sqlite/database.ts";
import type { DatabaseFile } from "../../src/ports/database.ts";
import type { Replica } from "../../src/ports/replica.ts";
import type { SyncPeer } from "../../src/services/sync/synchronize.ts";
import { type copyFiles, openFresh } from "./backing.ts";
import { watchReplica } from "./watch-replica.ts";
import type { Watch } from "./clocks.ts";

/** The user of the tasks in a replica. */
export const OWNER = "local";
const ORIGIN = "https://todo.example.com";

/** What plants a bug into replicas: methods that take the place of those of the replica in a file. */
export type Spoil = (replica: Replica, path: string) => Partial<Replica>;

/** A device that follows a server. */
export type Node = {
  readonly name: string;
  /** Whose tasks these are. */
  readonly user: string;
  readonly watch: Watch;
  readonly path: string;
  readonly opened: DatabaseFile;
  /** Whether it is of a version that knows neither series nor profiles. */
  readonly isOld: boolean;
  /** The replica as a new process opens it. */
  readonly openReplica: () => Replica;
};

type Identity = Pick<Node, "name" | "user" | "watch" | "path"> & Partial<Pick<Node, "isOld">>;

export async function createNode(identity: Identity, spoil?: Spoil): Promise<Node> {
  const node = equip(identity, await openFresh(identity.path), spoil);
  await node.openReplica().bind({ server: ORIGIN, user: node.user });
  return node;
}

/** Another device with the database of one, which was copied in one way or the other. */
export function copyNode(
  { path }: Node,
  identity: Identity,
  { copy, spoil }: { readonly copy: typeof copyFiles; readonly spoil?: Spoil | undefined },
): Node {
  copy(path, identity.path);
  return equip(identity, openSqlite(identity.path), spoil);
}

function equip({ isOld = false, ...identity }: Identity, opened: DatabaseFile, spoil?: Spoil): Node {
  const openReplica = () => {
    const replica = opened.openReplica(OWNER);
    const settlesNothing = isOld && { findSeries: () => Promise.resolve([]) };
    return watchReplica({ ...replica, ...settlesNothing, ...spoil?.(replica, identity.path) });
  };
  return { ...identity, isOld, opened, openReplica };
}

/** What goes between a node and a server if one of them is of an earlier version: it passes over what it does not know. */
export function speakEarlier({ exchange }: SyncPeer): SyncPeer {
  return {
    exchange: async ({ replica, user, cursor, changes, limit }) => {
      const request = { replica, user, cursor, changes, ...(limit !== undefined && { limit }) };
      return { ...(await exchange(request)), profile: undefined };
    },
  };
}

/** Follows another account with a replica that follows one. It throws. */
export function bindElsewhere({ openReplica }: Node, user: string): Promise<void> {
  return openReplica().bind({ server: ORIGIN, user });
}
