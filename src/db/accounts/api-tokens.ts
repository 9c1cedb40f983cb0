import { sql } from "drizzle-orm";
import type { AccountStore } from "../../ports/accounts.ts";
import { TodoError } from "../../domain/errors.ts";
import { type Engine, NOBODY } from "../engine.ts";
import { lockAccount } from "./lock.ts";
import { decodeToken, type TokenRow } from "./rows.ts";

/** Of one account. Whoever needs more forgot to remove some. */
const MAX_TOKENS = 100;

const COLUMNS = sql.raw("t.id, t.account_id, t.name, t.last8, t.scopes, t.created_at, t.expires_at, t.used_at");

/** What a server asks at most requests of programs, so it is put into words once. */
const LIVE_TOKEN = sql<TokenRow & { readonly email: string }>`
  select ${COLUMNS}, a.email from api_tokens t join accounts a on a.id = t.account_id
  where t.hash = ${sql.placeholder("hash")} and (t.expires_at is null or t.expires_at > ${sql.placeholder("now")})
    and a.disabled_at is null`;

/** The tokens that users made for programs. */
export function createApiTokens(
  engine: Engine,
): Pick<AccountStore, "createToken" | "findToken" | "listTokens" | "removeToken" | "touchToken"> {
  return {
    createToken: async ({ id, account, name, hash, last8, scopes, createdAt, expiresAt }) => {
      await engine.atomically(
        NOBODY,
        [
          lockAccount(account),
          {
            query: sql`
              insert into api_tokens (id, account_id, name, hash, last8, scopes, created_at, expires_at)
              select ${id}, id, ${name}, ${hash}, ${last8}, ${scopes.join(" ")}, cast(${createdAt} as bigint),
                cast(${expiresAt} as bigint)
              from accounts where id = ${account}
              on conflict (id) do nothing`,
          },
          {
            query: sql`select 1 as many from api_tokens where account_id = ${account} limit 1 offset ${MAX_TOKENS}`,
            refuse: () => new TodoError("conflict", `an account can have ${MAX_TOKENS} tokens: remove some first`),
          },
        ],
        { repeatable: true },
      );
    },
    findToken: async (hash, now) => {
      const [row] = await engine.read(NOBODY, LIVE_TOKEN, { hash, now });
      return row ? { token: decodeToken(row), email: row.email } : null;
    },
    listTokens: async (account) => {
      const rows = await engine.read<TokenRow>(
        NOBODY,
        sql`select ${COLUMNS} from api_tokens t where account_id = ${account} order by created_at, id`,
      );
      return rows.map(decodeToken);
    },
    removeToken: async (account, id) => {
      const query = sql`delete from api_tokens where account_id = ${account} and id = ${id} returning id`;
      return (await engine.atomically(NOBODY, [{ query }])).length > 0;
    },
    touchToken: async (id, now) => {
      const query = sql`update api_tokens set used_at = ${now} where id = ${id}`;
      await engine.atomically(NOBODY, [{ query }], { repeatable: true });
    },
  };
}
