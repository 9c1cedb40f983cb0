/**
 * Measures filters on 100,000 tasks, of which 48,600 are open, in a database in a file and on PostgreSQL:
 * `bun run bench:filters [ROUNDS] [--write]`. Of each the first 50 by due date are read, and all are counted, the words included.
 * Times are the best of all rounds.
 */
import { openPostgres } from "../src/db/postgres/database.ts";
import { openSqlite } from "../src/db/sqlite/database.ts";
import type { Store } from "../src/ports/store.ts";
import { readFilter } from "../src/services/tasks/read-filter.ts";
import type { Workspace } from "../src/services/workspace.ts";
import { listMeasuredFilters } from "../test/support/tasks/design-filters.ts";
import { fill, NOW, PARENT, USER } from "./filters/tasks.ts";
import { describeRun, formatRows, writePage } from "./page.ts";
import { startCluster } from "./postgres/cluster.ts";
import { runBench } from "./run.ts";

const FILTERS = listMeasuredFilters(PARENT);
const LIMIT = 50;

/** Milliseconds for one filter, and how many tasks it finds. */
type Figure = { readonly first: number; readonly all: number; readonly found: number };

const rounds = Number(process.argv.slice(2).find((arg) => /^\d+$/.test(arg)) ?? 5);

await runBench("filters", async (folder) => {
  const { store: file } = openSqlite(`${folder}/todo.db`);
  await fill(file);
  const inFile = await measureAll(file);
  await file.close();
  const cluster = await startCluster(fill);
  try {
    const { appUrl } = await cluster.copySample();
    const { store } = await openPostgres(appUrl, {}, { requireRowSecurity: true });
    const onPostgres = await measureAll(store);
    await store.close();
    report(inFile, onPostgres, cluster.version);
  } finally {
    await cluster.remove();
  }
});

async function measureAll(store: Store): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const filter of FILTERS) {
    console.error(filter);
    figures.push(await measure(store, filter));
  }
  return figures;
}

async function measure(store: Store, filter: string): Promise<Figure> {
  const system = { now: () => NOW, today: () => "2026-11-21", timeZone: () => "UTC", newId: () => Bun.randomUUIDv7() };
  const workspace: Workspace = { store, user: USER, system };
  const read = () => readFilter({ terms: filter === "" ? [] : [filter] }, system, () => Promise.resolve(workspace));
  const first = await best(async () => store.find(USER, { where: await read(), sort: "due_date", limit: LIMIT }));
  const all = await best(async () => store.count(USER, await read()));
  return { first, all, found: await store.count(USER, await read()) };
}

async function best(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begin = performance.now();
    await work();
    times.push(performance.now() - begin);
  }
  return Math.min(...times);
}

function report(inFile: readonly Figure[], onPostgres: readonly Figure[], version: string): void {
  const rows = FILTERS.map((filter, at) => {
    const [sqlite, postgres] = [inFile[at], onPostgres[at]];
    const found = sqlite?.found === postgres?.found ? String(sqlite?.found) : `${sqlite?.found} and ${postgres?.found}`;
    const name = filter === "" ? "(nothing)" : `\`${filter.replaceAll("|", "\\|")}\``;
    return [name, found, ...[sqlite?.first, sqlite?.all, postgres?.first, postgres?.all].map(format)];
  });
  const table = formatRows(["filter", "found", "SQLite: first 50", "count", "PostgreSQL: first 50", "count"], rows);
  const run = describeRun(`bun run bench:filters ${rounds} --write`, [version]);
  console.log(`${run}\n\n${table}`);
  if (process.argv.includes("--write")) writePage("the last run of filters", run, table);
}

function format(milliseconds = 0): string {
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : milliseconds.toFixed(0)} ms`;
}
