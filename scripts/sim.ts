/**
 * Runs the simulation of sync with many seeds: `bun run sim [--seeds 10000] [--seed 42 [--trace]] [--series] [--postgres] [--browser]`. It
 * prints the seeds in which something is wrong, and with `--trace` all that happens. `--series` is for tasks that repeat and belong
 * together. With `--browser` every second device is a page.
 */
import { parseArgs } from "node:util";
import { openPostgres } from "../src/db/postgres/database.ts";
import { startPostgres } from "../test/support/postgres/postgres.ts";
import type { Backing } from "../test/sync/backing.ts";
import { choosePages } from "../test/sync/pages.ts";
import { createPostgresBacking, nameUsers } from "../test/sync/postgres-backing.ts";
import { simulateSeries } from "../test/sync/series/simulate-series.ts";
import { simulate } from "../test/sync/simulator.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1000" },
    seed: { type: "string" },
    trace: { type: "boolean" },
    series: { type: "boolean" },
    postgres: { type: "boolean" },
    browser: { type: "boolean" },
  },
});
const [first, last] =
  values.seed === undefined ? [1, Number(values.seeds)] : [Number(values.seed), Number(values.seed)];
const wrong = await (values.postgres ? runOnPostgres() : runSeeds());
console.log(`${last - first + 1} seeds, ${wrong} wrong`);
process.exitCode = wrong === 0 ? 0 : 1;

async function runOnPostgres(): Promise<number> {
  const cluster = await startPostgres();
  try {
    const server = await openPostgres((await cluster.createDatabase()).ownerUrl, {});
    await server.migrate();
    const found = await runSeeds(createPostgresBacking(server));
    await server.store.close();
    return found;
  } finally {
    await cluster.remove();
  }
}

/** Answers in how many something is wrong. */
async function runSeeds(backing?: Backing): Promise<number> {
  const note = (line: string) => void (values.trace && console.log(line));
  const run = values.series ? simulateSeries : simulate;
  let found = 0;
  for (let seed = first; seed <= last; seed += 1) {
    const problems = await run({
      seed,
      note,
      ...(values.browser && { isPage: choosePages(seed) }),
      ...(backing && { backing, users: nameUsers() }),
    }).catch((error: unknown) => [String(error)]);
    if (problems.length === 0) continue;
    found += 1;
    console.log(`seed ${seed}\n  ${problems.slice(0, 5).join("\n  ")}`);
  }
  return found;
}
