import { mkdtempSync, rmSync } from "node:fs";
import { type Driver, DRIVERS } from "../../test/support/postgres/stores.ts";
import { MANY, measureSides } from "./case.ts";
import { checkSides, readLines, send } from "./check.ts";
import { stopChildren } from "../children.ts";
import { readServerRows } from "./rows.ts";
import { makeHttpSample, type Operation, OPERATIONS, type Sample, USERS } from "./sample.ts";
import { launch, type Service, startService, TODO_ON_SERVER } from "./service.ts";
import type { Load } from "./wrk.ts";
import { measureMerge } from "../merge.ts";
import { type BenchCluster, type BenchDatabase, startCluster } from "../postgres/cluster.ts";
import { formatMerges, formatServed, formatWanted, type Merged, type Served } from "../postgres/table.ts";
import { openWay } from "../postgres/way.ts";

const CONNECTIONS = [1, MANY];
const MERGING_USERS = [1, 4];
const MERGE_ROUNDS = 3;

type Place = { readonly cluster: BenchCluster; readonly sample: Sample; readonly folder: string };

/** Measures `todo serve` of PostgreSQL through both drivers, and merges, and answers the tables. */
export async function measurePostgres(folder: string, seconds: number) {
  const sample = await makeHttpSample(folder);
  const cluster = await startCluster(sample.fill);
  try {
    const place = { cluster, sample, folder };
    await checkDrivers(place);
    const requests = await countForEach(place);
    const served: Served[] = [];
    for (const name of OPERATIONS) {
      for (const connections of CONNECTIONS) {
        served.push(...(await measureCase(name, { requests: sample.requests[name], connections, seconds }, place)));
      }
    }
    const merged = await measureMerges(cluster, Math.min(MERGE_ROUNDS, seconds));
    const tables = [formatServed(served, requests), formatMerges(merged), formatWanted(served, merged)].join("\n\n");
    return { tables, version: cluster.version };
  } finally {
    // Whoever is connected goes first, so that nothing fails in the background.
    await stopChildren();
    await cluster.remove();
  }
}

/** Both drivers must do what a database in a file does, down to the rows. */
async function checkDrivers(place: Place): Promise<void> {
  const file = await startService("todo", { ...place, limit: 0 });
  const sides = await startDrivers(place);
  await checkSides(place.sample, [file, ...sides], stopChildren);
  for (const { database } of sides) await database.drop();
}

/** How many requests to Neon each operation takes. */
async function countForEach(place: Place): Promise<ReadonlyMap<string, number>> {
  const service = await startDriver("neon", place);
  const sendAll = async (operation: Operation): Promise<number> => {
    const before = await service.countRequests();
    for (const line of readLines(place.sample, operation).slice(0, USERS)) await send(service, line);
    return ((await service.countRequests()) - before) / USERS;
  };
  // The first of a user also looks whether they are known.
  await sendAll("list of 50");
  const counts = new Map<string, number>();
  for (const operation of OPERATIONS) counts.set(operation, await sendAll(operation));
  await stopChildren();
  await service.database.drop();
  return counts;
}

/** A server of a copy of the sample. */
type Driven = Service & {
  readonly driver: Driver;
  readonly database: BenchDatabase;
  readonly countRequests: () => Promise<number>;
};

function startDrivers(place: Place): Promise<Driven[]> {
  return Promise.all(DRIVERS.map((driver) => startDriver(driver, place)));
}

async function startDriver(driver: Driver, { cluster, sample, folder }: Place): Promise<Driven> {
  const database = await cluster.copySample();
  const { url, env, countRequests } = await openWay(driver, cluster.port, database.appUrl);
  const name = `todo through ${driver}`;
  const launched = await launch({
    name,
    command: TODO_ON_SERVER,
    folder,
    secret: sample.secret,
    limit: 0,
    env: { ...env, DATABASE_URL: url, TODO_REQUIRE_RLS: "1" },
  });
  return { ...launched, name, driver, database, countRequests, readRows: () => readServerRows(database.url) };
}

/** Both drivers in turns. */
async function measureCase(operation: string, load: Load, place: Place): Promise<Served[]> {
  console.error(`${operation}, ${load.connections} connections …`);
  const folder = mkdtempSync(`${place.folder}/case-`);
  const measures = await measureSides(await startDrivers({ ...place, folder }), load);
  await stopChildren();
  for (const { side } of measures) await side.database.drop();
  rmSync(folder, { recursive: true });
  const { connections } = load;
  return measures.map(({ side: { driver }, ...measure }) => ({ ...measure, operation, connections, driver }));
}

async function measureMerges(cluster: BenchCluster, rounds: number): Promise<Merged[]> {
  const merged: Merged[] = [];
  for (const users of MERGING_USERS) {
    for (const driver of DRIVERS) {
      console.error(`merge of ${users}, through ${driver} …`);
      const steps = await measureMerge(cluster, driver, { users, rounds });
      await stopChildren();
      merged.push({ driver, users, steps });
    }
  }
  return merged;
}
