import { type AuthReport, NO_ACCOUNT } from "../../domain/auth-event.ts";
import type { AuthEvent, AccountStore } from "../../ports/accounts.ts";

/** Events that may wait for the database. Beyond it they stand in the server's log alone. */
const MAX_WAITING_EVENTS = 1000;

/** Where a request came from: its address, the network that is counted for it, and its id in the log. */
export type Origin = { readonly address: string; readonly network: string; readonly request: string };

/** A line of the server's log. All members are always there, in this order, so that programs can match lines as text. */
export type EventLine = {
  readonly event: AuthReport["kind"];
  readonly outcome: AuthReport["outcome"];
  readonly address: string;
  readonly network: string;
  readonly account: string | null;
  readonly email: string | null;
  readonly subject: string | null;
  readonly request: string;
};

export type EventLog = {
  /** Writes the line and keeps the event. Neither waits nor throws. */
  readonly record: (report: AuthReport, origin: Origin) => void;
  /** Resolves when all that was recorded is in the database, or could not be written. */
  readonly settled: () => Promise<void>;
};

/** Records what happens to accounts. Nobody's sign-in waits for the database to note it, or fails with it. */
export function createEventLog({
  accounts,
  now,
  write,
}: {
  readonly accounts: Pick<AccountStore, "addEvent">;
  readonly now: () => number;
  readonly write: (line: EventLine) => void;
}): EventLog {
  const waiting = new Set<Promise<void>>();
  const keep = async (event: AuthEvent) => {
    try {
      await accounts.addEvent(event);
    } catch {
      // The line in the log is there all the same.
    }
  };
  return {
    record: (report, origin) => {
      write(toLine(report, origin));
      if (!isKept(report) || waiting.size >= MAX_WAITING_EVENTS) return;
      const kept = keep(toEvent(report, origin, now())).finally(() => waiting.delete(kept));
      waiting.add(kept);
    },
    settled: async () => {
      await Promise.all(waiting);
    },
  };
}

/** Refused attempts have no end. The lockout, which is reported once an hour, stands for all of them. */
function isKept({ kind, outcome }: AuthReport): boolean {
  return outcome !== "refused" || kind === "lockout";
}

function toLine({ kind, outcome, account, email, subject }: AuthReport, origin: Origin): EventLine {
  const { address, network, request } = origin;
  return {
    event: kind,
    outcome,
    address,
    network,
    account,
    email: email ?? null,
    subject: subject ?? null,
    request,
  };
}

/** Without an account it is kept too. Otherwise the work that follows a wrong password would tell whether there is one. */
function toEvent({ kind, outcome, account, subject }: AuthReport, { address, network }: Origin, at: number): AuthEvent {
  return { account: account ?? NO_ACCOUNT, at, kind, outcome, address, network, subject: subject ?? null };
}
