/**
 * Measures `todo serve` over HTTP: `bun run bench:http [SECONDS] [--write]`. Beside it, in turns, so that a busy moment of the
 * machine touches both, runs the least that a server of the same tasks can do (bench/http-floor.ts). SECONDS are those of a
 * case for each of the two. `--write` puts the tables into docs/BENCHMARKS.md.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { findBinary } from "../test/support/binary.ts";
import { checkSides } from "./bench/http-check.ts";
import { stopChildren } from "./bench/http-children.ts";
import { makeHttpSample, OPERATIONS } from "./bench/http-sample.ts";
import { type Service, type ServiceOptions, startService } from "./bench/http-service.ts";
import { formatCases, formatMixed, type Measured } from "./bench/http-table.ts";
import { findWrk, type Load, type Round, runWrk, sumUp } from "./bench/http-wrk.ts";
import { describeRun, writePage } from "./bench/page.ts";

const CONNECTIONS = [1, 32, 100, 256];
const MANY = 100;
const ROUNDS = 3;
const WARM_UP_S = 3;
const MIXED_S = 60;
const MEMORY_EVERY_S = 5;
/** The most that can be set, and more than can be sent. */
const FAR_LIMIT = 999_999_999;

const seconds = Number(process.argv.slice(2).find((arg) => /^[1-9]\d*$/.test(arg)) ?? 9);
const folder = mkdtempSync(`${tmpdir()}/todo-bench-http-`);
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void cleanUp().then(() => process.exit(1)));

try {
  findWrk();
  findBinary();
  const sample = await makeHttpSample(folder);
  const options = { folder, sample, limit: 0 };
  await checkSides(sample, options);
  const cases: Measured[] = [];
  for (const name of OPERATIONS) {
    for (const connections of CONNECTIONS) {
      cases.push(await measureCase(name, { requests: sample.requests[name], connections, seconds }, options));
    }
  }
  const limited = { requests: sample.requests["get one"], connections: MANY, seconds };
  cases.push(await measureCase("get one, with limits", limited, { ...options, limit: FAR_LIMIT }));
  report(
    formatCases(cases),
    await measureMixed({ requests: sample.requests.mixed, connections: MANY, seconds }, options),
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await cleanUp();
}

async function cleanUp(): Promise<void> {
  await stopChildren();
  rmSync(folder, { recursive: true, force: true });
}

/** Both sides in turns, each from the same database and warm. */
async function measureCase(name: string, load: Load, options: ServiceOptions): Promise<Measured> {
  console.error(`${name}, ${load.connections} connections …`);
  const place = { ...options, folder: mkdtempSync(`${folder}/case-`) };
  const [todo, floor] = await Promise.all([startService("todo", place), startService("floor", place)]);
  const rounds = Math.min(ROUNDS, load.seconds);
  const part = { ...load, seconds: Math.ceil(load.seconds / rounds) };
  const mine: Round[] = [];
  const theirs: Round[] = [];
  for (const side of [todo, floor]) await warmUp(side, load);
  for (let round = 0; round < rounds; round += 1) {
    mine.push(await runWrk(todo.url, part));
    theirs.push(await runWrk(floor.url, part));
  }
  const memory = todo.measureMemory();
  await stopChildren();
  // What thousands of requests a second write takes much room.
  rmSync(place.folder, { recursive: true });
  return { name, connections: load.connections, todo: sumUp(mine), floor: sumUp(theirs), memory };
}

/** With many connections first, or one alone would not bring it to its speed in that time. */
async function warmUp({ url }: Service, load: Load): Promise<void> {
  await runWrk(url, { ...load, connections: MANY, seconds: Math.min(WARM_UP_S, load.seconds) });
  await runWrk(url, { ...load, seconds: 1 });
}

/** A minute of all operations at once, to see whether the memory grows. With fewer seconds than usual it is shorter too. */
async function measureMixed(load: Load, options: ServiceOptions): Promise<string> {
  console.error("mixed …");
  const service = await startService("todo", options);
  const length = Math.min(MIXED_S, load.seconds * 10);
  await warmUp(service, load);
  const memory = [{ second: 0, now: service.measureMemory().now }];
  const watch = async () => {
    for (let second = MEMORY_EVERY_S; second <= length; second += MEMORY_EVERY_S) {
      await Bun.sleep(MEMORY_EVERY_S * 1000);
      memory.push({ second, now: service.measureMemory().now });
    }
  };
  const [round] = await Promise.all([runWrk(service.url, { ...load, seconds: length }), watch()]);
  await stopChildren();
  return formatMixed(sumUp([round]), memory);
}

function report(cases: string, mixed: string): void {
  const wrk = Bun.spawnSync([findWrk(), "-v"]).stdout.toString().split(" ")[1] ?? "";
  const run = describeRun(`bun run bench:http ${seconds} --write`, [`wrk ${wrk}`]);
  const tables = `${cases}\n\n${mixed}`;
  console.log(`${run}\n\n${tables}`);
  if (process.argv.includes("--write")) writePage("the last run over HTTP", run, tables);
}
