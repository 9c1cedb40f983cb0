import { TodoError } from "../../domain/errors.ts";
import type { Client, Progress } from "./client.ts";
import { explainFailure, isPassing } from "./errors.ts";
import type { Written } from "../statement.ts";

/** Milliseconds after which nothing is tried again, and those of the longest attempt. Together less than a request may take. */
const PATIENCE = 2500;
const LONGEST_ATTEMPT = 10_000;
/** Milliseconds more for each statement of a transaction: a large import has hundreds. */
const EACH_STATEMENT = 250;
/** Milliseconds between two attempts: the first, which doubles, and the longest. */
const [FIRST_PAUSE, LONGEST_PAUSE] = [25, 400];

/** What statements are sent through. Everything that it throws is a `TodoError` that holds nothing of a statement. */
export type PostgresConnection = {
  readonly query: <Row>(statement: Written, refusals?: Refusals) => Promise<Row[]>;
  readonly transaction: (statements: readonly Written[], options?: TransactionOptions) => Promise<unknown[][]>;
  readonly close: () => Promise<void>;
};

export type TransactionOptions = {
  /** True where running it a second time does no harm. */
  readonly repeatable?: boolean;
  /** Milliseconds of the longest attempt. */
  readonly limit?: number;
  readonly refusals?: Refusals;
};

/** What is thrown for a SQLSTATE of the statements' own. */
export type Refusals = Readonly<Record<string, () => TodoError>>;

/**
 * A client whose faults are waited for and explained. A read is tried again after any fault that passes. A write only where
 * nothing of it was done for certain, or where it may be done twice.
 */
export function createPostgresConnection(client: Client, place: string): PostgresConnection {
  const persist = async <Result>(
    work: (progress: Progress) => Promise<Result>,
    { repeatable, refusals }: Pick<TransactionOptions, "repeatable" | "refusals">,
  ): Promise<Result> => {
    const deadline = performance.now() + PATIENCE;
    for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      const progress = { isCommitting: false };
      try {
        return await work(progress);
      } catch (error) {
        if (error instanceof TodoError) throw error;
        const failure = client.classify(error);
        const refusal = refusals?.[failure.state];
        if (refusal) throw refusal();
        const isOpen = !repeatable && progress.isCommitting && !failure.isUndone;
        if (isOpen || !isPassing(failure) || performance.now() > deadline) {
          throw explainFailure(failure, { place, isOpen });
        }
      }
      await Bun.sleep(pause * (0.5 + Math.random()));
    }
  };
  return {
    query: <Row>(statement: Written, refusals?: Refusals) =>
      persist(() => client.query(statement, LONGEST_ATTEMPT), {
        repeatable: true,
        ...(refusals && { refusals }),
      }) as Promise<Row[]>,
    transaction: (statements, { limit = LONGEST_ATTEMPT + EACH_STATEMENT * statements.length, ...options } = {}) =>
      persist((progress) => client.transaction(statements, { limit, progress }), options),
    close: client.close,
  };
}
