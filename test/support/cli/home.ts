import { afterEach, setDefaultTimeout } from "bun:test";
import type { Subprocess } from "bun";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { WireTask } from "../../../src/contract/task.ts";
import { findBinary } from "./binary.ts";
import { useScratch } from "../disks/scratch.ts";

/** How a process ended and all that it said. */
export type Ended = {
  readonly exitCode: number | null;
  readonly signal: Subprocess["signalCode"];
  readonly out: string;
  readonly err: string;
};

export type Order = {
  readonly args: readonly string[];
  /** Variables beside those of the home. `undefined` takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly input?: string;
  /** Runs this command instead of the built program. */
  readonly command?: string;
};

/** A user with a home folder, a work folder and a database of their own, where the built program runs. */
export type Home = ReturnType<typeof createHome>;

/** A way to start processes that end with the test at the latest. */
export type Watch = <Process extends Subprocess>(process: Process) => Process;

/** Processes are slow to start while all processors are busy with other tests. */
const TEST_TIMEOUT_MS = 30_000;

/** Makes homes that are removed after the last test of the file. What still runs after a test is killed. */
export function useHomes(): () => Home {
  setDefaultTimeout(TEST_TIMEOUT_MS);
  const binary = findBinary();
  const scratch = useScratch();
  const watch = useProcesses();
  return () => createHome({ binary, folder: scratch(crypto.randomUUID()), watch });
}

/** Kills what still runs after a test, with the children that it started. */
export function useProcesses(): Watch {
  const running = new Set<Subprocess>();
  afterEach(async () => {
    for (const child of running) killGroup(child);
    await Promise.all([...running].map((child) => child.exited));
    running.clear();
  });
  return (child) => {
    running.add(child);
    return child;
  };
}

function killGroup({ pid, exitCode, signalCode }: Subprocess): void {
  if (exitCode !== null || signalCode !== null) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It ended meanwhile.
  }
}

function createHome(options: { readonly binary: string; readonly folder: string; readonly watch: Watch }) {
  const { binary, folder, watch } = options;
  const path = (...names: string[]) => join(folder, ...names);
  for (const name of ["home", "work", "data", "tmp"]) mkdirSync(path(name), { recursive: true });
  const env: Readonly<Record<string, string>> = {
    PATH: `${dirname(binary)}:${process.env["PATH"] ?? ""}`,
    HOME: path("home"),
    XDG_DATA_HOME: path("xdg"),
    TODO_DB: path("data", "todo.db"),
    // What nobody waits for would outlive a test.
    TODO_SYNC_AUTO: "off",
    // A pager would wait for a key.
    TODO_PAGER: "off",
    TMPDIR: path("tmp"),
    LANG: "C.UTF-8",
    TZ: "UTC",
  };
  const settings = (order: Order) => ({ cwd: order.cwd ?? path("work"), env: merge(env, order.env) });

  /** Starts a command whose output the test reads itself. Each is the leader of a group, so that its children end with it. */
  const start = (order: Order) =>
    watch(
      Bun.spawn([order.command ?? binary, ...order.args], {
        ...settings(order),
        stdin: order.input === undefined ? "ignore" : new Blob([order.input]),
        stdout: "pipe",
        stderr: "pipe",
        lazy: true,
        detached: true,
      }),
    );
  const run = (order: Order) => finish(start(order));
  const todo = (...args: string[]) => run({ args });
  /** What a command prints, which must end well. */
  const print = async (...args: string[]): Promise<string> => succeed(await todo(...args), args);

  return {
    binary,
    folder,
    path,
    env,
    db: path("data", "todo.db"),
    watch,
    settings,
    start,
    run,
    todo,
    print,
    /** Runs a script of bash, in which the program is `todo`. */
    shell: (script: string, more: Omit<Order, "args"> = {}) => run({ ...more, command: "bash", args: ["-c", script] }),
    /** All tasks that are not deleted. */
    tasks: async (...flags: string[]): Promise<WireTask[]> => JSON.parse(await print("export", ...flags)),
  };
}

/** Waits for the end of a process and answers how it ended. */
export async function finish(child: Subprocess<"ignore" | Blob, "pipe", "pipe">): Promise<Ended> {
  const [out, err] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  return { exitCode: child.exitCode, signal: child.signalCode, out, err };
}

function succeed({ exitCode, signal, out, err }: Ended, args: readonly string[]): string {
  if (exitCode !== 0) throw new Error(`todo ${args.join(" ")} ended with ${exitCode ?? signal}: ${err}`);
  return out;
}

function merge(env: Readonly<Record<string, string>>, more: Order["env"] = {}): Record<string, string> {
  const entries = Object.entries({ ...env, ...more }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(entries);
}
