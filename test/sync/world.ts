import { TodoError } from "../../src/domain/errors.ts";
import { type Alter, createServer, type Server } from "./server.ts";
import type { Backing } from "./backing.ts";
import { createServerWatch, createWatch, type Time } from "./clocks.ts";
import { createModel, type Model } from "./model.ts";
import { createNetwork, type Network } from "./network.ts";
import { createNode, type Node, type Spoil } from "./node.ts";
import type { Random } from "./random.ts";
import { createScheduler, type Scheduler } from "./scheduler.ts";

const START = Date.UTC(2026, 10, 20, 9);

/** What a world is made with. */
export type Setting = {
  readonly folder: string;
  readonly random: Random;
  readonly backing: Backing;
  /** The names of the users on the server, of whom the first has most replicas. */
  readonly users: readonly [string, string];
  /** True for clocks that are off by years, whose edits get other clocks when they are sent. */
  readonly isWild: boolean;
  /** True for years in which devices are away and servers purge. */
  readonly isLong: boolean;
  /** Plants a bug into the server. */
  readonly alter?: Alter;
  /** Plants a bug into the replicas. */
  readonly spoil?: Spoil;
  /** Told each thing that happens. */
  readonly note: (line: string) => void;
};

export type World = Setting & {
  readonly time: Time;
  readonly model: Model;
  readonly scheduler: Scheduler;
  readonly server: Server;
  readonly network: Network;
  readonly nodes: Node[];
  readonly problems: string[];
  /** The node that does nothing for now. */
  away: string | null;
};

export async function createWorld(setting: Setting): Promise<World> {
  const { random, backing, users, isWild, alter, note } = setting;
  const time = { now: START };
  const scheduler = createScheduler(random, note);
  const { rest } = scheduler;
  const server = createServer(backing, {
    watch: createServerWatch(time, random, isWild),
    rest,
    ...(alter && { alter }),
  });
  const network = createNetwork(server.respond, { random, rest, isWild });
  const state = { model: createModel(), nodes: [], problems: [], away: null };
  const world: World = { ...setting, ...state, time, scheduler, server, network };
  const [one, other] = users;
  for (const user of [one, one, one, other]) world.nodes.push(await createNode(identify(world, user), setting.spoil));
  return world;
}

/** What the next device is called, and where it lies. */
export function identify({ nodes, folder, time, random, isWild, server }: World, user: string) {
  const name = `node-${nodes.length}`;
  return { name, user, path: `${folder}/${name}.db`, watch: createWatch(time, random, isWild ? server.watch : null) };
}

/** Does work in which something may go wrong, and reports what else does. */
export async function tolerate(world: World, codes: readonly string[], work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    world.note(`failed: ${String(error)}`);
    if (error instanceof TodoError && codes.includes(error.code)) return;
    world.problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
