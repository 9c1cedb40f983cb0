/** What a user has in a database. Bytes are about what they take on disk, with the indexes. */
export type TaskUsage = {
  /** Tasks that are not deleted. */
  readonly tasks: number;
  /** Of the tasks themselves, deleted ones too. */
  readonly taskBytes: number;
  readonly historyBytes: number;
  readonly headBytes: number;
};

/** A row takes so many bytes beside its registers, with its entries in the indexes. */
export const ROW_BYTES = { task: 550, history: 400, head: 150 } as const;

/** What users take. One suite tests every implementation: test/db/usage-contract.ts. */
export type UsageStore = {
  /** Everyone who was ever seen and whose account was not deleted, as far as row-level security shows them. */
  listUsers(): Promise<string[]>;
  /** Reads a few rows at a time, so that nobody waits for long. What is written meanwhile may be counted or not. */
  measure(user: string): Promise<TaskUsage>;
  /** The registers `deleted_at` of those of the ids that are tasks of the user, null for a task that has none. */
  readDeletions(user: string, ids: readonly string[]): Promise<ReadonlyMap<string, string | null>>;
};
