import { DAY_MS } from "../../domain/durations.ts";
import type { AuthEventKind } from "../../domain/auth-event.ts";
import type { Account, AccountStore, ListedInvite } from "../../ports/accounts.ts";
import { TodoError } from "../../domain/errors.ts";
import { hashSecret, makeInviteCode, makeUserCode } from "./opaque-secrets.ts";
import type { Passwords } from "./passwords.ts";
import { email as emailShape } from "../../contract/accounts.ts";

const INVITE_LIFETIME_MS = 7 * DAY_MS;

/** Creates an invitation for one account. `now` in Unix milliseconds. */
export async function createInvite(accounts: AccountStore, now: number) {
  const code = makeInviteCode();
  const expiresAt = now + INVITE_LIFETIME_MS;
  await accounts.createInvite({ hash: hashSecret(code), createdAt: now, expiresAt });
  return { code, expiresAt };
}

/** An invitation as its operator sees it. The id is the hash of its code, which is not stored. */
export type InviteSummary = Omit<ListedInvite, "hash"> & {
  readonly id: string;
  readonly state: "open" | "used" | "expired";
};

/** The invitations that are kept, the oldest first. `now` in Unix milliseconds. */
export async function listInvites(accounts: AccountStore, now: number): Promise<InviteSummary[]> {
  return (await accounts.listInvites()).map(({ hash: id, ...invite }) => {
    const unused = invite.expiresAt > now ? "open" : "expired";
    return { id, ...invite, state: invite.usedBy === null ? unused : "used" };
  });
}

/** Takes an invitation back. Throws `conflict` if somebody has used it meanwhile. */
export async function revokeInvite(accounts: AccountStore, { id }: InviteSummary): Promise<void> {
  if (await accounts.removeInvite(id)) return;
  throw new TodoError("conflict", "somebody has used this invitation", { hints: ["See: todo admin users"] });
}

/** Disables an account with all its devices and programs, or enables it again. Throws `not_found`. */
export async function setDisabled(
  accounts: AccountStore,
  email: string,
  { isDisabled, now }: { readonly isDisabled: boolean; readonly now: number },
): Promise<Account> {
  const account = await requireAccount(accounts, email);
  await accounts.setDisabled(account.id, isDisabled ? now : null);
  await keepEvent(accounts, account, { kind: isDisabled ? "account_disable" : "account_enable", at: now });
  return account;
}

/** Gives an account a new password and ends its sessions and tokens. Throws `not_found`. */
export async function resetPassword(
  { accounts, passwords }: { readonly accounts: AccountStore; readonly passwords: Passwords },
  email: string,
  now: number,
): Promise<{ readonly account: Account; readonly password: string }> {
  const account = await requireAccount(accounts, email);
  const password = [makeUserCode(), makeUserCode()].join("-").toLowerCase();
  const hash = await passwords.hash(password);
  await accounts.setPassword({ account: account.id, hash, now, tokens: true });
  await keepEvent(accounts, account, { kind: "password_reset", at: now });
  return { account, password };
}

/** It was done on the server's machine, so there is no address. What was done is done, whether it is kept or not. */
async function keepEvent(
  accounts: AccountStore,
  { id }: Account,
  what: { readonly kind: AuthEventKind; readonly at: number },
): Promise<void> {
  const event = { account: id, outcome: "ok", address: null, network: null, subject: null, ...what } as const;
  await accounts.addEvent(event).catch(() => undefined);
}

async function requireAccount(accounts: AccountStore, typed: string): Promise<Account> {
  const email = emailShape.safeParse(typed);
  const account = email.success ? await accounts.findAccount({ email: email.data }) : null;
  if (account) return account;
  throw new TodoError("not_found", "there is no account with this e-mail address", {
    hints: ["See: todo admin users"],
  });
}
