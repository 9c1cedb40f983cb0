import {
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { LOCK_POLL_INTERVAL_MS, takeLock, withFileLockSync } from "../../disk/file-lock.ts";
import { placeFile } from "../../disk/place-file.ts";
import { readOwnFile } from "./checked-files.ts";
import { explaining } from "./files.ts";

/**
 * The text of a file that only its owner can read, without its last line break. If it is missing, it is created, as a
 * whole or not at all. If two create it at once, one wins. Throws `io_failed` for a file as `readPrivateFile` does.
 */
export function readOrCreateSecret(path: string, make: () => string, user?: number): string {
  return explaining(path, () => {
    const found = readOwnFile(path, "Otherwise remove it: a new one will be created.", user);
    if (found !== null) return found.trimEnd();
    writeFileAtomically(path, `${make()}\n`, placeFile);
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

/**
 * Works while no other process holds the lock of a path. It must end before the lock counts as stale. Throws
 * `io_failed` if no lock can be made beside the path.
 */
export async function withFileLock<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  const lock = `${path}.lock`;
  while (!explaining(path, () => takeLock(lock))) await Bun.sleep(LOCK_POLL_INTERVAL_MS);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Copies a file to a new name beside it, and answers that. */
export function backUpCorrupt(path: string): string {
  const aside = `${path}.corrupt-${Date.now()}`;
  explaining(aside, () => copyFileSync(path, aside, constants.COPYFILE_EXCL));
  return aside;
}

/** Writes a draft beside the file. When it is on disk, `place` moves it into place. */
export function writeFileAtomically(
  path: string,
  text: string,
  place: (draft: string, path: string) => unknown,
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
