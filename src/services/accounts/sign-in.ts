import { type Account, type Admission } from "../../ports/accounts.ts";
import { type Grant, toAccountId } from "../../domain/accounts.ts";
import type { AuthEventKind } from "../../domain/auth-event.ts";
import { hasCode, TodoError } from "../../domain/errors.ts";
import type { AccountDeps } from "./account-deps.ts";
import { checkPassword } from "./check-password.ts";
import { draftSession, grant } from "./grants.ts";
import { hashSecret } from "./opaque-secrets.ts";

/** An e-mail address in lower case, a password as it was typed, and the device's name. */
export type Credentials = { readonly email: string; readonly password: string; readonly device: string };

/** With the code of an invitation, if there is one. */
export type Registration = Credentials & { readonly invite?: string | undefined };

/**
 * Creates an account and signs it in. Throws `forbidden` if sign-up is not allowed, `invalid_input` for a bad password,
 * and `conflict` for an address that is taken.
 */
export async function register(deps: AccountDeps, { invite, ...credentials }: Registration): Promise<Grant> {
  const { email, device } = credentials;
  try {
    const account = await createAccount(deps, credentials, invite);
    const granted = await openSession(deps, account, device);
    deps.record({ kind: "sign_up", outcome: "ok", account: account.id, subject: device });
    return granted;
  } catch (error) {
    if (hasCode(error, "forbidden", "conflict")) {
      deps.record({ kind: "sign_up", outcome: "failed", account: null, email });
    }
    throw error;
  }
}

async function createAccount(
  deps: AccountDeps,
  { email, password }: Credentials,
  invite: string | undefined,
): Promise<Account> {
  const { accounts, passwords, system } = deps;
  const admission = await chooseAdmission(deps, invite);
  const passwordHash = await passwords.hash(checkPassword(password, email));
  const id = toAccountId(system.newId());
  const account = { id, email, passwordHash, createdAt: system.now(), disabledAt: null };
  await accounts.createAccount(account, admission);
  return account;
}

/**
 * Signs in. Throws `unauthorized` alike for an unknown address and a wrong password, `forbidden` for a disabled
 * account, and `quota_exceeded` if too many devices are signed in.
 */
export async function logIn(deps: AccountDeps, { email, password, device }: Credentials): Promise<Grant> {
  const account = await requirePassword(deps, { email }, password, "sign_in");
  const report = { kind: "sign_in", account: account.id, subject: device } as const;
  try {
    const granted = await signInTo(deps, account, { password, device });
    deps.record({ ...report, outcome: "ok" });
    return granted;
  } catch (error) {
    if (hasCode(error, "unauthorized", "forbidden")) deps.record({ ...report, outcome: "failed" });
    throw error;
  }
}

/** Signs in to an account whose password was right a moment ago. */
async function signInTo(
  deps: AccountDeps,
  account: Account,
  { password, device }: Pick<Credentials, "password" | "device">,
): Promise<Grant> {
  if (account.disabledAt !== null) throw disabledAccount();
  const granted = await openSession(deps, account, device);
  if (await isChanged(deps, account, password)) {
    // The change ended all sessions but this one, which was created after it.
    await deps.accounts.endSession({ id: granted.session }, deps.system.now());
    throw wrongPassword();
  }
  return granted;
}

/**
 * The account with this password. Throws `unauthorized`, after the same time whether the account exists or not. `kind`
 * is what the password is asked for: an event of it that failed is recorded.
 */
export async function requirePassword(
  { accounts, passwords, record }: Pick<AccountDeps, "accounts" | "passwords" | "record">,
  by: { readonly id: string } | { readonly email: string },
  password: string,
  kind: AuthEventKind,
): Promise<Account> {
  const account = await accounts.findAccount(by);
  const { isRight, isOutdated } = await passwords.verify(password, account?.passwordHash ?? null);
  if (!account || !isRight) {
    const who = account ? { account: account.id } : { account: null, ...("email" in by && by) };
    record({ kind, outcome: "failed", ...who });
    throw wrongPassword();
  }
  // A better hash can wait for the next time.
  if (isOutdated) await improveHash({ accounts, passwords }, account, password).catch(() => undefined);
  return account;
}

async function improveHash(
  { accounts, passwords }: Pick<AccountDeps, "accounts" | "passwords">,
  { id, passwordHash }: Account,
  password: string,
): Promise<void> {
  await accounts.renewHash(id, passwordHash, await passwords.hash(password));
}

async function openSession(deps: AccountDeps, account: Account, device: string): Promise<Grant> {
  const { session, refreshToken } = await draftSession(deps);
  const isOpen = await deps.accounts.createSession({ ...session, account: account.id, device }, deps.quotas.devices);
  if (!isOpen) throw disabledAccount();
  return grant(deps, { account: account.id, email: account.email }, refreshToken);
}

/** Refuses before anything is computed. */
async function chooseAdmission({ accounts, signup }: AccountDeps, invite: string | undefined): Promise<Admission> {
  if (signup === "open") return { kind: "open" };
  if (signup !== "closed" && invite !== undefined) return { kind: "invite", hash: hashSecret(invite) };
  if (signup === "first" && !(await accounts.hadAccounts())) return { kind: "first" };
  if (signup === "closed") throw new TodoError("forbidden", "nobody can sign up here");
  const message = "only who was invited can sign up here";
  throw new TodoError("forbidden", message, {
    hints: ["Ask whoever runs this server: todo admin invite"],
    // Clients ask for an invitation where one helps.
    issues: [{ path: "invite", message }],
  });
}

/** Whether the password, which was right, has changed since. A renewed hash does not count. */
export async function isChanged(
  { accounts, passwords }: AccountDeps,
  before: Account,
  password: string,
): Promise<boolean> {
  const account = await accounts.findAccount({ id: before.id });
  if (account?.passwordHash === before.passwordHash) return false;
  return !(await passwords.verify(password, account?.passwordHash ?? null)).isRight;
}

function wrongPassword(): TodoError {
  return new TodoError("unauthorized", "the e-mail address or the password is wrong");
}

function disabledAccount(): TodoError {
  return new TodoError("forbidden", "this account is disabled");
}
