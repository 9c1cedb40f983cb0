/**
 * Measures what others wait while one user asks for what costs most: `bun run bench:bystander [SECONDS] [--tasks N]`, of a database
 * in a file and of PostgreSQL, with the limits that a server has by itself. Each case takes SECONDS.
 */
import { parseArgs } from "node:util";
import { openSqlite } from "../src/db/sqlite/database.ts";
import type { Store } from "../src/ports/store.ts";
import { readTokenSettings } from "../src/services/tokens/settings.ts";
import { signToken } from "../src/services/tokens/sign.ts";
import { fillHeavily } from "../test/support/server/heavy-user.ts";
import { findBinary } from "../test/support/cli/binary.ts";
import { type Ask, listAsks } from "./bystander/asks.ts";
import { keepTrack, stopChildren } from "./children.ts";
import { launch, TODO_ON_SERVER } from "./http/service.ts";
import { describeRun, formatRows } from "./page.ts";
import { startCluster } from "./postgres/cluster.ts";
import { runBench } from "./run.ts";

/** As many as a user may send in a minute by default, and at once more than a server does for one. */
const USER_LIMIT = 1200;
const CONCURRENCY = 4;
/** Between two requests of the bystander, so that they stay within the limit. */
const PAUSE_MS = 60;
const WARM_UP_REQUESTS = 200;

type Served = { readonly url: string; readonly measureMemory: () => { readonly most: number } };

const { values, positionals } = parseArgs({
  options: { tasks: { type: "string", default: "5000" } },
  allowPositionals: true,
});
const seconds = Number(positionals[0] ?? 15);
const secret = crypto.getRandomValues(new Uint8Array(32)).toBase64();

await runBench("bystander", async (folder) => {
  findBinary();
  const fill = (store: Store) => fillHeavily(store, "heavy", Number(values.tasks));
  const rows = [...(await measureFile(folder, fill))];
  const cluster = await startCluster(fill);
  try {
    const { appUrl } = await cluster.copySample();
    const env = { DATABASE_URL: appUrl, TODO_REQUIRE_RLS: "1" };
    rows.push(...(await measureServer("PostgreSQL", await start(TODO_ON_SERVER, folder, env))));
    console.log(describeRun(`bun run bench:bystander ${seconds} --tasks ${values.tasks}`, [cluster.version]));
  } finally {
    await stopChildren();
    await cluster.remove();
  }
  const header = [
    "database",
    "one user asks for",
    "that takes",
    "refused",
    "others read: p50",
    "p99",
    "write: p50",
    "p99",
  ];
  console.log(formatRows(header, rows));
});

async function measureFile(folder: string, fill: (store: Store) => Promise<void>): Promise<string[][]> {
  const path = `${folder}/todo.db`;
  const { store } = openSqlite(path);
  await fill(store);
  await store.close();
  const command = [TODO_ON_SERVER[0] ?? "", "serve", "--port", "0", "--db", path];
  const rows = await measureServer("file", await start(command, folder, {}));
  await stopChildren();
  return rows;
}

function start(command: readonly string[], folder: string, env: Readonly<Record<string, string>>): Promise<Served> {
  const limits = { TODO_ADDRESS_LIMIT: "0" };
  return launch({ name: "todo", command, folder, secret, limit: USER_LIMIT, env: { ...limits, ...env } });
}

async function measureServer(database: string, { url, measureMemory }: Served): Promise<string[][]> {
  const [heavy, other] = [await signFor("heavy"), await signFor("other")];
  const own = await makeTask(url, other);
  const asks = listAsks(await makeTask(url, heavy));
  const bystand = () => measureBystander(url, other, own);
  const rows = [[database, "nothing", "", "", ...(await bystand())]];
  for (const [name, ask] of asks) {
    console.error(`${database}: ${name} …`);
    const end = startLoad(url, heavy, ask);
    const waits = await bystand();
    rows.push([database, name, ...(await end()), ...waits]);
  }
  rows.push([database, "most memory", `${Math.round(measureMemory().most)} MB`, "", "", "", "", ""]);
  return rows;
}

/** Asks in another process, and answers the median time and the share that was refused when it is ended. */
function startLoad(url: string, token: string, ask: Ask): () => Promise<string[]> {
  const program = [process.execPath, `${import.meta.dir}/bystander/load.ts`];
  const command = [...program, url, token, String(CONCURRENCY), JSON.stringify(ask)];
  const child = keepTrack(Bun.spawn(command, { stdout: "pipe", stderr: "inherit" }));
  const output = child.stdout.text();
  return async () => {
    child.kill();
    const lines = (await output)
      .trim()
      .split("\n")
      .map((line) => line.split(" ").map(Number));
    const times = lines.flatMap(([status = 0, ms = 0]) => (status < 400 ? [ms] : []));
    const refused = lines.filter(([status = 0]) => status >= 400).length;
    return [formatMs(quantileOf(times, 0.5)), `${Math.round((100 * refused) / lines.length)} %`];
  };
}

/** Reads and writes of another user in turns. */
async function measureBystander(url: string, token: string, id: string): Promise<string[]> {
  const reads: number[] = [];
  const writes: number[] = [];
  const end = performance.now() + seconds * 1000;
  for (let count = 0; performance.now() < end; count += 1) {
    reads.push(await measure(() => send(url, token, { method: "GET", path: "/api/tasks?limit=1" })));
    await Bun.sleep(PAUSE_MS);
    writes.push(
      await measure(() => send(url, token, { method: "PATCH", path: `/api/tasks/${id}`, json: { title: `${count}` } })),
    );
    await Bun.sleep(PAUSE_MS);
  }
  return [reads, writes].flatMap((times) => [0.5, 0.99].map((part) => formatMs(quantileOf(times, part))));
}

async function makeTask(url: string, token: string): Promise<string> {
  for (let count = 0; count < WARM_UP_REQUESTS; count += 1) await fetch(`${url}/health`);
  const { id } = JSON.parse(
    await send(url, token, { method: "POST", path: "/api/tasks", json: { id: crypto.randomUUID(), title: "x" } }),
  );
  return id;
}

async function send(url: string, token: string, { method, path, json }: Ask): Promise<string> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const response = await fetch(url + path, {
    method,
    headers,
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text;
}

async function measure(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

function quantileOf(times: readonly number[], part: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? NaN;
}

function formatMs(ms: number): string {
  return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
}

function signFor(user: string): Promise<string> {
  const settings = readTokenSettings({ BETTER_AUTH_SECRET: secret }, () => "");
  return signToken(settings, { user, lifetimeS: 3600 }, Date.now());
}
