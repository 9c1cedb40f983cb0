import { copyFileSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { keepTrack } from "../children.ts";
import { readFileRows, type Rows } from "./rows.ts";

export type Side = "todo" | "floor";

export type Service = {
  /** What it is called in messages. */
  readonly name: string;
  readonly url: string;
  /** All that was written to its database, a copy of its own, since the sample was made. */
  readonly readRows: () => Promise<Rows>;
  /** Resident memory in MB, now and at most so far. */
  readonly measureMemory: () => { readonly now: number; readonly most: number };
};

export type ServiceOptions = {
  readonly folder: string;
  readonly sample: { readonly database: string; readonly secret: string };
  /** Requests a minute that a user and an address may send; 0 for no limit and nothing counted. */
  readonly limit: number;
};

export type Launch = {
  readonly name: string;
  readonly command: readonly string[];
  readonly folder: string;
  readonly secret: string;
  readonly limit: number;
  readonly env?: Readonly<Record<string, string>>;
};

const TODO = [resolve("dist/todo"), "serve", "--port", "0"];

const PROGRAMS: Readonly<Record<Side, (database: string) => readonly string[]>> = {
  todo: (database) => [...TODO, "--db", database],
  floor: (database) => [process.execPath, resolve(import.meta.dir, "floor.ts"), database],
};

/** The program that serves a database on a server, which is up to date. */
export const TODO_ON_SERVER = [...TODO, "--no-migrate"];

/** Starts one side in a folder, over a fresh copy of the sample and with what it logs in a file. */
export async function startService(side: Side, { sample, ...options }: ServiceOptions): Promise<Service> {
  const database = `${options.folder}/${side}-${crypto.randomUUID()}.db`;
  copyFileSync(sample.database, database);
  const command = PROGRAMS[side](database);
  const launched = await launch({ ...options, name: side, command, secret: sample.secret });
  return { ...launched, name: side, readRows: async () => readFileRows(database) };
}

/** Starts a server and answers when it listens. */
export async function launch({ name, command, folder, secret, limit, env }: Launch) {
  const log = `${folder}/${crypto.randomUUID()}.log`;
  const whole = {
    PATH: process.env["PATH"],
    HOME: folder,
    BETTER_AUTH_SECRET: secret,
    TODO_USER_LIMIT: String(limit),
    TODO_ADDRESS_LIMIT: String(limit),
    ...env,
  };
  const settings = { cwd: folder, env: whole, stdin: "ignore", stdout: "pipe", stderr: Bun.file(log) } as const;
  const child = keepTrack(Bun.spawn([...command], settings));
  const url = await readUrl(child.stdout);
  if (url === null) throw new Error(`${name} did not start: ${readFileSync(log, "utf8")}`);
  return { url, measureMemory: () => measureMemory(child.pid) };
}

/** The address that a server says it listens on, or null where it ends before. */
export async function readUrl(stdout: ReadableStream<Uint8Array>): Promise<string | null> {
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
