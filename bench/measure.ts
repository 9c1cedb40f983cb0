import { existsSync } from "node:fs";

const GNU_TIME = "/usr/bin/time";

/** What was measured of a command at a size: wall times in milliseconds, and the largest resident memory in MB. */
export type Figure = { readonly times: number[]; readonly megabytes: number | undefined };

/** Figures under `name TAB size`. */
export type Figures = Map<string, Figure>;

export type BenchCommand = {
  readonly name: string;
  /** What is done before each run, outside the measurement, and the command line of the run. */
  readonly prepare: () => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

/** Runs a command to its end with its output thrown away and answers the milliseconds. Throws when it fails: that is no time. */
export function timeRun(args: readonly string[], env: Readonly<Record<string, string>> = {}): number {
  const start = performance.now();
  run(args, env);
  return performance.now() - start;
}

/**
 * The largest resident memory of a command in MB, by GNU time where that is installed. The kernel counts what a process had
 * before it became another program, so a child of this one would never have less than this one.
 */
export function measureMemory(args: readonly string[], env: Readonly<Record<string, string>> = {}): number | undefined {
  if (!existsSync(GNU_TIME)) return undefined;
  const lines = run([GNU_TIME, "-f", "%M", ...args], env)
    .trim()
    .split("\n");
  return (Number(lines.at(-1)) * 1024) / 1e6;
}

/** The first line that a command prints. */
export function readLine(args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const { stdout } = Bun.spawnSync([...args], { env: { ...process.env, ...env } });
  return stdout.toString().split("\n")[0] ?? "";
}

function run(args: readonly string[], env: Readonly<Record<string, string>>): string {
  const options = { stdin: "ignore", stdout: "ignore", stderr: "pipe" } as const;
  const child = Bun.spawnSync([...args], { ...options, env: { ...process.env, ...env } });
  const said = child.stderr.toString();
  if (child.exitCode !== 0) throw new Error(`${args.join(" ")} exited with ${child.exitCode}: ${said}`);
  return said;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
