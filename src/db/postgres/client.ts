import type { Failure } from "./errors.ts";
import type { Written } from "../statement.ts";

/** The progress of an attempt. It is set to true before anything irrevocable is sent. */
export type Progress = { isCommitting: boolean };

/** One way to reach PostgreSQL. Attempts reject with the driver's errors, which `classify` interprets. */
export type Client = {
  /** Runs one statement by itself. */
  readonly query: (statement: Written, timeoutMs: number) => Promise<unknown[]>;
  /** Runs all statements in one transaction and answers the rows of each. */
  readonly transaction: (
    statements: readonly Written[],
    attempt: { readonly timeoutMs: number; readonly progress: Progress },
  ) => Promise<unknown[][]>;
  readonly classify: (error: unknown) => Failure;
  readonly close: () => Promise<void>;
};
