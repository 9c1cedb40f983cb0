import { existsSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import type { ErrorCode } from "../../src/domain/errors.ts";
import { synchronize } from "../../src/services/sync/synchronize.ts";
import { type Backing, copyFiles, createSqliteBacking, makeEmpty } from "./backing.ts";
import { checkLog } from "./check-log.ts";
import { findLost, readUnsent } from "./check-lost.ts";
import { compare } from "./compare.ts";
import { mendParked } from "./edits.ts";
import { connectInPeace } from "./network.ts";
import { speakEarlier } from "./node.ts";
import { createRandom, type Random } from "../support/random.ts";
import { takeStep } from "./steps.ts";
import { createWorld, type Setting, tolerate, type World } from "./world.ts";

const MEMORY = "/dev/shm";
/** Bytes. */
const LEAST_MEMORY = 2 ** 30;
const TURNS = 270;
/** How many tasks are under way at most, and how often one that rests is killed. */
const MAX_TASKS = 6;
const KILLING = 0.025;
const ROUNDS = 2;
/** Milliseconds after which nobody keeps another from syncing any more, whose clock has jumped back by less. */
const PAUSE = 300_000;

/** A bug of a server or of a replica, around the real ones. */
export type Bug = Partial<Pick<Setting, "alter" | "spoil" | "copy">>;

/** Whether the server's clock is set back in the world of a seed. */
export function setsClockBack(seed: number): boolean {
  return seed % 6 === 3;
}

/** Whether years pass in the world of a seed. */
export function lastsYears(seed: number): boolean {
  return seed % 3 === 2;
}

/** What a simulation is made with. */
export type Plan = Partial<Pick<Setting, "note" | "users" | "isPage">> &
  Bug & {
    readonly seed: number;
    /** The database of the server, if it is not a new file. */
    readonly backing?: Backing;
  };

/**
 * Runs replicas of two users and a server, all with clocks of their own, on a network that fails, with processes that are killed at
 * every await, copied replicas and a server that is restored from earlier snapshots. Answers what is wrong after all have synced in
 * peace: nothing. Of each three seeds one has clocks that are off by years, and in one years pass.
 */
export function simulate({ seed, ...plan }: Plan): Promise<string[]> {
  const kind = { isWild: seed % 3 === 0, isSetBack: setsClockBack(seed), isLong: lastsYears(seed) };
  return runWorld({ ...plan, ...kind, seed }, async (world) => {
    await live(world, takeStep);
    await syncInPeace(world);
    world.problems.push(...(await compare(world.nodes, world.server, world)));
    for (const node of world.nodes) world.problems.push(...(await checkLog(node, world.model)));
  });
}

type WorldPlan = Plan & Pick<Setting, "isWild" | "isSetBack" | "isLong" | "isOld" | "isServerOld">;

/** Makes a world for as long as something is done in it, and answers what is wrong then. */
export async function runWorld(
  { seed, backing, ...plan }: WorldPlan,
  work: (world: World) => Promise<void>,
): Promise<string[]> {
  const random = createRandom(seed);
  const folder = mkdtempSync(`${findFastest()}/todo-sim-`);
  // It is there for all seeds, so none of them decides its ids.
  await makeEmpty();
  const restore = decideIds(createRandom(seed));
  try {
    const world = await createWorld({
      users: ["acct_1", "acct_2"],
      note: () => {},
      copy: copyFiles,
      isPage: () => false,
      ...plan,
      folder,
      random,
      backing: backing ?? (await createSqliteBacking(folder, random)),
    });
    await work(world);
    await Promise.all([...world.nodes.map(({ opened }) => opened.store.close()), world.backing.close()]);
    return world.problems;
  } finally {
    restore();
    rmSync(folder, { recursive: true });
  }
}

/** Lets things happen, of which each step is one. */
export async function live(world: World, step: (world: World) => Promise<void>): Promise<void> {
  const { random, time, scheduler } = world;
  for (let turn = 0; turn < TURNS; turn += 1) {
    if (scheduler.count() > 0 && (scheduler.count() >= MAX_TASKS || random.chance(0.8))) {
      await scheduler.goOn(KILLING);
    } else {
      // Much happens in one moment, or while nobody does anything.
      time.now += random.below(random.pick([1, 1, 1000, 3000, 8000]));
      await step(world);
    }
  }
  scheduler.killAll();
}

/**
 * All sync until nobody has anything that another lacks: two rounds, behind one in which wild clocks may still be an obstacle, and one
 * in which those who were away find out what is gone, and all what the server refuses.
 */
async function syncInPeace(world: World): Promise<void> {
  if (world.isWild) await syncAll(world, ["locked"]);
  await syncAll(world, []);
  for (const node of world.nodes) await tolerate(world, [], () => mendParked(node, world));
  for (let round = 0; round < ROUNDS; round += 1) await syncAll(world, []);
}

/** All sync once, one after another. */
export async function syncAll(world: World, tolerated: readonly ErrorCode[]): Promise<void> {
  world.time.now += PAUSE;
  for (const node of world.nodes) {
    const { user, openReplica, watch } = node;
    const connected = connectInPeace(world.server.respondInPeace, user);
    const peer = node.isOld || world.isServerOld ? speakEarlier(connected) : connected;
    // What is sent with wild clocks may get other ones on the way.
    const unsent = world.isWild ? null : await readUnsent(node, world.server);
    await tolerate(world, tolerated, () => synchronize({ replica: openReplica(), peer, user, now: watch.now }));
    if (unsent) world.problems.push(...(await findLost(node, unsent, world.server)));
  }
}

/** Memory where there is enough of it, because on a disk most of the time goes into waiting for that. */
function findFastest(): string {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > LEAST_MEMORY ? MEMORY : tmpdir();
}

/** Node ids decide between edits of one moment, so a seed must decide these too. */
function decideIds({ below }: Random): () => void {
  const real = Object.getOwnPropertyDescriptor(crypto, "randomUUID");
  const digits = (count: number) => Array.from({ length: count }, () => below(16).toString(16)).join("");
  crypto.randomUUID = () => `${digits(8)}-${digits(4)}-4${digits(3)}-8${digits(3)}-${digits(12)}`;
  return () =>
    void (real ? Object.defineProperty(crypto, "randomUUID", real) : Reflect.deleteProperty(crypto, "randomUUID"));
}
