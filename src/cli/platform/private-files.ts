import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { codeOf, TodoError } from "../../domain/errors.ts";
import { explaining } from "./files.ts";

/** Whoever made an older lock was killed. */
const STALE_LOCK_AGE_MS = 10_000;
const POLL_INTERVAL_MS = 10;

/**
 * The text of a file that only its owner can read, without its last line break. Where there is none it is made, whole or not at
 * all, and of two that make it at once one wins. Throws `io_failed`, also where others can read it.
 */
export function readOrCreateSecret(path: string, make: () => string): string {
  return explaining(path, () => {
    if (!statSync(path, { throwIfNoEntry: false })) writeFileAtomically(path, `${make()}\n`, linkUnlessThere);
    refuseShared(path, statSync(path).mode, "Otherwise remove it, and a new one is made.");
    return readFileSync(path, "utf8").trimEnd();
  });
}

/**
 * The text of a file that only its owner can read, or null where there is none. Throws `io_failed`, also where others can read it
 * and for a symbolic link, behind which it may lie where others can.
 */
export function readPrivateFile(path: string): string | null {
  return explaining(path, () => {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (!found) return null;
    if (found.isSymbolicLink()) {
      throw new TodoError("io_failed", `${path}: it is a symbolic link`, { hints: [`Take it away: rm ${path}`] });
    }
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      refuseShared(path, fstatSync(descriptor).mode, "Otherwise get new tokens, and end the old ones.");
      return readFileSync(descriptor, "utf8");
    } finally {
      closeSync(descriptor);
    }
  });
}

/**
 * Makes the text of such a file what `change` answers for the text that it has, null where there is none. It is replaced whole or
 * not at all, and left alone for null. Processes that do so at once take turns. Throws what `readPrivateFile` throws.
 */
export function updatePrivateFile(path: string, change: (text: string | null) => string | null): void {
  explaining(path, () =>
    withFileLockSync(path, () => {
      const text = change(readPrivateFile(path));
      if (text !== null) writeFileAtomically(path, text, renameSync);
    }),
  );
}

/** Works on a file while no other process does so. A lock beside it says it to the others, who wait. */
export function withFileLockSync(path: string, work: () => void): void {
  const lock = `${path}.lock`;
  while (!takeLock(lock)) Bun.sleepSync(POLL_INTERVAL_MS);
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** The same for work that takes longer than a moment. It must be done before the lock counts as left behind. */
export async function withFileLock<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  const lock = `${path}.lock`;
  while (!explaining(path, () => takeLock(lock))) await Bun.sleep(POLL_INTERVAL_MS);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Gives a file a second name that nothing overwrites, and answers that. */
export function backUpCorrupt(path: string): string {
  const aside = `${path}.corrupt-${Date.now()}`;
  explaining(aside, () => linkSync(path, aside));
  return aside;
}

function refuseShared(path: string, mode: number, otherwise: string): void {
  if ((mode & 0o077) === 0) return;
  throw new TodoError("io_failed", `${path}: others can read it, so it is no secret`, {
    hints: [`If nobody else has read it: chmod 600 ${path}. ${otherwise}`],
  });
}

/** Writes a draft beside the file, which `place` puts in its place when it is on the disk. */
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
    // The umask has no say in what the file had before.
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

/** One process after another: a second one would take away the lock of who comes behind the first. */
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

/** Whether it was this process that made the file. */
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
