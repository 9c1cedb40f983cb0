import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { keepTrack } from "../children.ts";

const PROGRAM = resolve("dist/todo");
const GNU_TIME = "/usr/bin/time";
/** Between two looks whether something still runs. */
const POLL_INTERVAL_MS = 20;

export type RunOptions = { readonly input?: string; readonly env?: Readonly<Record<string, string>> };

/** Somebody's computer, on which the built program runs. */
export type Device = ReturnType<typeof createDevice>;

/** What a process took: milliseconds from its start to its end, and the largest resident memory in MB where GNU time is installed. */
export type Taken = { readonly ms: number; readonly megabytes: number | undefined };

/** A device in a folder of its own. Nothing syncs in the background where `env` does not say so. */
export function createDevice(home: string) {
  const database = `${home}/todo.db`;
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    TMPDIR: `${home}/tmp`,
    LANG: "C.UTF-8",
    TODO_DB: database,
    TODO_SYNC_AUTO: "off",
  };
  const start = (command: readonly string[], { input, env: more }: RunOptions = {}) =>
    keepTrack(
      Bun.spawn([...command], {
        cwd: home,
        env: { ...env, ...more },
        stdin: input === undefined ? "ignore" : new Blob([input]),
        stdout: "ignore",
        stderr: "pipe",
      }),
    );
  /** Answers what it said on standard error. Throws where it fails: that is no time. */
  const finish = async (command: readonly string[], options?: RunOptions): Promise<string> => {
    const child = start(command, options);
    const [err, exitCode] = await Promise.all([child.stderr.text(), child.exited]);
    if (exitCode !== 0) throw new Error(`${command.join(" ")} exited with ${exitCode}: ${err}`);
    return err;
  };
  const isSyncing = () => {
    const { stdout } = Bun.spawnSync(["ps", "axww", "-o", "args"]);
    return stdout.toString().includes(` sync --background --db ${database}\n`);
  };
  return {
    database,
    start: (...args: readonly string[]) => start([PROGRAM, ...args]),
    run: async (args: readonly string[], options?: RunOptions) => void (await finish([PROGRAM, ...args], options)),
    /** Milliseconds from its start to its end. */
    time: async (args: readonly string[], options?: RunOptions): Promise<number> => {
      const begin = performance.now();
      await finish([PROGRAM, ...args], options);
      return performance.now() - begin;
    },
    measure: async (...args: readonly string[]): Promise<Taken> => {
      const wrap = existsSync(GNU_TIME) ? [GNU_TIME, "-f", "%M"] : [];
      const begin = performance.now();
      const err = await finish([...wrap, PROGRAM, ...args]);
      const ms = performance.now() - begin;
      const kilobytes = Number(err.trim().split("\n").at(-1));
      return { ms, megabytes: wrap.length > 0 ? (kilobytes * 1024) / 1e6 : undefined };
    },
    /** Waits until nothing of it runs in the background. */
    untilAlone: async (): Promise<void> => {
      while (isSyncing()) await Bun.sleep(POLL_INTERVAL_MS);
    },
  };
}
