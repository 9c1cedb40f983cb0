import { sql } from "drizzle-orm";
import type { AccountStore } from "../../ports/accounts.ts";
import { type Engine, NOBODY } from "../engine.ts";
import type { Count } from "../columns.ts";
import { decodeDeviceRequest, type DeviceRow, toCount } from "./rows.ts";
import { insertSession } from "./sessions.ts";

/** Milliseconds for which a request that is over can still be told from one that never was. */
const REMEMBERED = 60 * 60_000;

const COLUMNS = sql.raw("user_code, device, created_at, expires_at, decision");

/** What a poll answers: the request as it was before, then the session that was made. */
type PolledRow = DeviceRow & {
  readonly polled_at: Count | null;
  readonly wait: Count;
  readonly account_id: string | null;
  readonly email: string | null;
};

/** The devices that wait to be let in. */
export function createDeviceCodes(
  engine: Engine,
): Pick<AccountStore, "createDeviceRequest" | "findDeviceRequest" | "decideDeviceRequest" | "pollDeviceRequest"> {
  return {
    createDeviceRequest: async ({ hash, userCode, device, wait, createdAt, expiresAt }) => {
      const rows = await engine.atomically(
        NOBODY,
        [
          { query: sql`delete from device_codes where expires_at < ${createdAt - REMEMBERED}` },
          {
            query: sql`
              insert into device_codes (hash, user_code, device, wait, created_at, expires_at)
              values (${hash}, ${userCode}, ${device}, ${wait}, ${createdAt}, ${expiresAt}) on conflict do nothing`,
          },
          { query: sql`select 1 as made from device_codes where hash = ${hash}` },
        ],
        { repeatable: true },
      );
      return rows.length > 0;
    },
    findDeviceRequest: async (userCode, now) => {
      const [row] = await engine.read<DeviceRow>(
        NOBODY,
        sql`select ${COLUMNS} from device_codes where user_code = ${userCode} and expires_at > ${now}`,
      );
      return row ? decodeDeviceRequest(row) : null;
    },
    decideDeviceRequest: async ({ userCode, account, decision, now }) => {
      const rows = await engine.atomically(NOBODY, [
        {
          query: sql`
            update device_codes set decision = ${decision}, account_id = ${account}
            where user_code = ${userCode} and decision is null and expires_at > ${now} returning user_code`,
        },
      ]);
      return rows.length > 0;
    },
    pollDeviceRequest: async (hash, { slowDown, ...session }) => {
      const { usedAt: now } = session;
      const approved = sql`
        select account_id, device from device_codes
        where hash = ${hash} and decision = 'approved' and expires_at > ${now}`;
      const [before, made] = await engine.atomically<PolledRow>(NOBODY, [
        { query: sql`select ${COLUMNS}, polled_at, wait from device_codes where hash = ${hash}` },
        // Takes the row's lock, so that of two that ask at once the second finds it gone.
        {
          query: sql`
            update device_codes set polled_at = ${now},
              wait = case when ${now} < polled_at + wait then wait + ${slowDown} else wait end
            where hash = ${hash}`,
        },
        { query: insertSession(session, approved) },
        {
          query: sql`
            delete from device_codes where hash = ${hash} and exists (select 1 from sessions where id = ${session.id})`,
        },
        {
          query: sql`
            select s.account_id, a.email from sessions s join accounts a on a.id = s.account_id where s.id = ${session.id}`,
        },
      ]);
      if (!before) return null;
      const { account_id: account, email } = made ?? {};
      return {
        request: decodeDeviceRequest(before),
        polledAt: toCount(before.polled_at),
        wait: Number(before.wait),
        session: account && email ? { account, email } : null,
      };
    },
  };
}
