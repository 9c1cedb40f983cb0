/**
 * Compares how fast two builds start: `bun run bench:starts OLD NEW [RUNS]`, each the path of a program. In every round each runs every
 * command once, the first one first in every second round. On a busy machine the time of the processor says more than that of the clock.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { median } from "./measure.ts";
import { formatRows } from "./page.ts";

const TASKS = 1000;
const COMMANDS: Readonly<Record<string, (nextRef: () => string) => readonly string[]>> = {
  "--version": () => ["--version"],
  "list --limit 50": () => ["list", "--limit", "50"],
  "list +home --limit 50": () => ["list", "+home", "--limit", "50"],
  today: () => ["today"],
  "add x": () => ["add", "x"],
  "add x due:friday": () => ["add", "x", "due:friday"],
  "edit REF due:monday": (nextRef) => ["edit", nextRef(), "due:monday"],
  "done REF": (nextRef) => ["done", nextRef()],
};

/** The milliseconds of one command of one build. */
type Times = { readonly wall: number[]; readonly processor: number[] };

const [old = "", fresh = "", runs = "40"] = process.argv.slice(2);
const folder = mkdtempSync(`${tmpdir()}/todo-starts-`);

try {
  const builds = [old, fresh].map((path, at) => openBuild(resolve(path), `${folder}/${at}.db`));
  for (let round = 0; round < Number(runs); round += 1) {
    for (const name of Object.keys(COMMANDS))
      for (const build of round % 2 === 0 ? builds : builds.toReversed()) build.time(name);
  }
  const columns = builds.flatMap((_, at) => [`${at === 0 ? "old" : "new"}, clock`, "processor"]);
  const rows = Object.keys(COMMANDS).map((name) => [
    `todo ${name}`,
    ...builds.flatMap(({ times }) =>
      [times[name]?.wall, times[name]?.processor].map((all = []) => `${median(all).toFixed(1)} ms`),
    ),
  ]);
  console.log(formatRows(["command", ...columns], rows));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A build with a database of its own. */
function openBuild(program: string, database: string) {
  const env = { ...process.env, HOME: folder, TODO_DB: database };
  const run = (args: readonly string[], input = "") => {
    const child = Bun.spawnSync([program, ...args], { env, stdin: Buffer.from(input) });
    if (child.exitCode !== 0) throw new Error(`${program} ${args.join(" ")}: ${child.stderr.toString()}`);
    return child;
  };
  run(["add", "-", "+home", "due:friday"], Array.from({ length: TASKS }, (_, at) => `Task ${at}`).join("\n"));
  const refs = run(["list", "--quiet"]).stdout.toString().trim().split("\n");
  const times: Record<string, Times> = {};
  const time = (name: string) => {
    const args = COMMANDS[name]?.(() => refs.pop() ?? "") ?? [];
    const begin = performance.now();
    const { resourceUsage } = run(args);
    const { wall, processor } = (times[name] ??= { wall: [], processor: [] });
    wall.push(performance.now() - begin);
    processor.push(Number(resourceUsage.cpuTime.total) / 1000);
  };
  return { times, time };
}
