import { openSqlite } from "../../src/db/sqlite/database.ts";
import type { DatabaseFile } from "../../src/ports/database.ts";
import type { Replica } from "../../src/ports/replica.ts";
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
  /** The replica as a new process opens it. */
  readonly openReplica: () => Replica;
};

type Identity = Pick<Node, "name" | "user" | "watch" | "path">;

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

function equip(identity: Identity, opened: DatabaseFile, spoil?: Spoil): Node {
  const openReplica = () => {
    const replica = opened.openReplica(OWNER);
    return watchReplica({ ...replica, ...spoil?.(replica, identity.path) });
  };
  return { ...identity, opened, openReplica };
}

/** Follows another account with a replica that follows one. It throws. */
export function bindElsewhere({ openReplica }: Node, user: string): Promise<void> {
  return openReplica().bind({ server: ORIGIN, user });
}
