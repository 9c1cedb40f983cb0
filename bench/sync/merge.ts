import { Database } from "bun:sqlite";
import { SQL } from "bun";
import { openPostgres } from "../../src/db/postgres/database.ts";
import { openSqlite } from "../../src/db/sqlite/database.ts";
import { formatClock } from "../../src/domain/task/clock.ts";
import { stampFields } from "../../src/domain/task/registers.ts";
import type { RemoteTask } from "../../src/ports/store.ts";
import type { SyncStore } from "../../src/ports/sync.ts";
import { exchange } from "../../src/services/sync/exchange.ts";
import { startCluster } from "../postgres/cluster.ts";
import { median } from "../measure.ts";
import type { Finding } from "./finding.ts";
import { createWriter } from "./tasks.ts";

const BATCH = 500;
const LIMIT = 1000;
const USER = "merging";
const NODE = "a1b2c3d4";

/** A database that is merged into. `photograph` answers something else after each commit that has written. */
type Merging = { readonly sync: SyncStore; readonly photograph: () => Promise<unknown> };

/** Measures merges into a file and into PostgreSQL, and answers the version of that too. */
export async function measureMerges(folder: string, batches: number) {
  const path = `${folder}/merging.db`;
  const file = openSqlite(path);
  const watch = new Database(path, { readonly: true });
  const ofFile = await measureDatabase("file", batches, {
    sync: file.sync,
    // It counts the commits of other connections (https://www.sqlite.org/pragma.html#pragma_data_version).
    photograph: async () => JSON.stringify(watch.query("pragma data_version").get()),
  });
  watch.close();
  await file.store.close();
  const { findings: ofPostgres, version } = await measurePostgres(batches);
  return { findings: [...ofFile, ...ofPostgres], version };
}

async function measurePostgres(batches: number) {
  const cluster = await startCluster(async () => undefined);
  try {
    const database = await cluster.copySample();
    const { sync, store } = await openPostgres(database.appUrl, {}, { requireRowSecurity: true });
    const admin = new SQL(database.url, { max: 1 });
    const findings = await measureDatabase("PostgreSQL", batches, { sync, photograph: () => photographAll(admin) });
    await admin.close();
    await store.close();
    return { findings, version: cluster.version };
  } finally {
    await cluster.remove();
  }
}

/** Each row with the transaction that wrote it last. */
async function photographAll(admin: SQL): Promise<unknown> {
  const rows = ["users", "tasks", "heads", "history"].map(
    (table) => `select '${table}' || xmin || ctid as row from ${table}`,
  );
  const [photo] = await admin.unsafe(
    `select md5(string_agg(row, ',' order by row)) as md5 from (${rows.join(" union all ")}) as rows`,
  );
  return JSON.stringify(photo);
}

async function measureDatabase(name: string, batches: number, { sync, photograph }: Merging): Promise<Finding[]> {
  console.error(`merges into ${name} …`);
  const { drafts, changes } = makeBatches(batches);
  const rate = (times: readonly number[]) => (BATCH * 1000) / median(times);
  const inserted = await mergeAll(sync, drafts);
  const changed = await mergeAll(sync, changes);
  const [before, replayed] = [await photograph(), await replayAll(sync, changes)];
  if (before !== (await photograph())) throw new Error("a replay wrote something");
  return [
    { what: `new tasks merged in batches of ${BATCH}, ${name}`, found: rate(inserted), unit: "/s" },
    { what: `changes of one field merged in batches of ${BATCH}, ${name}`, found: rate(changed), unit: "/s" },
    { what: `replay of a merged batch, which writes nothing, ${name}`, found: median(replayed), unit: "ms" },
  ];
}

/** Milliseconds of each batch. Whoever sends it has all that came before. */
async function mergeAll(sync: SyncStore, batches: readonly (readonly RemoteTask[])[]): Promise<number[]> {
  const times: number[] = [];
  for (const arrivals of batches) {
    const after = await sync.revision(USER);
    const begin = performance.now();
    await sync.exchange(USER, { arrivals, after, limit: LIMIT, now: Date.now() });
    times.push(performance.now() - begin);
  }
  return times;
}

/** As a server is asked again whose answer was lost. */
async function replayAll(sync: SyncStore, batches: readonly (readonly RemoteTask[])[]): Promise<number[]> {
  const parts = { sync, user: USER };
  let { cursor, more } = await exchange(parts, { cursor: null, limit: LIMIT, changes: [] });
  while (more) ({ cursor, more } = await exchange(parts, { cursor, limit: LIMIT, changes: [] }));
  const times: number[] = [];
  for (const changes of batches) {
    const begin = performance.now();
    await exchange(parts, { cursor, limit: LIMIT, changes });
    times.push(performance.now() - begin);
  }
  return times;
}

/** Tasks, and then a later priority for each of them. */
function makeBatches(batches: number) {
  const { draft } = createWriter();
  const clockOf = (now: number) => formatClock(BigInt(now) << 16n, NODE);
  const split = (all: readonly RemoteTask[]) =>
    Array.from({ length: batches }, (_, at) => all.slice(at * BATCH, (at + 1) * BATCH));
  const drafts = Array.from({ length: batches * BATCH }, draft);
  const now = Date.now();
  return {
    drafts: split(
      drafts.map(({ edit, now: at }) => ({
        id: edit.id,
        registers: stampFields(edit.fields, clockOf(Math.min(at, now))),
      })),
    ),
    changes: split(
      drafts.map(({ edit }) => ({ id: edit.id, registers: stampFields({ priority: "high" }, clockOf(now)) })),
    ),
  };
}
