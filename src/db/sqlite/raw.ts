import type { Value } from "../compiled.ts";

/** A statement that stays prepared. */
export type RawStatement<Row> = {
  all(...params: Value[]): Row[];
  get(...params: Value[]): Row | null;
  run(...params: Value[]): unknown;
};

/** What every driver of SQLite has. It is what Bun's has of it, so that one is used as it is. */
export type RawDatabase = {
  readonly inTransaction: boolean;
  /** Answers the same statement for the same text. */
  query<Row>(text: string): RawStatement<Row>;
  run(text: string, ...params: Value[][]): unknown;
};

/** A driver that can give SQL functions of our own. */
export type FunctionHost = {
  function(name: string, options: { readonly deterministic: true }, work: (...values: unknown[]) => unknown): unknown;
};

/** Runs work in a transaction that has the write lock from its beginning. If the work throws, nothing of it stays. */
export function runTransaction<Result>(raw: RawDatabase, work: () => Result): Result {
  raw.query("begin immediate").run();
  try {
    const result = work();
    raw.query("commit").run();
    return result;
  } catch (error) {
    // SQLite has ended some transactions itself, such as those that find the disk full.
    if (raw.inTransaction) raw.query("rollback").run();
    throw error;
  }
}
