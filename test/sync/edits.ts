import { firstTick, MAX_CLOCK_LEAD_MS, tickOf } from "../../src/domain/task/clock.ts";
import { compareBytes, type Fields, type Registers, stampFields, WALL_CLOCK } from "../../src/domain/task/registers.ts";
import type { HistoryEntry } from "../../src/ports/store.ts";
import type { Model } from "./model.ts";
import { type Node, OWNER } from "./node.ts";
import type { Random } from "../support/random.ts";

/** Few, so that all work on the same ones. Both users have the same ids. */
const IDS = 6;
const MANY_IDS = 16;
/** A priority of a later version, which the server refuses. */
export const UNKNOWN_PRIORITY = "urgent";

/**
 * Writes an edit that the seed decides. A task that is not there is made with what each task has, also where another node has made it:
 * so they meet more often. Not over years: what was purged can't be made again.
 */
export async function edit(
  node: Node,
  { random, model, isLong }: { readonly random: Random; readonly model: Model; readonly isLong: boolean },
): Promise<void> {
  const { name, user, opened, watch } = node;
  const id = `019a9f3c-51c8-7000-a1b2-${String(random.below(isLong ? MANY_IDS : IDS)).padStart(12, "0")}`;
  const now = watch.now();
  const fields = isLong && random.chance(0.25) ? deleteNow(now) : makeFields(random, name, now);
  const [known] = await opened.store.get(OWNER, [id]);
  if (!known && isLong && model.isMade(user, id)) return;
  const made = known ? {} : { title: `${name} makes it`, created_at: new Date(now).toISOString() };
  await write(node, model, { id, fields: { ...made, ...fields } });
}

/**
 * Edits what a server has refused to what it takes, so that all of the task must arrive. What was purged lives again, or stays with this
 * node alone.
 */
export async function mendParked(
  node: Node,
  { random, model }: { readonly random: Random; readonly model: Model },
): Promise<void> {
  for (const { id } of (await node.openReplica().backlog()).rejected) {
    if (model.isPurged(node.user, id) && random.chance(0.5)) continue;
    await write(node, model, { id, fields: { priority: "high" } });
  }
}

/** Notes the edit, too: from here on it counts for ever. */
async function write(
  { name, user, opened, watch }: Node,
  model: Model,
  { id, fields }: { readonly id: string; readonly fields: Fields },
): Promise<void> {
  const now = watch.now();
  await opened.store.commit(OWNER, { action: "edit", now, edits: [{ id, fields }] });
  const [entry] = await opened.store.history(OWNER, { id, limit: 1 });
  if (!entry) throw new Error(`${name} has nothing of ${id} in its log`);
  const { before, after } = entry;
  const behind = Object.keys(after).find((field) => compareBytes(after[field] ?? "", before[field] ?? "") <= 0);
  if (behind !== undefined)
    throw new Error(`${name} has edited ${behind} of ${id} at a time before the one that it saw`);
  model.note({ node: name, user }, entry, wallClockOf(entry, now));
}

/** What is stored beside an edit whose clock is far ahead of its time. */
function wallClockOf({ clock }: HistoryEntry, now: number): Registers {
  return tickOf(clock) > firstTick(now + MAX_CLOCK_LEAD_MS) ? stampFields({ [WALL_CLOCK]: now }, clock) : {};
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
    { title: `${name} ${below(1e6)}`, priority: pick(["high", "low", UNKNOWN_PRIORITY]) },
    { [`later_version_${name}`]: below(1e6) },
    { project: `p${below(10)}`, [`later_version_${name}`]: below(1e6) },
  ];
  return pick(made);
}
