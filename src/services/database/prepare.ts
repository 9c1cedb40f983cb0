import type { DatabaseServer, DatabaseStatus } from "../../ports/database.ts";
import { hasCode, TodoError } from "../../domain/errors.ts";
import { requireSchema } from "./status.ts";

export type Preparation = {
  /** The database as it is served. */
  readonly serving: DatabaseServer;
  /** The same one for its owner, who may change its tables. */
  readonly owner: DatabaseServer;
  /** Whether to apply the migrations that it lacks. */
  readonly migrate: boolean;
  /** Whether to refuse what row-level security does not protect. */
  readonly requireRowSecurity: boolean;
  /** Says something to who looks after the server. */
  readonly note: (text: string) => void;
  readonly isStopped: () => boolean;
  /** Resolves after so many milliseconds. */
  readonly sleep: (ms: number) => Promise<void>;
};

const RETRY_DELAY_MS = 250;

/** What may be over in a moment: a database that is away, that hangs, or that somebody else is changing. */
const PASSING = ["unavailable", "timed_out", "locked"] as const;

/**
 * Brings a database up to date and looks whether it can be served. Where it is out of reach, or lacks migrations that nobody is
 * to apply, that is tried again in the background, and `ready` resolves when it went well or is stopped. Throws what else is wrong
 * at once: `newer_store`, `forbidden`, `usage`.
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

/** What goes wrong is said once, however often it does. */
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

/** Where the database itself does not keep users apart. */
function listGaps({ bypassesRowSecurity, role, unprotected }: DatabaseStatus) {
  return [
    ...(bypassesRowSecurity ? [{ gap: `does not bind the role ${role}`, see: "todo db migrate --create-role" }] : []),
    ...(unprotected.length > 0 ? [{ gap: `does not protect ${unprotected.join(", ")}`, see: "todo db status" }] : []),
  ];
}
