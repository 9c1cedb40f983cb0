import { TodoError } from "../../domain/errors.ts";
import { backOff, retry } from "../../domain/waiting.ts";
import type { Client, Progress } from "./client.ts";
import { explainFailure, type Failure, isPassing } from "./errors.ts";
import { scanTookTooLong } from "../scan-queue.ts";
import type { Written } from "../statement.ts";
import { TIMERS, withJitter } from "../waiting.ts";

/** The last attempt begins in this time. Together with that attempt it is less than a request may take. */
const RETRY_TIMEOUT_MS = 2500;
const ATTEMPT_TIMEOUT_MS = 10_000;
/** Added for each statement of a transaction: a large import has hundreds. */
const STATEMENT_TIMEOUT_MS = 250;
const retryDelayMs = withJitter(backOff({ firstMs: 25, maxMs: 400 }));

/** Sends statements. Every error is a `TodoError` without any part of a statement. */
export type PostgresConnection = {
  readonly query: <Row>(statement: Written, refusals?: Refusals) => Promise<Row[]>;
  readonly transaction: (statements: readonly Written[], options?: TransactionOptions) => Promise<unknown[][]>;
  readonly close: () => Promise<void>;
};

export type TransactionOptions = {
  /** True if a second run does no harm. */
  readonly repeatable?: boolean;
  /** Of each attempt. */
  readonly timeoutMs?: number;
  readonly refusals?: Refusals;
};

/** The errors for SQLSTATEs that the statements themselves raise. */
export type Refusals = Readonly<Record<string, () => TodoError>>;

/** A read that the database ended at its limit of time. It has certainly changed nothing. */
export const ENDED_READS: Refusals = { "57014": scanTookTooLong };

/**
 * A client whose faults are waited for and explained. A read is tried again after any fault that passes. A write only where
 * nothing of it was done for certain, or where it may be done twice.
 */
export function createPostgresConnection(client: Client, place: string): PostgresConnection {
  const persist = async <Result>(
    work: (progress: Progress) => Promise<Result>,
    { repeatable, refusals }: Pick<TransactionOptions, "repeatable" | "refusals">,
  ): Promise<Result> => {
    let progress: Progress = { isCommitting: false };
    const isOpen = (failure: Failure) => !repeatable && progress.isCommitting && !failure.isUndone;
    const isRetryable = (error: unknown) => {
      if (error instanceof TodoError) return false;
      const failure = client.classify(error);
      return !refusals?.[failure.state] && !isOpen(failure) && isPassing(failure);
    };
    const attempt = () => work((progress = { isCommitting: false }));
    try {
      return await retry(attempt, { isRetryable, timeoutMs: RETRY_TIMEOUT_MS, delayMs: retryDelayMs }, TIMERS);
    } catch (error) {
      if (error instanceof TodoError) throw error;
      const failure = client.classify(error);
      throw refusals?.[failure.state]?.() ?? explainFailure(failure, { place, isOpen: isOpen(failure) });
    }
  };
  return {
    query: <Row>(statement: Written, refusals?: Refusals) =>
      persist(() => client.query(statement, ATTEMPT_TIMEOUT_MS), {
        repeatable: true,
        refusals: { ...ENDED_READS, ...refusals },
      }) as Promise<Row[]>,
    transaction: (
      statements,
      { timeoutMs = ATTEMPT_TIMEOUT_MS + STATEMENT_TIMEOUT_MS * statements.length, ...options } = {},
    ) => persist((progress) => client.transaction(statements, { timeoutMs, progress }), options),
    close: client.close,
  };
}
