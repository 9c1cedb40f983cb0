import { signal } from "@preact/signals";
import { ALONE_ACCOUNT } from "../../database-name.ts";
import { keepText } from "../data/kept-text.ts";

/** An account that this browser has a database of. */
export type Account = { readonly account: string; readonly user: string; readonly email: string | null };

/** A database of this browser alone. */
export const ALONE: Account = { account: ALONE_ACCOUNT, user: "local", email: null };

const KEY = "todo.accounts";

/** Grows when this page has changed what is kept. */
const revision = signal(0);

type Kept = { readonly current: string | null; readonly accounts: readonly Account[] };

/** The accounts of this browser, the one that was used last first. */
export function listAccounts(): readonly Account[] {
  void revision.value;
  return read().accounts;
}

/** The account that the page opens with. */
export function currentAccount(): Account | undefined {
  const { current, accounts } = read();
  return accounts.find(({ account }) => account === current);
}

/** Opens the page with this account from now on. */
export function keepAccount(account: Account): void {
  const others = read().accounts.filter((each) => each.account !== account.account);
  write({ current: account.account, accounts: [account, ...others] });
}

/** Forgets an account. The page opens without one then. */
export function forgetAccount({ account }: Account): void {
  const { current, accounts } = read();
  const others = accounts.filter((each) => each.account !== account);
  write({ current: current === account ? null : current, accounts: others });
}

/** Opens the page with the choice between the accounts and a new sign-in. */
export function leaveAccount(): void {
  write({ ...read(), current: null });
}

const SIGN_OUTS_KEY = "todo.sign-outs";

/** Accounts that were left, whose sessions the server has to end. */
export function listSignOuts(): readonly string[] {
  return (localStorage.getItem(SIGN_OUTS_KEY) ?? "").split(" ").filter((account) => account !== "");
}

/** Notes that the session of an account has to end. */
export function keepSignOut(account: string): void {
  writeSignOuts([...listSignOuts(), account]);
}

/** Notes that there is none to be ended of an account. */
export function keepSignedIn(account: string): void {
  writeSignOuts(listSignOuts().filter((each) => each !== account));
}

function writeSignOuts(accounts: readonly string[]): void {
  keepText(SIGN_OUTS_KEY, accounts.length === 0 ? null : [...new Set(accounts)].join(" "));
}

/** What another version or a person wrote there may be anything. */
function read(): Kept {
  try {
    const { current, accounts } = JSON.parse(localStorage.getItem(KEY) ?? "");
    if (Array.isArray(accounts)) return { current, accounts };
  } catch {
    // Nothing was kept yet.
  }
  return { current: null, accounts: [] };
}

function write(kept: Kept): void {
  keepText(KEY, JSON.stringify(kept));
  revision.value += 1;
}
