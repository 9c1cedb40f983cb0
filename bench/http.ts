/**
 * Measures `todo serve` over HTTP: `bun run bench:http [--db postgres] [SECONDS] [--write]`, of a database in a file or in
 * PostgreSQL. Beside each side runs another one in turns, so that a busy moment of the machine touches both: the least that a
 * server of the same tasks can do (bench/http/floor.ts), or the other driver. SECONDS are those of a case for each of the two.
 * `--write` puts the tables into docs/BENCHMARKS.md.
 */
import { parseArgs } from "node:util";
import { findBinary } from "../test/support/cli/binary.ts";
import { measureFile } from "./http/file.ts";
import { measurePostgres } from "./http/postgres.ts";
import { findWrk } from "./http/wrk.ts";
import { describeRun, writePage } from "./page.ts";
import { runBench } from "./run.ts";

const { values, positionals } = parseArgs({
  options: { db: { type: "string" }, write: { type: "boolean" } },
  allowPositionals: true,
});
const seconds = Number(positionals[0] ?? 9);

await runBench("http", async (folder) => {
  if (!Number.isInteger(seconds) || seconds < 1) throw new Error(`${positionals[0]} is not a number of seconds`);
  findWrk();
  findBinary();
  if (values.db === undefined) {
    report("the last run over HTTP", "bun run bench:http", await measureFile(folder, seconds), []);
  } else {
    if (values.db !== "postgres") throw new Error(`--db takes postgres, not ${values.db}`);
    const { tables, version } = await measurePostgres(folder, seconds);
    report("the last run on PostgreSQL", "bun run bench:http --db postgres", tables, [version]);
  }
});

function report(kind: string, command: string, tables: string, others: readonly string[]): void {
  const wrk = Bun.spawnSync([findWrk(), "-v"]).stdout.toString().split(" ")[1] ?? "";
  const run = describeRun(`${command} ${seconds} --write`, [`wrk ${wrk}`, ...others]);
  console.log(`${run}\n\n${tables}`);
  if (values.write) writePage(kind, run, tables);
}
