import type { Database } from "bun:sqlite";
import { readFileSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { readNotes, renewNode, writePlace } from "./node.ts";
import { runTransaction } from "./raw.ts";

/** The file that a path names, as far as two can be told apart on one machine. A database in memory has none, now and later. */
export function readFileIdentity(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}

/** Notes in a new database in which file it is. */
export function notePlace(raw: Database, path: string): void {
  const file = readFileIdentity(path);
  if (file !== undefined) writePlace(raw, describePlace(file));
}

/**
 * Answers the node of the database in a file (`identify`). One that was copied gets its own first: two files with one node could
 * make equal clocks for different edits. A file that was renamed is the same. One whose content was put back from a copy can't be
 * told from before; its clocks go on with the time.
 */
export function claimNode(raw: Database, file: string): string {
  const place = describePlace(file);
  const known = readNotes(raw);
  if (known.place === place) return known.node;
  return runTransaction(raw, () => {
    // Another process may have been faster.
    const { place: noted, node } = readNotes(raw);
    // A database of an older version has no note, and is taken to be where it always was.
    const mine = noted === place || noted === null ? node : renewNode(raw);
    writePlace(raw, place);
    return mine;
  });
}

/** Hashed, because a machine's id is its own business and the database may be shown to others. */
function describePlace(file: string): string {
  return new Bun.CryptoHasher("sha256").update(`${readMachine()} ${file}`).digest("hex");
}

/** The id of this installation (https://www.freedesktop.org/software/systemd/man/latest/machine-id.html), else its name. */
function readMachine(): string {
  try {
    return readFileSync("/etc/machine-id", "utf8").trim() || hostname();
  } catch {
    return hostname();
  }
}
