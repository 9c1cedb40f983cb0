import { copyFileSync, mkdirSync } from "node:fs";
import { openSqlite } from "../../src/db/sqlite.ts";
import { compareBytes, type Fields } from "../../src/domain/registers.ts";
import type { Replica } from "../../src/domain/replica.ts";
import type { SyncStore } from "../../src/domain/sync.ts";
import { exchange } from "../../src/services/sync/exchange.ts";
import { synchronize, type SyncPeer } from "../../src/services/sync/synchronize.ts";
import { createRandom, type Random } from "./random.ts";
import type { DatabaseFile } from "../../src/domain/database.ts";

const USER = "acct_1";
const OWNER = "local";
const REPLICAS = 3;
const STEPS = 60;
const IDS = 6;
const START = Date.UTC(2026, 10, 20, 9);
/** Milliseconds by which the clock of a replica may be off: less than the server refuses, or by years. */
const DRIFT = 40_000;
const WILD_DRIFT = 3 * 365 * 86_400_000;

/** What a simulation is made with. `alter` plants a bug into the server. */
export type Plan = {
  readonly seed: number;
  /** A folder of its own. */
  readonly folder: string;
  /** True for clocks that are off by years, whose edits get other clocks when they are sent. */
  readonly wild?: boolean;
  readonly alter?: (sync: SyncStore) => Partial<SyncStore>;
  /** Plants a bug into the replicas. */
  readonly spoil?: (replica: Replica) => Partial<Replica>;
};

type Node = { readonly opened: DatabaseFile; readonly replica: Replica; readonly drift: number };

/** The largest register of each field that anybody made, which is what all must have in the end. */
type Model = Map<string, string>;

class Killed extends Error {}

/**
 * Runs replicas and a server whose clocks drift, with a network that loses and repeats, processes that are killed between two
 * steps, and a server that is restored from earlier snapshots. Answers what is wrong after all have synced in peace: nothing.
 */
export async function simulate({ seed, folder, wild = false, alter, spoil }: Plan): Promise<string[]> {
  const random = createRandom(seed);
  const clock = { now: START };
  const model: Model = new Map();
  mkdirSync(folder, { recursive: true });
  const server = createServer(`${folder}/server-0.db`, clock, alter);
  const drift = wild ? WILD_DRIFT : DRIFT;
  const nodes = await Promise.all(Array.from({ length: REPLICAS }, (_, at) => openNode({ at, random, drift }, spoil)));
  for (let step = 0; step < STEPS; step += 1) {
    clock.now += random.below(3000);
    const node = random.pick(nodes);
    const roll = random.next();
    if (roll < 0.55) await edit(node, { random, clock, model });
    else if (roll < 0.93) await syncInTrouble(node, { random, clock, model, server });
    else if (roll < 0.97) server.snapshot(`${folder}/snapshot.db`);
    else await server.restore(`${folder}/snapshot.db`, `${folder}/server-${step}.db`);
  }
  for (let round = 0; round < 3; round += 1) {
    clock.now += 120_000;
    for (const node of nodes) await syncInPeace(node, server, clock);
  }
  const problems = await compare(nodes, server, wild ? null : model);
  await Promise.all([...nodes.map(({ opened }) => opened.store.close()), server.close()]);
  return problems;
}

async function openNode(
  { at, random, drift }: { readonly at: number; readonly random: Random; readonly drift: number },
  spoil?: Plan["spoil"],
): Promise<Node> {
  const opened = openSqlite(":memory:");
  const plain = opened.openReplica(OWNER);
  const replica = { ...plain, ...spoil?.(plain) };
  await replica.bind({ server: "https://todo.example.com", user: USER });
  return { opened, replica, drift: (at === 0 ? -1 : 1) * random.below(drift) };
}

type Server = ReturnType<typeof createServer>;

function createServer(path: string, clock: { readonly now: number }, alter?: Plan["alter"]) {
  let opened = openSqlite(path);
  let hasSnapshot = false;
  return {
    peer: (): SyncPeer => ({
      exchange: async (request) => {
        const sync = { ...opened.sync, ...alter?.(opened.sync) };
        return { user: USER, ...(await exchange({ sync: withClock(sync, clock), user: USER }, request)) };
      },
    }),
    opened: () => opened,
    snapshot: (to: string) => {
      if (hasSnapshot) return;
      opened.file.backup(to);
      hasSnapshot = true;
    },
    restore: async (from: string, to: string) => {
      if (!hasSnapshot) return;
      await opened.store.close();
      copyFileSync(from, to);
      opened = openSqlite(to);
    },
    close: () => opened.store.close(),
  };
}

