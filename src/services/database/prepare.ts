import type { DatabaseServer, DatabaseStatus } from "../../ports/database.ts";
import { hasCode, TodoError } from "../../domain/errors.ts";
import { requireSchema } from "./status.ts";

export type Preparation = {
  /** The connection that serves. */
  readonly serving: DatabaseServer;
  /** The same database with its owner's rights, who may change its tables. */
  readonly owner: DatabaseServer;
  /** Whether to apply missing migrations. */
  readonly migrate: boolean;
  /** Whether to refuse a database that row-level security does not protect. */
  readonly requireRowSecurity: boolean;
  /** Prints a message for the operator. */
  readonly note: (text: string) => void;
  readonly isStopped: () => boolean;
  /** Resolves after so many milliseconds. */
  readonly sleep: (ms: number) => Promise<void>;
};

const RETRY_DELAY_MS = 250;

/** Errors that may pass in a moment: a database that is away, that hangs, or that somebody else is changing. */
const PASSING = ["unavailable", "timed_out", "locked"] as const;

/**
 * Migrates a database and checks whether it can be served. If it is out of reach, or lacks migrations that this server
 * is not to apply, it retries in the background. `ready` then resolves when that succeeds or is stopped. Other errors
 * are thrown at once: `newer_store`, `forbidden`, `usage`.
 */
export async function prepareDatabase(preparation: Preparation): Promise<{ readonly ready: Promise<void> }> {
  try {
    await prepare(preparation);
    return { ready: Promise.resolve() };
  } catch (error) {
    if (!hasCode(error, ...PASSING)) throw error;
    return { ready: keepTrying(preparation, error) };
  }
}

/** Each problem is reported once, however often it occurs. */
async function keepTrying(preparation: Preparation, first: TodoError): Promise<void> {
  const { note, isStopped, sleep } = preparation;
  const said = new Set<string>();
  const say = (text: string) => {
    if (!said.has(text)) note(`Not ready: ${text}. Trying again until it is.`);
    said.add(text);
  };
  say(first.message);
  for (;;) {
    await sleep(RETRY_DELAY_MS);
    if (isStopped()) return;
    try {
      await prepare(preparation);
      return note("The database is ready.");
    } catch (error) {
      if (!isStopped()) say(error instanceof TodoError ? error.message : "this is a bug in todo");
    }
  }
}

async function prepare({ serving, owner, migrate, requireRowSecurity, note }: Preparation): Promise<void> {
  if (migrate) for (const name of await owner.migrate()) note(`Applied ${name}`);
  const status = await serving.status();
  requireSchema(status);
  for (const { gap, see } of listGaps(status)) {
    if (requireRowSecurity) {
      throw new TodoError("forbidden", `TODO_REQUIRE_RLS is set, and row-level security ${gap}`, {
        hints: [`See: ${see}`],
      });
    }
    note(`Row-level security ${gap}: users are kept apart by the queries alone. See ${see}`);
  }
}

/** The gaps in the database's own separation of users. */
function listGaps({ bypassesRowSecurity, role, unprotected }: DatabaseStatus) {
  return [
    ...(bypassesRowSecurity ? [{ gap: `does not bind the role ${role}`, see: "todo db migrate --create-role" }] : []),
    ...(unprotected.length > 0 ? [{ gap: `does not protect ${unprotected.join(", ")}`, see: "todo db status" }] : []),
  ];
}
