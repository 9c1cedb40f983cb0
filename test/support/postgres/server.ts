import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawPort } from "../server/ports.ts";
import { findRoom, furnishRoom, own, type Room } from "./place.ts";
import { startWatcher, type Watcher } from "./watcher.ts";

/** What every role of the tests logs in with. */
export const PASSWORD = "secret";

export type ServerOptions = {
  /** True where what was committed must outlive a crash. Else nothing waits for the disk. */
  readonly durable?: boolean;
  /** Where the folder of its data is made. In the temporary folder where it isn't given. */
  readonly folder?: string;
  /** A free one where it isn't given. */
  readonly port?: number;
};

/** A PostgreSQL of its own. It ends, and its folder goes, with the process that started it at the latest. */
export type PostgresServer = {
  readonly port: number;
  /** Starts it again, with the data and the port that it had. */
  readonly start: () => Promise<void>;
  /** Ends it in order. Whoever is connected is thrown out. */
  readonly stop: () => Promise<void>;
  /** Ends it as a crash would. */
  readonly kill: () => Promise<void>;
  /** Ends it for good and removes its data. */
  readonly remove: () => Promise<void>;
};

const READY = "database system is ready to accept connections";
/** Of what it says the end is kept, for the message when it does not start. */
const KEPT = 4000;
/** For what passes: a port that someone has for the moment, processes of a killed server that still end. */
const PASSING_TIMEOUT_MS = 10_000;
const PASSING = /could not bind|pre-existing shared memory block/;

const FLAGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  // Errors of statements are expected by tests and told to them.
  log_min_messages: "log",
  timezone: "UTC",
};
const CARELESS = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

/** Where a cluster lives, the folder of its programs, and who ends it. */
type Place = Room & { readonly programs: string; readonly watcher: Watcher };

/**
 * Makes a cluster and starts it. Its databases compare texts as Danish does unless they say otherwise, where aa is å.
 */
export async function startServer({ durable = false, folder, port }: ServerOptions = {}): Promise<PostgresServer> {
  const room = findRoom(folder);
  const watcher = startWatcher(room.folder);
  const flags = { ...FLAGS, ...(!durable && CARELESS) };
  let running: Bun.Subprocess | undefined;
  const end = async (signal: "SIGINT" | "SIGKILL"): Promise<void> => {
    running?.kill(signal);
    await running?.exited;
    running = undefined;
    watcher.tell(undefined);
  };
  const run = async (place: Place, choosePort: () => number): Promise<number> => {
    const started = await launchPatiently(place, flags, choosePort);
    running = started.child;
    return started.port;
  };
  try {
    const place = { ...room, programs: furnishRoom(room), watcher };
    await initialise(place);
    const bound = await run(place, () => port ?? drawPort());
    return {
      port: bound,
      start: async () => void (await run(place, () => bound)),
      stop: () => end("SIGINT"),
      kill: () => end("SIGKILL"),
      remove: watcher.finish,
    };
  } catch (error) {
    await watcher.finish();
    throw error;
  }
}

async function initialise({ programs, folder, account, watcher }: Place): Promise<void> {
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, PASSWORD);
  own(passwordFile, account);
  const child = Bun.spawn(
    [
      join(programs, "initdb"),
      `--pgdata=${join(folder, "data")}`,
      "--username=postgres",
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale-provider=icu",
      "--icu-locale=da-DK",
      "--no-sync",
      // In the data folder, or a crash would leave it in /dev/shm.
      "--set=dynamic_shared_memory_type=mmap",
    ],
    settings({ folder, account }),
  );
  watcher.tell(child.pid);
  const [problem, code] = await Promise.all([child.stderr.text(), child.exited]);
  watcher.tell(undefined);
  if (code !== 0) throw new Error(`no cluster of PostgreSQL could be made: ${problem}`);
}

type Started = { readonly child: Bun.Subprocess; readonly port: number };

async function launchPatiently(
  place: Place,
  flags: Readonly<Record<string, string>>,
  choosePort: () => number,
): Promise<Started> {
  const end = performance.now() + PASSING_TIMEOUT_MS;
  for (;;) {
    const port = choosePort();
    const { child, problem } = await launch(place, { ...flags, port: String(port) });
    if (problem === null) return { child, port };
    if (!PASSING.test(problem) || performance.now() > end) throw new Error(`PostgreSQL does not start: ${problem}`);
    await Bun.sleep(50);
  }
}

/** Starts it and waits until it answers. Where it ends instead, what it said is the problem. */
async function launch(
  { programs, folder, account, watcher }: Place,
  flags: Readonly<Record<string, string>>,
): Promise<{ readonly child: Bun.Subprocess; readonly problem: string | null }> {
  const child = Bun.spawn(
    [
      join(programs, "postgres"),
      "-D",
      join(folder, "data"),
      ...Object.entries(flags).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    settings({ folder, account }),
  );
  watcher.tell(child.pid);
  const ready = Promise.withResolvers<string | null>();
  const listen = async (): Promise<void> => {
    const decoder = new TextDecoder();
    let said = "";
    for await (const chunk of child.stderr) {
      said = (said + decoder.decode(chunk, { stream: true })).slice(-KEPT);
      if (said.includes(READY)) ready.resolve(null);
    }
    await child.exited;
    ready.resolve(said);
  };
  void listen();
  const problem = await ready.promise;
  if (problem !== null) watcher.tell(undefined);
  return { child, problem };
}

function settings({ folder, account }: Room) {
  return {
    ...account,
    cwd: folder,
    // Variables and language of who runs the tests would change what PostgreSQL does.
    env: { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" },
    stdout: "ignore",
    stderr: "pipe",
    // In a session of its own no ^C of a terminal ends it before those that use it.
    detached: true,
  } as const;
}
