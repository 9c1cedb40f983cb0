import { closeSync, openSync, rmSync, statSync } from "node:fs";
import { codeOf } from "../domain/errors.ts";

/** Whoever made an older lock was killed. */
const STALE_LOCK_AGE_MS = 10_000;
/** Between two attempts to take a lock. */
export const LOCK_POLL_INTERVAL_MS = 10;

/** Works on a file while no other process does. A lock beside the file makes the others wait. */
export function withFileLockSync<Result>(path: string, work: () => Result): Result {
  const lock = `${path}.lock`;
  while (!takeLock(lock)) Bun.sleepSync(LOCK_POLL_INTERVAL_MS);
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Whether this process got the lock. Throws the system's error if none can be made. */
export function takeLock(lock: string): boolean {
  if (makeEmpty(lock)) return true;
  if (isStale(lock)) removeStale(lock);
  return false;
}

/** One process after another: a second one would remove the lock of the first one's successor. */
function removeStale(lock: string): void {
  const guard = `${lock}.stale`;
  if (!makeEmpty(guard)) {
    if (isStale(guard)) rmSync(guard, { force: true });
    return;
  }
  try {
    if (isStale(lock)) rmSync(lock, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

/** Whether this process created the file. */
function makeEmpty(path: string): boolean {
  try {
    closeSync(openSync(path, "wx", 0o600));
    return true;
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    return false;
  }
}

function isStale(path: string): boolean {
  const held = statSync(path, { throwIfNoEntry: false });
  return held !== undefined && Math.abs(Date.now() - held.mtimeMs) > STALE_LOCK_AGE_MS;
}
