import { closeSync, fsyncSync, openSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { placeFile } from "../../disk/place-file.ts";

const DRAFT = /^\d+-[0-9a-f]{8}\.new$/;
const HOUR_MS = 3_600_000;

/**
 * Makes a file that is either whole and on disk or not there: `build` fills a file beside it, which then gets the name.
 * Answers false when the name was taken meanwhile; that file stays.
 */
export function createFileAtomically(path: string, build: (draft: string) => void): boolean {
  sweepDrafts(path);
  const draft = `${path}.${process.pid}-${crypto.randomUUID().slice(0, 8)}.new`;
  closeSync(openSync(draft, "wx", 0o600));
  try {
    build(draft);
    sync(draft);
    if (!placeFile(draft, path)) return false;
    sync(dirname(path));
    return true;
  } finally {
    removeDraft(draft);
  }
}

function removeDraft(draft: string): void {
  for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(draft + suffix, { force: true });
}

/** Removes drafts of killed processes. No work takes an hour, so older drafts have no owner. */
function sweepDrafts(path: string): void {
  const start = `${basename(path)}.`;
  for (const name of readdirSync(dirname(path))) {
    if (!name.startsWith(start) || !DRAFT.test(name.slice(start.length))) continue;
    const draft = `${dirname(path)}/${name}`;
    if (isOld(draft)) removeDraft(draft);
  }
}

/** A draft that another process removes meanwhile is not there to be old. */
function isOld(draft: string): boolean {
  const stat = statSync(draft, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs > HOUR_MS;
}

/** A name is on disk only when its folder is, so this takes both. */
function sync(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