/** The database's own clock is that of this machine, and the simulation has another time. */
function withClock(sync: SyncStore, clock: { readonly now: number }): SyncStore {
  return { ...sync, look: async (user, question) => ({ ...(await sync.look(user, question)), now: clock.now }) };
}

type World = { readonly random: Random; readonly clock: { readonly now: number }; readonly model: Model };

/** An edit that is acknowledged counts for ever. */
async function edit({ opened, drift }: Node, { random, clock, model }: World): Promise<void> {
  const id = `019a9f3c-51c8-7000-a1b2-${String(random.below(IDS)).padStart(12, "0")}`;
  const fields = makeFields(random, clock.now);
  await opened.store.commit(OWNER, { command: "edit", now: clock.now + drift, edits: [{ id, fields }] });
  const [entry] = await opened.store.history(OWNER, { id, limit: 1 });
  for (const [field, register] of Object.entries(entry?.after ?? {})) {
    const key = `${id} ${field}`;
    const known = model.get(key);
    if (known === undefined || compareBytes(register, known) > 0) model.set(key, register);
  }
}

function makeFields(random: Random, now: number): Fields {
  const made = [
    { title: `title ${random.below(1000)}` },
    { [`tag:t${random.below(3)}`]: random.chance(0.6) },
    { completed_at: random.chance(0.5) ? new Date(now).toISOString() : null },
    { deleted_at: random.chance(0.3) ? new Date(now).toISOString() : null },
    { title: "both", priority: random.pick(["high", "low"]) },
    { later_version: random.below(10) },
  ];
  return random.pick(made);
}

/** The network may lose the request or the answer, or bring the request twice; the process may be killed before it commits. */
async function syncInTrouble(node: Node, { server, ...world }: World & { readonly server: Server }): Promise<void> {
  const { replica } = node;
  const { random, clock } = world;
  const real = server.peer();
  const fail = (part: number) => {
    if (random.chance(part)) throw new Killed();
  };
  const peer: SyncPeer = {
    exchange: async (request) => {
      fail(0.1);
      if (random.chance(0.1)) await real.exchange(request);
      const answer = await real.exchange({ ...request, limit: 1 + random.below(4) });
      // Somebody goes on working while the answer is on its way.
      if (random.chance(0.3)) await edit(node, world);
      fail(0.2);
      return answer;
    },
  };
  const killed: Replica = {
    ...replica,
    settle: async (settlement) => {
      fail(0.15);
      await replica.settle(settlement);
      fail(0.1);
    },
  };
  try {
    await synchronize({ replica: killed, peer, user: USER, now: () => clock.now });
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
}

async function syncInPeace({ replica }: Node, server: Server, clock: { readonly now: number }): Promise<void> {
  await synchronize({ replica, peer: server.peer(), user: USER, now: () => clock.now });
}

/** All fields of all tasks of a database, as `ID FIELD` and register. */
async function readAll({ sync }: Pick<DatabaseFile, "sync">, user: string): Promise<Map<string, string>> {
  const { tasks } = await sync.exchange(user, { arrivals: [], after: 0, limit: 1000, now: 0 });
  return new Map(
    tasks.flatMap(({ id, registers }) =>
      Object.entries(registers).map(([field, register]): [string, string] => [`${id} ${field}`, register]),
    ),
  );
}

/** With clocks that were changed on the way nobody can say what all must have, only that it is the same. */
async function compare(nodes: readonly Node[], server: Server, known: Model | null): Promise<string[]> {
  const problems: string[] = [];
  const model = known ?? (await readAll(server.opened(), USER));
  const check = (name: string, found: ReadonlyMap<string, string>) => {
    for (const [key, register] of model) {
      if (found.get(key) !== register) problems.push(`${name} has ${found.get(key)} of ${key}, not ${register}`);
    }
    for (const key of found.keys()) if (!model.has(key)) problems.push(`${name} has ${key}, which nobody made`);
  };
  for (const [place, { opened, replica }] of nodes.entries()) {
    check(`replica ${place}`, await readAll(opened, OWNER));
    const { unsent } = await replica.backlog();
    if (unsent > 0) problems.push(`replica ${place} has ${unsent} unsent`);
  }
  check("the server", await readAll(server.opened(), USER));
  return problems;
}
