import type { SQL } from "drizzle-orm";
import type { TodoError } from "../domain/errors.ts";
import type { Compiled, Statement, Values } from "./compiled.ts";
import type { Dialect } from "./dialect.ts";

/** In the place of a user, for units of work that are about no one's tasks. */
export const NOBODY = "";

/** What a unit of work is refused for. It may have one step for each that refuses, or several that refuse by one function. */
export type Cause = "state" | "size";

/**
 * One statement of a unit of work. Where `refuse` is given it only looks, and an answer with rows undoes the whole unit. `Row` is
 * what it answers that somebody reads.
 */
export type Step<Row = never> = {
  readonly query: Statement;
  /** A template with values is kept as text, so it must be the same object each time. */
  readonly values?: Values;
  readonly refuse?: () => TodoError;
  /** What it refuses for. The default is the state that it finds. */
  readonly cause?: Cause;
  /** Called after the statement, before the commit, by engines that are on this machine. */
  readonly onDone?: () => void;
  /** The type of its rows, and of nothing that is there. */
  readonly row?: Row;
};

/** A step that is compiled. What stands for each of its placeholders must be said. */
export function step<Row, Name extends string>(query: Compiled<Row, Name>, values: Values<NoInfer<Name>>): Step<Row> {
  return { query, values };
}

/** Runs a statement, which says what its rows are. */
export type Read = {
  <Row>(user: string, query: SQL<Row>, values?: Values): Promise<Row[]>;
  <Row, Name extends string>(user: string, query: Compiled<Row, Name>, values: Values<NoInfer<Name>>): Promise<Row[]>;
};

/** What a database gives to the one implementation of the store. Rows have the names of their columns. */
export type Engine = {
  readonly dialect: Dialect;
  /**
   * For a database that can follow a server, with `user` and `changes`: notes what edits have changed, and what a merge for somebody
   * else than that server is about to change. With `user` and `fields`: which entries of the profile were changed.
   */
  readonly enqueue: { readonly edits: SQL; readonly merged: () => SQL; readonly profile: SQL } | null;
  /** Eight hex digits that end every clock made here. To be read for each use: another database can take the place of this one. */
  readonly node: string;
  /** The node of what is written next: a file that was copied gets its own first. */
  readonly claimNode: () => Promise<string>;
  /** Runs one read for a user that costs about as much as the rows that it answers. */
  readonly read: Read;
  /**
   * Runs one read that may look at much more than it answers, such as all tasks of a user. Where a read would keep other requests
   * waiting it runs elsewhere, and sees all that was written before.
   */
  readonly scan: Read;
  /** The same for tasks that may be large. It waits for its turn apart from the searches of the user, and is not refused one. */
  readonly scanLarge: Read;
  /**
   * Runs all steps of a user in one write transaction, or none, and answers the rows that they return, once they are on disk.
   * An engine on this machine draws each step when the one before has run. A `repeatable` unit may be run again where nobody
   * can tell whether it was.
   */
  readonly atomically: <Row>(
    user: string,
    steps: Iterable<Step<Row>>,
    unit?: { readonly repeatable: boolean },
  ) => Promise<Row[]>;
  /**
   * Removes what is left of deleted rows in files beside the database, if it is a file. Another process that reads just
   * then keeps them until it is done.
   */
  readonly scrub: () => Promise<void>;
  /** Throws `unavailable` or `newer_store` where the database is not one that this program can work with. */
  readonly ping: () => Promise<void>;
  readonly close: () => Promise<void>;
};
