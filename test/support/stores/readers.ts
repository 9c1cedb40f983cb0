import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

const CHILDREN = resolve(import.meta.dir, "../children");

/** Starts a reader of a database from its source. */
export const READER_COMMAND = [process.execPath, resolve(CHILDREN, "reader.ts")];

/** Starts one that dies in its first read. With a file that is not there yet, only the first reader does. */
export const DYING_READER_COMMAND = [process.execPath, resolve(CHILDREN, "reader-that-dies.ts")];

/** The processes that a process has started and that run. */
export function listChildren(pid: number): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((each) => readStat(each)?.parent === pid);
}

/** Whether a process is there, and does not only wait to be noticed. */
export function isRunning(pid: number): boolean {
  return readStat(pid) !== undefined;
}

/** What proc(5) says of a process. */
export function readStat(pid: number): { readonly parent: number; readonly niceness: number } | undefined {
  try {
    const [state, parent, ...rest] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return state === "Z" ? undefined : { parent: Number(parent), niceness: Number(rest[14]) };
  } catch {
    return undefined;
  }
}
