import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { describeFailure } from "./failure.ts";
import type { Failure } from "./opening.ts";
import { print } from "./print.ts";

// A process of its own that writes tasks to a small disk until that is full, and prints how that went as one line of JSON.

export type DiskReport = {
  /** Commits of one task that were answered before the disk was full, and what the next one ended with. */
  readonly answered: number;
  readonly error: Failure | null;
  /** What a commit of many tasks and a new database ended with on the full disk. */
  readonly many: Failure | null;
  readonly fresh: Failure | null;
  /** What the new database left behind. */
  readonly litter: readonly string[];
  /** Whether the file had the same bytes before and after the commit of many. */
  readonly sameBytes: boolean;
  readonly kept: number;
  readonly problems: readonly string[];
  /** What a commit ended with when there was space again. */
  readonly afterwards: Failure | null;
};

const FAR_TOO_MANY = 10_000;
const description = "x".repeat(1000);

const folder = process.argv[2] ?? "";
const filler = join(folder, "filler");
writeFileSync(filler, Buffer.alloc(Number(process.argv[3])));
const path = join(folder, "todo.db");
const { store, file } = openSqlite(path);
print(JSON.stringify(await report()));

async function report(): Promise<DiskReport> {
  const { answered, error } = await fill();
  const before = readFileSync(path);
  const many = await failureOf(() => write(1000));
  const sameBytes = readFileSync(path).equals(before);
  const fresh = await failureOf(() => openSqlite(join(folder, "fresh.db")).store.close());
  const litter = readdirSync(folder).filter((name) => name.startsWith("fresh.db"));
  const state = { kept: await store.count("local", []), problems: file.check() };
  rmSync(filler);
  return { answered, error, many, fresh, litter, sameBytes, ...state, afterwards: await failureOf(() => write(1)) };
}

async function fill(): Promise<{ answered: number; error: Failure | null }> {
  for (let answered = 0; answered < FAR_TOO_MANY; answered += 1) {
    const error = await failureOf(() => write(1));
    if (error) return { answered, error };
  }
  return { answered: FAR_TOO_MANY, error: null };
}

async function write(count: number): Promise<void> {
  const edits = Array.from({ length: count }, () => ({ id: Bun.randomUUIDv7(), fields: { title: "x", description } }));
  await store.commit("local", { action: "add", now: Date.now(), edits });
}

async function failureOf(work: () => Promise<void>): Promise<Failure | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return describeFailure(error);
  }
}
