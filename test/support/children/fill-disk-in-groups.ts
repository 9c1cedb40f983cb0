import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { TodoError } from "../../../src/domain/errors.ts";
import { print } from "./print.ts";

// A process of its own that hands groups of commits to a store on a small disk, and prints how they ended as one line of JSON:
//   bun fill-disk-in-groups.ts FOLDER SPARE small|large

/** How a commit ended: null where it was answered. */
export type End = Pick<TodoError, "code" | "retryAfter"> | null;
export type Ends = readonly End[];

export type GroupReport = {
  /** The first group that did not end well as a whole. */
  readonly failing: Ends;
  /** A group after that, when there was space again where there can be. */
  readonly afterwards: Ends;
  /** Tasks that were answered for and tasks that are there. */
  readonly answered: number;
  readonly kept: number;
  readonly problems: readonly string[];
};

const TOGETHER = 20;
const FAR_TOO_MANY = 1000;
/** More than SQLite keeps in memory, so that it writes before the commit. */
const LARGE = 8000;
const description = "x".repeat(1000);

const [folder = "", spare, kind] = process.argv.slice(2);
const filler = join(folder, "filler");
writeFileSync(filler, Buffer.alloc(Number(spare)));
const { store, file } = openSqlite(join(folder, "todo.db"));
let answered = 0;
print(JSON.stringify(await report()));

async function report(): Promise<GroupReport> {
  const failing = kind === "large" ? await writeGroup([1, 1, 1, LARGE, 1, 1, 1]) : await fill();
  rmSync(filler);
  const afterwards = await writeGroup(kind === "large" ? [1, 1, 1] : [1, 1]);
  return { failing, afterwards, answered, kept: await store.count("local", []), problems: file.check() };
}

async function fill(): Promise<Ends> {
  for (let group = 0; group < FAR_TOO_MANY; group += 1) {
    const ends = await writeGroup(Array.from({ length: TOGETHER }, () => 1));
    if (ends.some((end) => end !== null)) return ends;
  }
  return [];
}

/** Commits of so many tasks each, handed over at once. */
function writeGroup(sizes: readonly number[]): Promise<Ends> {
  return Promise.all(sizes.map((count) => endOf(write(count))));
}

async function endOf(work: Promise<void>): Promise<End> {
  const [end] = await Promise.allSettled([work]);
  if (end.status === "fulfilled") return null;
  if (!(end.reason instanceof TodoError)) throw end.reason;
  const { code, retryAfter } = end.reason;
  return { code, retryAfter };
}

async function write(count: number): Promise<void> {
  const edits = Array.from({ length: count }, () => ({ id: Bun.randomUUIDv7(), fields: { title: "x", description } }));
  await store.commit("local", { action: "add", now: Date.now(), edits, returning: false });
  answered += count;
}
