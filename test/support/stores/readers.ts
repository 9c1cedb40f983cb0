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
    .filter((each) => readParent(each) === pid);
}

/** The parent of a process, or none where that is gone or waits only to be noticed. */
function readParent(pid: number): number | undefined {
  try {
    const [, state, parent] = /\) (\w) (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return state === "Z" ? undefined : Number(parent);
  } catch {
    return undefined;
  }
}
