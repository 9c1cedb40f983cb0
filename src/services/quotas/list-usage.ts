import type { QuotaName } from "../../domain/errors.ts";
import type { Quotas } from "../../domain/quotas.ts";
import type { AccountStore } from "../../ports/accounts.ts";
import type { TaskUsage, UsageStore } from "../../ports/usage.ts";

/** What one user has. `email` is null for a user of another issuer. */
export type UserUsage = Readonly<Record<QuotaName, number>> &
  Pick<TaskUsage, "historyBytes" | "headBytes"> & { readonly id: string; readonly email: string | null };

/** What every user has, who takes most first. `isPartial` says that row-level security hides users of other issuers. */
export async function listUsage(
  { accounts, usage }: { readonly accounts: AccountStore; readonly usage: UsageStore },
  now: number,
): Promise<{ readonly users: readonly UserUsage[]; readonly isPartial: boolean }> {
  const emails = new Map((await accounts.listAccounts()).map(({ id, email }) => [id, email]));
  const seen = await usage.listUsers();
  const users: UserUsage[] = [];
  for (const id of new Set([...emails.keys(), ...seen])) {
    const { tasks, taskBytes, historyBytes, headBytes } = await usage.measure(id);
    const bytes = taskBytes + historyBytes + headBytes;
    const devices = (await accounts.listSessions(id, now)).length;
    const tokens = (await accounts.listTokens(id)).length;
    users.push({ id, email: emails.get(id) ?? null, tasks, bytes, historyBytes, headBytes, devices, tokens });
  }
  return { users: users.toSorted((one, other) => other.bytes - one.bytes), isPartial: seen.length === 0 };
}

/** The part of the limit to which a user is nearest, 0 if there is none. */
export function shareOf(user: UserUsage, quotas: Quotas): number {
  const names = ["tasks", "bytes", "devices", "tokens"] as const;
  return Math.max(...names.map((name) => (quotas[name] === 0 ? 0 : user[name] / quotas[name])));
}
