import {
  closeSync,
  fchmodSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { codeOf } from "../../domain/errors.ts";
import { readOwnFile } from "./checked-files.ts";
import { explaining } from "./files.ts";

/** Whoever made an older lock was killed. */
const STALE_LOCK_AGE_MS = 10_000;
const POLL_INTERVAL_MS = 10;

/**
 * The text of a file that only its owner can read, without its last line break. If it is missing, it is created, as a
 * whole or not at all. If two create it at once, one wins. Throws `io_failed` for a file as `readPrivateFile` does.
 */
export function readOrCreateSecret(path: string, make: () => string, user?: number): string {
  return explaining(path, () => {
    const found = readOwnFile(path, "Otherwise remove it: a new one will be created.", user);
    if (found !== null) return found.trimEnd();
    writeFileAtomically(path, `${make()}\n`, linkUnlessThere);
    return readOrCreateSecret(path, make, user);
  });
}

/**
 * The text of a file that only its owner can read, or null if there is none. Throws `io_failed`, also if others can
 * read it, if it is another user's, and for a symbolic link, which may lead to a file of others.
 */
export function readPrivateFile(path: string, user?: number): string | null {
  return explaining(path, () => readOwnFile(path, "Otherwise get new tokens and revoke the old ones.", user));
}

/**
 * Replaces the text of such a file with the result of `change`, which gets the present text, or null if there is no
 * file. The file is replaced as a whole or not at all. If the result is null, it stays as it is. Concurrent processes
 * take turns. Throws what `readPrivateFile` throws.
 */
export function updatePrivateFile(path: string, change: (text: string | null) => string | null): void {
  explaining(path, () =>
    withFileLockSync(path, () => {
      const text = change(readPrivateFile(path));
      if (text !== null) writeFileAtomically(path, text, renameSync);
    }),
  );
}

/** Works on a file while no other process does. A lock beside the file makes the others wait. */
export function withFileLockSync(path: string, work: () => void): void {
  const lock = `${path}.lock`;
  while (!takeLock(lock)) Bun.sleepSync(POLL_INTERVAL_MS);
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** The same for longer work. It must end before the lock counts as stale. */
export async function withFileLock<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  const lock = `${path}.lock`;
  while (!explaining(path, () => takeLock(lock))) await Bun.sleep(POLL_INTERVAL_MS);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Gives a file a second name that nothing overwrites, and answers it. */
export function backUpCorrupt(path: string): string {
  const aside = `${path}.corrupt-${Date.now()}`;
  explaining(aside, () => linkSync(path, aside));
  return aside;
}

/** Writes a draft beside the file. When it is on disk, `place` moves it into place. */
export function writeFileAtomically(
  path: string,
  text: string,
  place: (draft: string, path: string) => void,
  mode = 0o600,
): void {
  const draft = `${path}.${crypto.randomUUID()}`;
  const descriptor = openSync(draft, "wx", 0o600);
  try {
    writeFileSync(descriptor, text);
    // The umask must not change the mode of the previous file.
    fchmodSync(descriptor, mode);
    fsyncSync(descriptor);
    place(draft, path);
  } finally {
    closeSync(descriptor);
    rmSync(draft, { force: true });
  }
  const folder = openSync(path.replace(/[^/]*$/, "") || ".", "r");
  fsyncSync(folder);
  closeSync(folder);
}

function linkUnlessThere(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

function takeLock(lock: string): boolean {
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
