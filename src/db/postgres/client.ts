import type { Failure } from "./errors.ts";
import type { Written } from "../statement.ts";

/** How far an attempt has come. It is set to true before what can't be taken back is sent. */
export type Progress = { isCommitting: boolean };

/** One way to reach PostgreSQL. Attempts reject with what the driver throws; `classify` says what that means. */
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
