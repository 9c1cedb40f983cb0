import type { Account } from "../../ports/accounts.ts";
import { type Engine, NOBODY, step } from "../engine.ts";
import { compileAccounts } from "./accounts.statements.ts" with { type: "macro" };

const STATEMENTS = compileAccounts();

export async function findAccount(
  engine: Engine,
  by: { readonly id: string } | { readonly email: string },
): Promise<Account | null> {
  const [account] =
    "id" in by
      ? await engine.read(NOBODY, STATEMENTS.findById, by)
      : await engine.read(NOBODY, STATEMENTS.findByEmail, by);
  return account ?? null;
}

export function listAccounts(engine: Engine): Promise<(Account & { readonly usedAt: number | null })[]> {
  return engine.read(NOBODY, STATEMENTS.list, {});
}

type PasswordChange = {
  readonly account: string;
  readonly hash: string;
  readonly now: number;
  readonly keep?: string;
  readonly tokens?: boolean;
};

export async function setPassword(
  engine: Engine,
  { account, hash, now, keep = "", tokens = false }: PasswordChange,
): Promise<void> {
  const steps = [
    step(STATEMENTS.setPassword, { account, hash }),
    // Before the sessions: who asks right now has one then.
    step(STATEMENTS.denyDevices, { account }),
    step(STATEMENTS.endSessions, { account, keep, now }),
    ...(tokens ? [step(STATEMENTS.deleteTokens, { account })] : []),
  ];
  await engine.atomically(NOBODY, steps, { repeatable: true });
}

export async function renewHash(engine: Engine, account: string, from: string, to: string): Promise<void> {
  await engine.atomically(NOBODY, [step(STATEMENTS.renewHash, { account, from, to })], { repeatable: true });
}

export async function setDisabled(engine: Engine, account: string, at: number | null): Promise<void> {
  const ends =
    at === null
      ? []
      : [step(STATEMENTS.denyDevices, { account }), step(STATEMENTS.endSessions, { account, keep: "", now: at })];
  await engine.atomically(NOBODY, [step(STATEMENTS.setDisabled, { account, at }), ...ends], { repeatable: true });
}
