import type { BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";
import type { TodoError } from "../domain/errors.ts";
import type { Dialect } from "./dialect.ts";
import type { Tables } from "./tables.ts";

/** A statement that Drizzle has built and not yet run. */
export type Statement = { all(): unknown };

/** One statement of a unit of work. Where `refuse` is given, an answer with rows undoes the whole unit. */
export type Step = {
  readonly query: Statement;
  readonly refuse?: () => TodoError;
  /** Called after the statement, before the commit, by engines that are on this machine. */
  readonly onDone?: () => void;
};

/** What a database gives to the one implementation of the store. */
export type Engine = {
  /** Only what means the same on both databases. */
  readonly db: Pick<BunSQLiteDatabase, "select" | "insert">;
  readonly tables: Tables;
  readonly dialect: Dialect;
  /** Eight hex digits that end every clock made here. */
  readonly node: string;
  /** Runs one read. */
  readonly read: <Row>(query: PromiseLike<Row[]>) => Promise<Row[]>;
  /** Runs all steps in one write transaction, or none, and answers the rows that they return. */
  readonly atomically: (steps: Iterable<Step>) => Promise<unknown[]>;
  readonly close: () => Promise<void>;
};
