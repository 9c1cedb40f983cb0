import { openPostgres } from "../src/db/postgres/database.ts";
import { formatClock } from "../src/domain/task/clock.ts";
import { stampFields } from "../src/domain/task/registers.ts";
import type { RemoteTask, Store } from "../src/ports/store.ts";
import type { Driver } from "../test/support/postgres/stores.ts";
import type { BenchCluster } from "./postgres/cluster.ts";
import { openWay, type Way } from "./postgres/way.ts";
import { makeSample, type SampleTask } from "./sample.ts";

export const MERGE_STEPS = ["insert", "replay", "update"] as const;
export type MergeStep = (typeof MERGE_STEPS)[number];

/** What was merged of one step, in all rounds together. */
export type MergeFigure = {
  readonly rows: number;
  readonly batches: number;
  readonly milliseconds: number;
  /** Those to Neon. */
  readonly requests: number;
};

/** Rows of each user. */
const ROWS = 20_000;
const BATCH = 500;
const WARM_UP_ROWS = 2000;
const HOUR_MS = 3_600_000;
const NODE = "a1b2c3d4";

type Steps = Readonly<Record<MergeStep, MergeFigure>>;

/** Merges for so many users at once, in a fresh database each round. */
export async function measureMerge(
  cluster: BenchCluster,
  driver: Driver,
  { users, rounds }: { readonly users: number; readonly rounds: number },
): Promise<Steps> {
  const measured: Steps[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const database = await cluster.copySample();
    measured.push(await measureRound(await openWay(driver, cluster.port, database.appUrl), users));
    await database.drop();
  }
  const total = (step: MergeStep) => measured.map((each) => each[step]).reduce(add);
  return { insert: total("insert"), replay: total("replay"), update: total("update") };
}

async function measureRound({ url, env, countRequests }: Way, users: number): Promise<Steps> {
  const { store } = await openPostgres(url, env, { requireRowSecurity: true, connections: 10 });
  await mergeAll(store, [{ user: "warm-up", batches: makeBatches(WARM_UP_ROWS).first }]);
  const made = Array.from({ length: users }, (_, at) => ({ user: `merging-${at}`, ...makeBatches(ROWS) }));
  const measure = async (version: "first" | "second", expected: number): Promise<MergeFigure> => {
    const work = made.map((each) => ({ user: each.user, batches: each[version] }));
    const before = await countRequests();
    const begin = performance.now();
    const changed = await mergeAll(store, work);
    const milliseconds = performance.now() - begin;
    if (changed !== expected) throw new Error(`${changed} rows changed instead of ${expected}`);
    const rows = users * ROWS;
    return { rows, batches: rows / BATCH, milliseconds, requests: (await countRequests()) - before };
  };
  const insert = await measure("first", users * ROWS);
  const replay = await measure("first", 0);
  const update = await measure("second", users * ROWS);
  await store.close();
  return { insert, replay, update };
}

type Work = { readonly user: string; readonly batches: readonly (readonly RemoteTask[])[] };

/** The batches of a user follow each other, those of several go at once. Answers how many rows changed. */
async function mergeAll(store: Store, work: readonly Work[]): Promise<number> {
  const merged = work.map(async ({ user, batches }) => {
    let changed = 0;
    for (const batch of batches) changed += (await store.merge(user, batch)).length;
    return changed;
  });
  return (await Promise.all(merged)).reduce((sum, changed) => sum + changed, 0);
}

/** The same tasks as another device has made them, and then as it has changed all of their registers an hour later. */
function makeBatches(rows: number) {
  const tasks = makeSample(rows).map((task) => ({ id: Bun.randomUUIDv7(), task }));
  const made = Date.UTC(2026, 0, 1);
  const stampAll = (when: number, name: string): RemoteTask[][] =>
    Array.from({ length: rows / BATCH }, (_, batch) => {
      const clock = formatClock(BigInt(when + batch) << 16n, NODE);
      const part = tasks.slice(batch * BATCH, (batch + 1) * BATCH);
      return part.map(({ id, task }) => ({ id, registers: stampFields(toFields(task, name), clock) }));
    });
  return { first: stampAll(made, "first"), second: stampAll(made + HOUR_MS, "second") };
}

/** Twelve. */
function toFields({ title, due_date, priority, project }: SampleTask, name: string) {
  return {
    title: `${title}, the ${name} time`,
    description: `As it was the ${name} time`,
    due_date,
    priority,
    project,
    created_at: "2026-01-01T00:00:00.000Z",
    completed_at: null,
    deleted_at: null,
    "tag:home": true,
    "tag:garden": false,
    "tag:first": name === "first",
    "tag:second": name === "second",
  };
}

function add(one: MergeFigure, other: MergeFigure): MergeFigure {
  return {
    rows: one.rows + other.rows,
    batches: one.batches + other.batches,
    milliseconds: one.milliseconds + other.milliseconds,
    requests: one.requests + other.requests,
  };
}
