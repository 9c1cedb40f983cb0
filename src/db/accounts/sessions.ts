import { type SQL, sql } from "drizzle-orm";
import type { AccountStore, NewSession } from "../../ports/accounts.ts";
import { type Engine, NOBODY } from "../engine.ts";
import type { Count } from "../columns.ts";
import { lockAccount } from "./lock.ts";
import { decodeSession, type SessionRow, toCount } from "./rows.ts";

type RenewedRow = SessionRow & {
  readonly email: string;
  readonly token: string;
  readonly previous: string | null;
  readonly sealed: string | null;
  readonly revoked_at: Count | null;
  readonly disabled_at: Count | null;
};

const COLUMNS = sql.raw("s.id, s.account_id, s.device, s.created_at, s.used_at, s.expires_at");

/** What a server asks at most requests, so it is put into words once. */
const LIVE_SESSION = sql<SessionRow & { readonly email: string }>`
  select ${COLUMNS}, a.email from sessions s join accounts a on a.id = s.account_id
  where s.id = ${sql.placeholder("id")} and s.revoked_at is null and s.expires_at > ${sql.placeholder("now")}
    and a.disabled_at is null`;

/** In a statement, true where the account is there and not disabled. */
export function isEnabled(account: SQL): SQL {
  return sql`exists (select 1 from accounts where id = ${account} and disabled_at is null)`;
}

/** The statement that makes a session for whom `from` answers as `account_id` and `device`. */
export function insertSession(
  { id, token, createdAt, usedAt, expiresAt }: Omit<NewSession, "account" | "device">,
  from: SQL,
) {
  return sql`
    insert into sessions (id, account_id, device, token, created_at, used_at, expires_at)
    select ${id}, account_id, device, ${token}, cast(${createdAt} as bigint), cast(${usedAt} as bigint),
      cast(${expiresAt} as bigint)
    from (${from}) opened where ${isEnabled(sql`account_id`)}
    on conflict (id) do nothing`;
}

/** The devices that are signed in. */
export function createSessions(
  engine: Engine,
): Pick<AccountStore, "createSession" | "renewSession" | "findSession" | "listSessions" | "endSession"> {
  return {
    createSession: async (session) => {
      const { id, account, device, createdAt } = session;
      const from = sql`select ${account} as account_id, ${device} as device`;
      const over = sql`account_id = ${account} and (expires_at <= ${createdAt} or revoked_at is not null)`;
      const rows = await engine.atomically(
        NOBODY,
        [
          lockAccount(account),
          { query: sql`delete from sessions where ${over}` },
          { query: insertSession(session, from) },
          { query: sql`select id from sessions where id = ${id}` },
        ],
        { repeatable: true },
      );
      return rows.length > 0;
    },
    renewSession: async ({ id, from, to, sealed, now, expiresAt }) => {
      const [row] = await engine.atomically<RenewedRow>(
        NOBODY,
        [
          {
            query: sql`
              update sessions set token = ${to}, previous = ${from}, sealed = ${sealed}, used_at = ${now},
                expires_at = ${expiresAt}
              where id = ${id} and token = ${from} and revoked_at is null and expires_at > ${now}
                and ${isEnabled(sql`sessions.account_id`)}`,
          },
          {
            query: sql`
              select ${COLUMNS}, s.token, s.previous, s.sealed, s.revoked_at, a.email, a.disabled_at
              from sessions s join accounts a on a.id = s.account_id where s.id = ${id}`,
          },
        ],
        { repeatable: true },
      );
      if (!row) return null;
      const { email, token, previous, sealed: stored, revoked_at, disabled_at } = row;
      const session = decodeSession(row);
      const isEnded = toCount(revoked_at) !== null || toCount(disabled_at) !== null || session.expiresAt <= now;
      return { session, email, token, previous, sealed: stored, isEnded };
    },
    findSession: async (id, now) => {
      const [row] = await engine.read(NOBODY, LIVE_SESSION, { id, now });
      return row ? { session: decodeSession(row), email: row.email } : null;
    },
    listSessions: async (account, now) => {
      const rows = await engine.read<SessionRow>(
        NOBODY,
        sql`
        select ${COLUMNS} from sessions s
        where account_id = ${account} and revoked_at is null and expires_at > ${now} order by used_at desc, id`,
      );
      return rows.map(decodeSession);
    },
    endSession: async ({ id, account }, now) => {
      const owned = account === undefined ? sql`` : sql`and account_id = ${account}`;
      const rows = await engine.atomically(NOBODY, [
        {
          query: sql`
            update sessions set revoked_at = ${now} where id = ${id} ${owned} and revoked_at is null returning id`,
        },
      ]);
      return rows.length > 0;
    },
  };
}
