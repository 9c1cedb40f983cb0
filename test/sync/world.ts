import { TodoError } from "../../src/domain/errors.ts";
import { type Alter, createServer, type Server } from "./server.ts";
import type { Backing, copyFiles } from "./backing.ts";
import { createServerWatch, createWatch, type Time } from "./clocks.ts";
import { createModel, type Model } from "./model.ts";
import { createNetwork, type Network } from "./network.ts";
import { createNode, type Node, type Spoil } from "./node.ts";
import { createPages, type Pages } from "./pages.ts";
import { openNotedPurge } from "./absence.ts";
import type { Random } from "../support/random.ts";
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
  /**
   * True for a wild server whose clock is set back, too. It is never restored: a device that brings it what it has lost would have to
   * date that anew, and nobody could say any more whose edit was the last.
   */
  readonly isSetBack: boolean;
  /** True for years in which devices are away and servers purge. */
  readonly isLong: boolean;
  /** Which nodes are of a version that knows no series, by their number. */
  readonly isOld?: (node: number) => boolean;
  /** Which nodes are pages in a browser, by their number. */
  readonly isPage: (node: number) => boolean;
  /** Whether the server is. */
  readonly isServerOld?: boolean;
  /** Plants a bug into the server. */
  readonly alter?: Alter;
  /** Plants a bug into the replicas. */
  readonly spoil?: Spoil;
  /** What becomes of a file that is copied. */
  readonly copy: typeof copyFiles;
  /** Told each thing that happens. */
  readonly note: (line: string) => void;
};

export type World = Setting & {
  readonly pages: Pages;
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
  const model = createModel();
  const watch = createServerWatch(time, random, setting);
  const server = createServer(backing, {
    watch,
    rest,
    alter,
    openPurge: setting.isLong ? (sync) => openNotedPurge(sync, { now: watch.now, model }) : undefined,
  });
  const network = createNetwork(server.respond, { random, rest, isWild });
  const state = { nodes: [], problems: [], away: null, pages: createPages() };
  const world: World = { ...setting, ...state, model, time, scheduler, server, network };
  const [one, other] = users;
  for (const user of [one, one, one, other]) {
    const isOld = setting.isOld?.(world.nodes.length) ?? false;
    world.nodes.push(
      await createNode({ ...identify(world, user), isOld }, { ...world, isPage: world.isPage(world.nodes.length) }),
    );
  }
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
    // The folder has another name in each run.
    world.note(`failed: ${String(error).replace(/\S*\/todo-sim-\w+\//, "")}`);
    if (error instanceof TodoError && codes.includes(error.code)) return;
    world.problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
