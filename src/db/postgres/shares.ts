import { sql } from "drizzle-orm";
import { createFairQueue, inTurn, type TakeTurn } from "../fair-queue.ts";
import { createScanQueue, limitTime, type ScanKind } from "../scan-queue.ts";
import type { Write, Written } from "../statement.ts";
import { ENDED_READS, type PostgresConnection } from "./connection.ts";

/** The database ends a scan that takes longer, and its connection is free. */
const SCAN_TIMEOUT_MS = 2000;
/** Together with the scan it is less than a request may take. */
const WAIT_TIMEOUT_MS = 10_000;
/** Connections that neither scans nor one user's writes take. */
const CONNECTIONS_FOR_OTHERS = 4;

/**
 * The timeout is set in a transaction. What a statement sets is too late for itself, and poolers refuse it as a parameter of the
 * connection. A shorter one of the operator's stays.
 */
const SET_USER_AND_TIMEOUT = sql`
  select set_config('app.user_id', ${sql.placeholder("user")}, true),
    set_config('statement_timeout', cast(cast(1000 * extract(epoch from least(
      cast(nullif(current_setting('statement_timeout'), '0') as interval), cast(${sql.placeholder("timeout")} as interval)
    )) as integer) as text), true)`;

/** Connections that many users share, and how long a scan may take if not the standard time. */
export type Shared = { readonly connections: number; readonly scanTimeoutMs?: number };

/** Runs a statement that may look at all tasks of a user. */
export type Scan = <Row>(kind: ScanKind, user: string, statement: Written) => Promise<Row[]>;

/** Scans that leave other users their share of the connections, and end in time. */
export function createScan(
  connection: PostgresConnection,
  write: Write,
  { connections, scanTimeoutMs = SCAN_TIMEOUT_MS }: Shared,
): Scan {
  const takeTurn = createScanQueue(leaveForOthers(connections));
  return <Row>(kind: ScanKind, user: string, statement: Written) =>
    inTurn(
      limitTime(WAIT_TIMEOUT_MS, (signal) => takeTurn[kind](user, signal)),
      async () => {
        const first = write(SET_USER_AND_TIMEOUT, { user, timeout: `${scanTimeoutMs}ms` });
        const [, rows = []] = await connection.transaction([first, statement], {
          repeatable: true,
          refusals: ENDED_READS,
        });
        return rows as Row[];
      },
    );
}

/** Writes of one user wait for each other in the database, each with a connection, so they wait here first. */
export function limitWrites({ connections }: Shared): TakeTurn {
  return createFairQueue(Infinity)({ maxOfUser: leaveForOthers(connections), maxWaitingOfUser: Infinity });
}

function leaveForOthers(connections: number): number {
  return Math.max(1, connections - CONNECTIONS_FOR_OTHERS);
}
