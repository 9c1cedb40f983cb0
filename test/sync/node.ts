import { openSqlite } from "../../src/db/sqlite/database.ts";
import type { DatabaseFile } from "../../src/ports/database.ts";
import { compareBytes, type Fields } from "../../src/domain/task/registers.ts";
import type { Replica } from "../../src/ports/replica.ts";
import { type copyFiles, openFresh } from "./backing.ts";
import type { Watch } from "./clocks.ts";
import type { Model } from "./model.ts";
import type { Random } from "./random.ts";

/** The user of the tasks in a replica. */
export const OWNER = "local";
const ORIGIN = "https://todo.example.com";
/** Few, so that all work on the same ones. Both users have the same ids. */
const IDS = 6;
const MANY_IDS = 10;

/** What plants a bug into replicas: methods that take the place of the replica's. */
export type Spoil = (replica: Replica) => Partial<Replica>;

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
    return { ...replica, ...spoil?.(replica) };
  };
  return { ...identity, opened, openReplica };
}

/** Follows another account with a replica that follows one. It throws. */
export function bindElsewhere({ openReplica }: Node, user: string): Promise<void> {
  return openReplica().bind({ server: ORIGIN, user });
}

/**
 * Writes an edit and notes it: from here on it counts for ever. A task that is not there is made with what each task has, also where
 * another node has made it: so they meet more often. Not over years: what was purged can't be made again.
 */
export async function edit(
  { name, user, opened, watch }: Node,
  { random, model, isLong }: { readonly random: Random; readonly model: Model; readonly isLong: boolean },
): Promise<void> {
  const id = `019a9f3c-51c8-7000-a1b2-${String(random.below(isLong ? MANY_IDS : IDS)).padStart(12, "0")}`;
  const now = watch.now();
  const fields = isLong && random.chance(0.2) ? deleteNow(now) : makeFields(random, name, now);
  const [known] = await opened.store.get(OWNER, [id]);
  if (!known && isLong && model.isMade(user, id)) return;
  const made = known ? {} : { title: `${name} makes it`, created_at: new Date(now).toISOString() };
  await opened.store.commit(OWNER, { action: "edit", now, edits: [{ id, fields: { ...made, ...fields } }] });
  const [entry] = await opened.store.history(OWNER, { id, limit: 1 });
  const { before = {}, after = {} } = entry ?? {};
  const behind = Object.keys(after).find((field) => compareBytes(after[field] ?? "", before[field] ?? "") <= 0);
  if (behind !== undefined)
    throw new Error(`${name} has edited ${behind} of ${id} at a time before the one that it saw`);
  model.note({ node: name, user }, id, after);
}

function deleteNow(now: number): Fields {
  return { deleted_at: new Date(now).toISOString() };
}

/** Fields that all edit, and one that only this node does. */
function makeFields({ below, chance, pick }: Random, name: string, now: number): Fields {
  const made: readonly Fields[] = [
    { title: `${name} ${below(1e6)}` },
    { [`tag:t${below(3)}`]: chance(0.6) },
    { completed_at: chance(0.5) ? new Date(now).toISOString() : null },
    chance(0.3) ? deleteNow(now) : { deleted_at: null },
    { title: `${name} ${below(1e6)}`, priority: pick(["high", "low"]) },
    { [`later_version_${name}`]: below(1e6) },
    { project: `p${below(10)}`, [`later_version_${name}`]: below(1e6) },
  ];
  return pick(made);
}
