import { sql } from "drizzle-orm";
import { quotaExceeded } from "../../domain/quotas.ts";
import type { PersonalToken } from "../../ports/accounts.ts";
import { type Engine, NOBODY, step } from "../engine.ts";
import { compileApiTokens } from "./api-tokens.statements.ts" with { type: "macro" };
import { lockAccount } from "./lock.ts";

const STATEMENTS = compileApiTokens();

export async function createToken(
  engine: Engine,
  token: PersonalToken & { readonly hash: string },
  max: number,
): Promise<void> {
  const { id, account, name, hash, last8, scopes, createdAt, expiresAt } = token;
  const insert = sql`
    insert into api_tokens (id, account_id, name, hash, last8, scopes, created_at, expires_at)
    select ${id}, id, ${name}, ${hash}, ${last8}, ${scopes.join(" ")}, cast(${createdAt} as bigint),
      cast(${expiresAt} as bigint)
    from accounts where id = ${account}
    on conflict (id) do nothing`;
  const refuse = () => quotaExceeded({ name: "tokens", limit: max, used: max });
  const checks = max === 0 ? [] : [{ ...step(STATEMENTS.findMore, { account, max }), refuse }];
  await engine.atomically(NOBODY, [lockAccount(account), { query: insert }, ...checks], { repeatable: true });
}

export async function findToken(
  engine: Engine,
  hash: string,
  now: number,
): Promise<{ readonly token: PersonalToken; readonly email: string } | null> {
  const [row] = await engine.read(NOBODY, STATEMENTS.findLive, { hash, now });
  if (!row) return null;
  const { email, ...token } = row;
  return { token: splitScopes(token), email };
}

export async function listTokens(engine: Engine, account: string): Promise<PersonalToken[]> {
  return (await engine.read(NOBODY, STATEMENTS.list, { account })).map(splitScopes);
}

export async function removeToken(engine: Engine, account: string, id: string): Promise<boolean> {
  return (await engine.atomically(NOBODY, [step(STATEMENTS.remove, { account, id })])).length > 0;
}

export async function touchToken(engine: Engine, id: string, now: number): Promise<void> {
  await engine.atomically(NOBODY, [step(STATEMENTS.touch, { id, now })], { repeatable: true });
}

function splitScopes<Stored extends { readonly scopes: string }>(token: Stored) {
  return { ...token, scopes: token.scopes.split(" ").filter((scope) => scope !== "") };
}
