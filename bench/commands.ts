/**
 * Measures the built program: `bun run bench [RUNS] [--write]`. Every round runs each command once, one after another, so
 * that a busy moment of the machine touches all alike. `--write` puts the table into docs/BENCHMARKS.md.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { type BenchCommand, type Figures, measureMemory, timeRun } from "./measure.ts";
import { describeRun, writePage } from "./page.ts";
import { setUpTaskwarrior } from "./taskwarrior.ts";
import { setUpTodo } from "./todo.ts";
import { formatTable } from "./table.ts";

const SIZES = [10, 1_000, 10_000, 100_000];

const runs = Number(process.argv.slice(2).find((arg) => /^\d+$/.test(arg)) ?? 20);
const folder = mkdtempSync(`${tmpdir()}/todo-bench-`);

try {
  const figures: Figures = new Map();
  const empty = await buildEmpty();
  const hasTaskwarrior = Bun.which("task") !== null;
  for (const size of SIZES) {
    console.error(`${size} tasks …`);
    const place = `${folder}/${size}`;
    mkdirSync(place);
    const commands: BenchCommand[] = [
      { name: "empty program", prepare: () => [empty] },
      ...setUpTodo(resolve("dist/todo"), place, size),
      ...(hasTaskwarrior ? setUpTaskwarrior(place, size) : []),
    ];
    measureAll(commands, size, figures);
  }
  report(formatTable(figures, SIZES), hasTaskwarrior);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** One round for the memory, which also warms the disk's cache, then the rounds for the time. */
function measureAll(commands: readonly BenchCommand[], size: number, figures: Figures): void {
  for (let round = 0; round <= runs; round += 1) {
    for (const { name, prepare, env } of commands) {
      const args = prepare();
      const key = `${name}\t${size}`;
      if (round === 0) figures.set(key, { times: [], megabytes: measureMemory(args, env) });
      else figures.get(key)?.times.push(timeRun(args, env));
    }
  }
}

async function buildEmpty(): Promise<string> {
  const outfile = `${folder}/empty`;
  writeFileSync(`${folder}/empty.ts`, "process.exitCode = 0;\n");
  await Bun.build({
    entrypoints: [`${folder}/empty.ts`],
    compile: { outfile, autoloadDotenv: false, autoloadBunfig: false },
    format: "esm",
    minify: true,
    bytecode: true,
  });
  return outfile;
}

function report(table: string, hasTaskwarrior: boolean): void {
  const taskwarrior = hasTaskwarrior ? Bun.spawnSync(["task", "--version"]).stdout.toString().trim() : "not installed";
  const run = describeRun(`bun run bench ${runs} --write`, [`Taskwarrior ${taskwarrior}`]);
  console.log(`${run}\n\n${table}`);
  if (process.argv.includes("--write")) writePage("the last run", run, table);
}
