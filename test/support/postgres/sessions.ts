import { SQL } from "bun";
import { queryPostgres } from "./query.ts";

/** What a session of a database can be found at. */
const STATES = {
  waiting: "datname = current_database() and wait_event_type = 'Lock'",
  /** Those of all databases of the server. */
  waitingAnywhere: "wait_event_type = 'Lock'",
  sleeping: "datname = current_database() and wait_event = 'PgSleep'",
};

type State = keyof typeof STATES;

const WAITING_TIMEOUT_MS = 10_000;

/** Waits until so many sessions of a database wait for a lock, or sleep. */
export async function untilSessions(url: string, state: State, count: number): Promise<void> {
  const deadline = Date.now() + WAITING_TIMEOUT_MS;
  const query = `select 1 from pg_stat_activity where ${STATES[state]}`;
  while ((await queryPostgres(url, query)).length !== count) {
    if (Date.now() > deadline) throw new Error(`there were never ${count} sessions that are ${state}`);
    await Bun.sleep(10);
  }
}

/** Ends what sleeps in a database. */
export async function endSleepers(url: string): Promise<void> {
  await queryPostgres(url, `select pg_terminate_backend(pid) from pg_stat_activity where ${STATES.sleeping}`);
}

/** Does something while a statement is not committed, and takes the statement back, then or when it is asked to. */
export async function whileUncommitted<Result>(
  { url, statement }: { readonly url: string; readonly statement: string },
  work: (takeBack: () => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const gate = new SQL(url, { max: 1 });
  try {
    await gate.unsafe("begin");
    await gate.unsafe(statement);
    return await work(async () => void (await gate.unsafe("rollback")));
  } finally {
    await gate.close();
  }
}

/** Starts all at once: each must wait for the statement until all of them do. So none has seen what another of them does. */
export function inOneInstant<Result>(
  gate: { readonly url: string; readonly statement: string; readonly state?: State },
  starts: readonly (() => Promise<Result>)[],
): Promise<Result[]> {
  return whileUncommitted(gate, async (takeBack) => {
    const running = Promise.all(starts.map((start) => start()));
    await untilSessions(gate.url, gate.state ?? "waiting", starts.length);
    await takeBack();
    return running;
  });
}
