import { copyFileSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { keepTrack } from "./http-children.ts";

export type Side = "todo" | "floor";

export type Service = {
  readonly url: string;
  /** The database that it serves, a copy of its own. */
  readonly database: string;
  /** Resident memory in MB, now and at most so far. */
  readonly measureMemory: () => { readonly now: number; readonly most: number };
};

export type ServiceOptions = {
  readonly folder: string;
  readonly sample: { readonly database: string; readonly secret: string };
  /** Requests a minute that a user and an address may send; 0 for no limit and nothing counted. */
  readonly limit: number;
};

const PROGRAMS: Readonly<Record<Side, (database: string) => readonly string[]>> = {
  todo: (database) => [resolve("dist/todo"), "serve", "--port", "0", "--db", database],
  floor: (database) => [process.execPath, resolve(import.meta.dir, "http-floor.ts"), database],
};

/** Starts one side in a folder, over a fresh copy of the sample and with what it logs in a file. */
export async function startService(side: Side, { folder, sample, limit }: ServiceOptions): Promise<Service> {
  const database = `${folder}/${side}-${crypto.randomUUID()}.db`;
  copyFileSync(sample.database, database);
  const log = `${database}.log`;
  const env = {
    PATH: process.env["PATH"],
    HOME: folder,
    BETTER_AUTH_SECRET: sample.secret,
    TODO_USER_LIMIT: String(limit),
    TODO_ADDRESS_LIMIT: String(limit),
  };
  const settings = { cwd: folder, env, stdin: "ignore", stdout: "pipe", stderr: Bun.file(log) } as const;
  const child = keepTrack(Bun.spawn([...PROGRAMS[side](database)], settings));
  const url = await readUrl(child.stdout);
  if (url === null) throw new Error(`${side} did not start: ${readFileSync(log, "utf8")}`);
  return { url, database, measureMemory: () => measureMemory(child.pid) };
}

async function readUrl(stdout: ReadableStream<Uint8Array>): Promise<string | null> {
  let said = "";
  const decoder = new TextDecoder();
  // Leaving the loop must not close the pipe, which the server may go on writing to.
  for await (const chunk of stdout.values({ preventCancel: true })) {
    said += decoder.decode(chunk, { stream: true });
    const url = /^Listening on (http:\S+)\n/.exec(said)?.[1];
    if (url !== undefined) return url;
  }
  return null;
}

function measureMemory(pid: number) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const read = (name: string) => (Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]) * 1024) / 1e6;
  return { now: read("VmRSS"), most: read("VmHWM") };
}
