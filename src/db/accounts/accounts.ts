import { sql } from "drizzle-orm";
import type { Account, AccountStore, Admission } from "../../ports/accounts.ts";
import { TodoError } from "../../domain/errors.ts";
import { type Engine, NOBODY, type Step } from "../engine.ts";
import type { Count } from "../columns.ts";
import { type AccountRow, decodeAccount, toCount } from "./rows.ts";

const COLUMNS = sql.raw("id, email, password_hash, created_at, disabled_at");

/** Those who sign in. */
export function createPeople(
  engine: Engine,
): Pick<
  AccountStore,
  | "createAccount"
  | "findAccount"
  | "listAccounts"
  | "hasAccounts"
  | "setPassword"
  | "renewHash"
  | "setDisabled"
  | "deleteAccount"
  | "createInvite"
> {
  const write = (steps: Step[]) => engine.atomically(NOBODY, steps, { repeatable: true });
  const hasAccounts = async () => (await engine.read(NOBODY, sql`select 1 as there from accounts limit 1`)).length > 0;
  const findAccount = async (by: { readonly id: string } | { readonly email: string }): Promise<Account | null> => {
    const where = "id" in by ? sql`id = ${by.id}` : sql`email = ${by.email}`;
    const [row] = await engine.read<AccountRow>(NOBODY, sql`select ${COLUMNS} from accounts where ${where}`);
    return row ? decodeAccount(row) : null;
  };

  return {
    hasAccounts,
    findAccount,
    createAccount: async (account, admission) => {
      try {
        await write(planAccount(account, admission));
      } catch (error) {
        if (!(error instanceof TodoError) || error.code !== "conflict") throw error;
        // Who is not admitted learns nothing of who is here.
        if (!(await isAdmitted(engine, admission, account.createdAt))) throw notAdmitted();
        throw error;
      }
    },
    listAccounts: async () => {
      const rows = await engine.read<AccountRow & { readonly used_at: Count | null }>(
        NOBODY,
        sql`
        select ${COLUMNS}, (select max(used_at) from sessions where account_id = accounts.id) as used_at
        from accounts order by email`,
      );
      return rows.map((row) => ({ ...decodeAccount(row), usedAt: toCount(row.used_at) }));
    },
    setPassword: async ({ account, hash, now, keep = "", tokens = false }) => {
      await write([
        { query: sql`update accounts set password_hash = ${hash} where id = ${account}` },
        denyDevices(account),
        {
          query: sql`
            update sessions set revoked_at = ${now}
            where account_id = ${account} and id <> ${keep} and revoked_at is null`,
        },
        ...(tokens ? [{ query: sql`delete from api_tokens where account_id = ${account}` }] : []),
      ]);
    },
    renewHash: async (account, from, to) => {
      const query = sql`update accounts set password_hash = ${to} where id = ${account} and password_hash = ${from}`;
      await write([{ query }]);
    },
    setDisabled: async (account, at) => {
      const ending = sql`update sessions set revoked_at = ${at} where account_id = ${account} and revoked_at is null`;
      await write([
        { query: sql`update accounts set disabled_at = ${at} where id = ${account}` },
        ...(at === null ? [] : [denyDevices(account), { query: ending }]),
      ]);
    },
    deleteAccount: async (account) => {
      const own = (table: string, column: string): Step => ({
        query: sql`delete from ${sql.raw(table)} where ${sql.raw(column)} = ${account}`,
      });
      // Whoever makes one of the rows that come later holds one of those before: what is made meanwhile goes too.
      const steps = [
        own("accounts", "id"),
        own("device_codes", "account_id"),
        own("sessions", "account_id"),
        own("api_tokens", "account_id"),
        own("invites", "account_id"),
        // The mark by which a write that comes later is nobody's (write-statements.ts). It says nothing but the id.
        {
          query: sql`
            insert into users (id, revision, clock) values (${account}, -1, 0)
            on conflict (id) do update set revision = -1`,
        },
        own("tasks", "user_id"),
        own("history", "user_id"),
        own("heads", "user_id"),
      ];
      await engine.atomically(account, steps, { repeatable: true });
    },
    createInvite: async ({ hash, createdAt, expiresAt }) => {
      await write([
        {
          query: sql`
            insert into invites (hash, created_at, expires_at) values (${hash}, ${createdAt}, ${expiresAt})
            on conflict (hash) do nothing`,
        },
      ]);
    },
  };
}

/** Devices that the account let in and that have not asked since. Before its sessions: who asks right now has one then. */
function denyDevices(account: string): Step {
  return { query: sql`update device_codes set decision = 'denied' where account_id = ${account}` };
}

/** Uses up the invitation, makes the account, and undoes both where it is not there then. Repeated, it finds its own account. */
function planAccount({ id, email, passwordHash, createdAt }: Account, admission: Admission): Step[] {
  const first = admission.kind === "first" ? "first" : null;
  const steps: Step[] = [
    {
      query: sql`
        insert into accounts (id, email, password_hash, created_at, first)
        select ${id}, ${email}, ${passwordHash}, cast(${createdAt} as bigint), ${first}
        where ${admits(admission, id)} on conflict do nothing`,
    },
    {
      query: sql`select 1 as missing where not exists (select 1 from accounts where id = ${id})`,
      refuse: () => new TodoError("conflict", "there is an account with this e-mail address"),
    },
  ];
  if (admission.kind !== "invite") return steps;
  const use = sql`
    update invites set account_id = ${id}
    where hash = ${admission.hash} and expires_at > ${createdAt} and account_id is null`;
  return [{ query: use }, ...steps];
}

function admits(admission: Admission, id: string) {
  if (admission.kind === "open") return sql`true`;
  if (admission.kind === "first") return sql`not exists (select 1 from accounts)`;
  return sql`exists (select 1 from invites where hash = ${admission.hash} and account_id = ${id})`;
}

async function isAdmitted(engine: Engine, admission: Admission, now: number): Promise<boolean> {
  if (admission.kind === "open") return true;
  if (admission.kind === "first") return false;
  const query = sql`
    select 1 as good from invites where hash = ${admission.hash} and expires_at > ${now} and account_id is null`;
  return (await engine.read(NOBODY, query)).length > 0;
}

function notAdmitted(): TodoError {
  return new TodoError("forbidden", "nobody can sign up here without an invitation that is good");
}
