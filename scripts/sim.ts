/** Runs the simulation of sync with many seeds: `bun run sim [--seeds 10000] [--seed 42]`. It prints the seeds in which something is wrong. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { parseArgs } from "node:util";
import { simulate } from "../test/sync/simulator.ts";

const { values } = parseArgs({ options: { seeds: { type: "string" }, seed: { type: "string" } } });
const folder = mkdtempSync(`${tmpdir()}/todo-sim-`);
const [first, last] =
  values.seed === undefined ? [1, Number(values.seeds ?? 1000)] : [Number(values.seed), Number(values.seed)];
let wrong = 0;

try {
  for (let seed = first; seed <= last; seed += 1) {
    const place = `${folder}/${seed}`;
    const problems = await simulate({ seed, folder: place, wild: seed % 3 === 0 }).catch((error: unknown) => [
      String(error),
    ]);
    rmSync(place, { recursive: true, force: true });
    if (problems.length === 0) continue;
    wrong += 1;
    console.log(`seed ${seed}\n  ${problems.slice(0, 5).join("\n  ")}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${last - first + 1} seeds, ${wrong} wrong`);
process.exitCode = wrong === 0 ? 0 : 1;
