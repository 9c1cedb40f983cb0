import { mkdtempSync, rmSync } from "node:fs";
import { MANY, measureSides, warmUp } from "./case.ts";
import { checkSides } from "./check.ts";
import { stopChildren } from "../children.ts";
import { makeHttpSample, OPERATIONS } from "./sample.ts";
import { type ServiceOptions, startService } from "./service.ts";
import { formatCases, formatMixed, type Measured } from "./table.ts";
import { type Load, runWrk, sumUp } from "./wrk.ts";

const CONNECTIONS = [1, 32, 100, 256];
const MIXED_S = 60;
const MEMORY_EVERY_S = 5;
/** The most that can be set, and more than can be sent. */
const FAR_LIMIT = 999_999_999;

/** Measures `todo serve` of a database in a file beside the floor, and answers the tables. */
export async function measureFile(folder: string, seconds: number): Promise<string> {
  const sample = await makeHttpSample(folder);
  const options = { folder, sample, limit: 0 };
  await checkSides(sample, await startBoth(options), stopChildren);
  const cases: Measured[] = [];
  for (const name of OPERATIONS) {
    for (const connections of CONNECTIONS) {
      cases.push(await measureCase(name, { requests: sample.requests[name], connections, seconds }, options));
    }
  }
  const limited = { requests: sample.requests["get one"], connections: MANY, seconds };
  cases.push(await measureCase("get one, with limits", limited, { ...options, limit: FAR_LIMIT }));
  const mixed = await measureMixed({ requests: sample.requests.mixed, connections: MANY, seconds }, options);
  return `${formatCases(cases)}\n\n${mixed}`;
}

function startBoth(options: ServiceOptions) {
  return Promise.all([startService("todo", options), startService("floor", options)]);
}

/** Both sides from the same database. */
async function measureCase(name: string, load: Load, options: ServiceOptions): Promise<Measured> {
  console.error(`${name}, ${load.connections} connections …`);
  const place = { ...options, folder: mkdtempSync(`${options.folder}/case-`) };
  const [todo, floor] = await measureSides(await startBoth(place), load);
  await stopChildren();
  // What thousands of requests a second write takes much room.
  rmSync(place.folder, { recursive: true });
  if (!todo || !floor) throw new Error("both sides were expected");
  return { name, connections: load.connections, todo: todo.figure, floor: floor.figure, memory: todo.memory };
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
