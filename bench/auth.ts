/**
 * Measures what authentication costs: `bun run bench:auth [SECONDS] [--write]`, of a database in a file and in PostgreSQL. One
 * task is asked for with each kind of token in turns, by `wrk`; then one client signs in, refreshes and asks for a task in turns.
 * SECONDS are those of a case for each kind. `--write` puts the tables into docs/BENCHMARKS.md.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { openSqlite } from "../src/db/sqlite/database.ts";
import { openPostgres } from "../src/db/postgres/database.ts";
import { type AuthSample, makeAuthSample, type Proof, PROOFS } from "./auth/sample.ts";
import { measureSteps, type Steps } from "./auth/steps.ts";
import { stopChildren } from "./children.ts";
import { launch, TODO_ON_SERVER } from "./http/service.ts";
import { type Figure, findWrk, runWrk, sumUp } from "./http/wrk.ts";
import { describeRun, formatRows, writePage } from "./page.ts";
import { startCluster } from "./postgres/cluster.ts";

const CONNECTIONS = [1, 100];
const ROUNDS = 3;
const STEPS = 200;

type Checked = { readonly database: string; readonly connections: number; readonly figures: Record<Proof, Figure> };
type Served = { readonly url: string; readonly sample: AuthSample };

const seconds = Number(process.argv.slice(2).find((arg) => /^\d+$/.test(arg)) ?? 9);
const folder = mkdtempSync(`${tmpdir()}/todo-bench-auth-`);
const secret = crypto.getRandomValues(new Uint8Array(32)).toBase64();

try {
  const checked: Checked[] = [];
  const steps: [database: string, steps: Steps][] = [];
  for (const [database, serve] of [
    ["file", serveFile],
    ["PostgreSQL", servePostgres],
  ] as const) {
    console.error(`${database} …`);
    const { url, sample, end } = await serve();
    for (const connections of CONNECTIONS) {
      checked.push({ database, connections, figures: await measureChecks({ url, sample }, connections) });
    }
    steps.push([database, await measureSteps(url, sample, STEPS)]);
    await end();
  }
  report(checked, steps);
} finally {
  await stopChildren();
  rmSync(folder, { recursive: true, force: true });
}

async function serveFile() {
  const place = `${folder}/file`;
  mkdirSync(place);
  const database = `${place}/todo.db`;
  const opened = openSqlite(database);
  const sample = await makeAuthSample(place, opened, secret);
  await opened.store.close();
  const command = [TODO_ON_SERVER[0] ?? "", "serve", "--port", "0", "--db", database];
  const { url } = await start(command, place, {});
  return { url, sample, end: stopChildren };
}

async function servePostgres() {
  const place = `${folder}/postgres`;
  mkdirSync(place);
  const cluster = await startCluster(async () => undefined);
  const database = await cluster.copySample();
  const { store, accounts } = await openPostgres(database.appUrl, {}, { requireRowSecurity: true });
  const sample = await makeAuthSample(place, { store, accounts }, secret);
  await store.close();
  const { url } = await start(TODO_ON_SERVER, place, { DATABASE_URL: database.appUrl, TODO_REQUIRE_RLS: "1" });
  const end = async () => {
    await stopChildren();
    await cluster.remove();
  };
  return { url, sample, end };
}

function start(command: readonly string[], place: string, env: Readonly<Record<string, string>>) {
  const limits = { TODO_SIGNIN_LIMIT: "0" };
  return launch({ name: "todo", command, folder: place, secret, limit: 0, env: { ...limits, ...env } });
}

/** A round of each kind in turns, after one that warms up. */
async function measureChecks({ url, sample }: Served, connections: number): Promise<Record<Proof, Figure>> {
  const load = (proof: Proof, time: number) =>
    runWrk(url, { requests: sample.requests[proof], connections, seconds: time });
  for (const proof of PROOFS) await load(proof, 1);
  const rounds = new Map(PROOFS.map((proof) => [proof, new Array<Awaited<ReturnType<typeof runWrk>>>()]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const proof of PROOFS) rounds.get(proof)?.push(await load(proof, Math.max(1, Math.round(seconds / ROUNDS))));
  }
  const figure = (proof: Proof) => sumUp(rounds.get(proof) ?? []);
  return {
    "JWT of another issuer": figure("JWT of another issuer"),
    "access token": figure("access token"),
    "personal token": figure("personal token"),
  };
}

function report(checked: readonly Checked[], steps: readonly [string, Steps][]): void {
  const ms = (time: number) => `${time.toFixed(2)} ms`;
  const checks = checked.flatMap(({ database, connections, figures }) =>
    PROOFS.map((proof) => {
      const { perSecond, p50, p99, errors } = figures[proof];
      const share = figures["JWT of another issuer"].perSecond / perSecond;
      const rate = Math.round(perSecond).toLocaleString("en-US");
      return [proof, database, String(connections), rate, `${share.toFixed(2)}×`, ms(p50), ms(p99), String(errors)];
    }),
  );
  const header = ["one task, by", "database", "connections", "requests/s", "time", "p50", "p99", "errors"];
  const rows = steps.map(([database, step]) => [
    database,
    ms(step["one task"]),
    `${ms(step.refresh)} (${(step.refresh / step["one task"]).toFixed(1)}×)`,
    ms(step["sign in"]),
    ms(step.hash),
  ]);
  const second = formatRows(["one client at a time", "one task", "refresh", "sign in", "one hash alone"], rows);
  const tables = `${formatRows(header, checks)}\n\n${second}`;
  const wrk = Bun.spawnSync([findWrk(), "-v"]).stdout.toString().split(" ")[1] ?? "";
  const run = describeRun(`bun run bench:auth ${seconds} --write`, [`wrk ${wrk}`]);
  console.log(`${run}\n\n${tables}`);
  if (process.argv.includes("--write")) writePage("the last run of authentication", run, tables);
}
