import type { PieceFile } from "./file-system.ts";
import { answerOf, COMMITS, type DbTransaction, PIECES, PREVIEW, STATE } from "./indexed-db.ts";

/** Commits of which it is known what they changed. Who missed more reads all. */
const MAX_COMMITS = 200;
const STATE_KEY = 0;

/** What is kept of a file beside its pieces. `generation` is another one when a whole other file is. */
export type State = { readonly version: number; readonly size: number; readonly generation: string };

/** The state before anything is kept, and of memory that has nothing. */
export const NOTHING: State = { version: 0, size: 0, generation: "" };

export async function readState(transaction: DbTransaction): Promise<State> {
  const state = await answerOf(transaction.objectStore(STATE).get(STATE_KEY));
  return (state as State | undefined) ?? NOTHING;
}

/** Brings the file from the state that it is in to another one. Nothing of it changes before all is read. */
export async function bringTo(
  transaction: DbTransaction,
  file: PieceFile,
  { from, to }: { readonly from: State; readonly to: State },
): Promise<void> {
  const changed = isLater(to, from) ? await listChanged(transaction, from.version, to.version) : undefined;
  const read = changed ? await readSome(transaction, changed) : await readAll(transaction);
  if (!changed) file.pieces.clear();
  for (const [no, piece] of read) {
    if (piece) file.pieces.set(no, piece);
    else file.pieces.delete(no);
  }
  file.size = to.size;
}

/** Puts what was changed, and answers the state that this makes. */
export function writeChanged(transaction: DbTransaction, file: PieceFile, { version, generation }: State): State {
  const next = { version: version + 1, size: file.size, generation: generation || crypto.randomUUID() };
  const pieces = transaction.objectStore(PIECES);
  for (const no of file.dirty) {
    const piece = file.pieces.get(no);
    if (piece) pieces.put(piece, no);
    else pieces.delete(no);
  }
  const commits = transaction.objectStore(COMMITS);
  commits.put([...file.dirty], next.version);
  commits.delete(next.version - MAX_COMMITS);
  transaction.objectStore(STATE).put(next, STATE_KEY);
  return next;
}

/** Puts a whole other file in the place of what is there. A preview shows what is not there any more. */
export function writeAll(transaction: DbTransaction, file: PieceFile, { version }: State): State {
  const next = { version: version + 1, size: file.size, generation: crypto.randomUUID() };
  for (const store of [PIECES, COMMITS, PREVIEW]) transaction.objectStore(store).clear();
  for (const [no, piece] of file.pieces) transaction.objectStore(PIECES).put(piece, no);
  transaction.objectStore(STATE).put(next, STATE_KEY);
  return next;
}

function isLater(one: State, other: State): boolean {
  return one.generation === other.generation && one.version > other.version;
}

type Read = readonly (readonly [no: number, piece: Uint8Array<ArrayBuffer> | undefined])[];

/** The numbers of the pieces that later commits changed, unless one of these is not known any more. */
async function listChanged(transaction: DbTransaction, from: number, to: number): Promise<number[] | undefined> {
  if (to - from > MAX_COMMITS) return undefined;
  const commits = transaction.objectStore(COMMITS);
  const versions = Array.from({ length: to - from }, (_, at) => from + at + 1);
  const lists = await Promise.all(versions.map((version) => answerOf(commits.get(version))));
  if (lists.includes(undefined)) return undefined;
  return [...new Set((lists as number[][]).flat())];
}

async function readSome(transaction: DbTransaction, numbers: readonly number[]): Promise<Read> {
  const pieces = transaction.objectStore(PIECES);
  return Promise.all(
    numbers.map(async (no) => [no, (await answerOf(pieces.get(no))) as Uint8Array<ArrayBuffer> | undefined] as const),
  );
}

async function readAll(transaction: DbTransaction): Promise<Read> {
  const pieces = transaction.objectStore(PIECES);
  const [numbers, all] = await Promise.all([answerOf(pieces.getAllKeys()), answerOf(pieces.getAll())]);
  return numbers.map((no, at) => [no as number, all[at] as Uint8Array<ArrayBuffer>]);
}
