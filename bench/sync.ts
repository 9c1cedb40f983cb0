/**
 * Measures replicas and the server that they follow, on this machine: `bun run bench:sync [--quick] [--write]`. First all tasks at
 * once, then nothing, one edit, bytes, merges, and what syncing in the background costs a command. `--quick` only shows that it
 * works. `--write` puts the table into docs/BENCHMARKS.md.
 */
import { findBinary } from "../test/support/cli/binary.ts";
import { describeRun, writePage } from "./page.ts";
import { runBench } from "./run.ts";
import { measureEdits } from "./sync/edit.ts";
import { measureEmpty } from "./sync/empty.ts";
import { measureEvents } from "./sync/events.ts";
import { type Finding, formatFindings } from "./sync/finding.ts";
import { type FirstCase, measureFirst } from "./sync/first.ts";
import { measureMerges } from "./sync/merge.ts";
import { measureWatch } from "./sync/watch.ts";
import { measureWire } from "./sync/wire.ts";

const isQuick = process.argv.includes("--quick");
const counts = isQuick
  ? { processes: 5, requests: 50, events: 10, watched: 5, wire: 1, batches: 4, edits: 10 }
  : { processes: 30, requests: 300, events: 200, watched: 50, wire: 5, batches: 20, edits: 100 };
const firstCases: readonly FirstCase[] = isQuick
  ? [{ size: 2000, rounds: 1 }]
  : [
      { size: 10_000, rounds: 5, push: 1, pull: 0.5 },
      { size: 100_000, rounds: 1, push: 8, pull: 4 },
    ];

await runBench("sync", async (folder) => {
  findBinary();
  const findings: Finding[] = [];
  const add = async (what: string, measure: () => Promise<readonly Finding[]>) => {
    console.error(`${what} …`);
    findings.push(...(await measure()));
  };
  for (const each of firstCases) await add(`first sync of ${each.size}`, () => measureFirst(folder, each));
  await add("empty sync", () => measureEmpty(folder, counts));
  await add("events", () => measureEvents(folder, counts.events));
  await add("watching", () => measureWatch(folder, counts.watched));
  await add("bytes", () => measureWire(folder, counts.wire));
  await add("edits", () => measureEdits(folder, counts.edits));
  const merges = await measureMerges(folder, counts.batches);
  report([...findings, ...merges.findings], merges.version);
});

function report(findings: readonly Finding[], version: string): void {
  const command = ["bun run bench:sync", ...process.argv.slice(2)].join(" ");
  const run = describeRun(command, [version]);
  const table = formatFindings(findings);
  console.log(`${run}\n\n${table}`);
  if (process.argv.includes("--write")) writePage("the last run of sync", run, table);
}
