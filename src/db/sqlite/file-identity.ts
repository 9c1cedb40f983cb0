import type { Database } from "bun:sqlite";
import { readFileSync, statSync } from "node:fs";
import { hostname } from "node:os";

/** The place of a copy that was never written: nowhere, so that its first write finds another one. */
const NOWHERE = "";

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

/** Makes a copy known as one. */
export function noteCopy(raw: Database): void {
  writePlace(raw, NOWHERE);
}

export function makeNode(): string {
  return crypto.randomUUID().slice(0, 8);
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
  const claim = raw.transaction(() => {
    // Another process may have been faster.
    const { place: noted, node } = readNotes(raw);
    // A database of an older version has no note, and is taken to be where it always was.
    const mine = noted === place || noted === null ? node : renewNode(raw);
    writePlace(raw, place);
    return mine;
  });
  return claim.immediate();
}

function readNotes(raw: Database) {
  const row = raw
    .query<{ readonly node: string; readonly place: string | null }, []>(
      "select value as node, (select value from replica where key = 'place') as place from replica where key = 'node'",
    )
    .get();
  return row ?? { node: "", place: null };
}

function renewNode(raw: Database): string {
  const node = makeNode();
  raw.run("update replica set value = ? where key = 'node'", [node]);
  return node;
}

function writePlace(raw: Database, place: string): void {
  raw.run(
    "insert into replica (key, value) values ('place', ?) on conflict (key) do update set value = excluded.value",
    [place],
  );
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
