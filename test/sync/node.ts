import { openSqlite } from "../../src/db/sqlite/database.ts";
import type { Replica } from "../../src/ports/replica.ts";
import type { SyncPeer } from "../../src/services/sync/synchronize.ts";
import type { OpenedForReplica } from "../support/sync/replica.ts";
import { cloneFiles, type copyFiles, openFresh } from "./backing.ts";
import { type Pages, readWhole } from "./pages.ts";
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
  readonly opened: OpenedForReplica;
  /** Whether it is of a version that knows neither series nor profiles. */
  readonly isOld: boolean;
  /** The replica as a new process opens it. */
  readonly openReplica: () => Replica;
};

type Identity = Pick<Node, "name" | "user" | "watch" | "path"> & Partial<Pick<Node, "isOld">>;

/** What nodes are made with. `isPage` says whether this one is a page in a browser. */
type Making = { readonly spoil?: Spoil | undefined; readonly pages: Pages; readonly isPage: boolean };

export async function createNode(identity: Identity, { spoil, pages, isPage }: Making): Promise<Node> {
  const node = equip(identity, await (isPage ? pages.open : openFresh)(identity.path), spoil);
  await node.openReplica().bind({ server: ORIGIN, user: node.user });
  return node;
}

/** Another device with the database of one, which was copied: from a page to a file, too, and the other way. */
export async function copyNode(
  { path }: Node,
  identity: Identity,
  { copy, ...making }: Making & { readonly copy: typeof copyFiles },
): Promise<Node> {
  const { pages, isPage, spoil } = making;
  if (isPage) {
    const bytes = pages.has(path) ? pages.save(path) : await readWhole(path);
    return equip(identity, await pages.adopt(identity.path, bytes), spoil);
  }
  if (pages.has(path)) await Bun.write(identity.path, pages.save(path));
  else copy(path, identity.path);
  return equip(identity, openSqlite(identity.path), spoil);
}

/** The same device on a copied machine. Nobody can tell the two apart. */
export async function cloneNode(
  { path }: Node,
  identity: Identity,
  { pages, spoil }: Pick<Making, "pages" | "spoil">,
): Promise<Node> {
  if (pages.has(path)) return equip(identity, await pages.clone(path, identity.path), spoil);
  cloneFiles(path, identity.path);
  return equip(identity, openSqlite(identity.path), spoil);
}

function equip({ isOld = false, ...identity }: Identity, opened: OpenedForReplica, spoil?: Spoil): Node {
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
