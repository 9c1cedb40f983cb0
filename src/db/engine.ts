import type { SQL } from "drizzle-orm";
import type { TodoError } from "../domain/errors.ts";
import type { Dialect } from "./dialect.ts";

/** One statement of a unit of work. Where `refuse` is given, an answer with rows undoes the whole unit. */
export type Step = {
  readonly query: SQL;
  readonly refuse?: () => TodoError;
  /** Called after the statement, before the commit, by engines that are on this machine. */
  readonly onDone?: () => void;
};

/** What a database gives to the one implementation of the store. Rows have the names of their columns. */
export type Engine = {
  readonly dialect: Dialect;
  /** Eight hex digits that end every clock made here. */
  readonly node: string;
  /** Runs one read. */
  readonly read: <Row>(query: SQL) => Promise<Row[]>;
  /** Runs all steps in one write transaction, or none, and answers the rows that they return. */
  readonly atomically: <Row>(steps: Iterable<Step>) => Promise<Row[]>;
  readonly close: () => Promise<void>;
};
