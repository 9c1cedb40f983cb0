import { signal } from "@preact/signals";
import { isUnauthorized, TodoError } from "../../../domain/errors.ts";
import type { WirePageGrant, WirePageSettings } from "../../../contract/web.ts";
import type { SyncState } from "../../protocol.ts";
import { keepOverruling, startOverrulings } from "../data/overruled.ts";
import { emptyPool, isWhole, takeTasks } from "../data/pool.ts";
import { type Replica, startReplica } from "../data/replica.ts";
import { filtersRevision } from "../data/revisions.ts";
import { type Account, ALONE, currentAccount, keepAccount, keepSignedIn } from "./accounts.ts";
import { finishSignOuts } from "./sign-out.ts";
import { showFirstRows } from "./first-rows.ts";
import { fetchConfig, fetchForeignToken, redeemCode, refresh } from "./web-api.ts";

/** A right to sync for some seconds. */
type Token = Pick<WirePageGrant, "access_token" | "expires_in">;

/** A token is renewed before it runs out. */
const RENEW_EARLY_S = 60;
/** Whatever a server says: it is not asked all the time, and a timer of a browser does not wait for weeks. */
const MIN_RENEWAL_S = 10;
const MAX_RENEWAL_S = 86_400;

/** Who uses the page. null: nobody yet, so it asks. */
export const account = signal<Account | null>(null);
export const syncState = signal<SyncState>({ kind: "alone" });
/** Whether the person has to sign in again before anything syncs. */
export const needsSignIn = signal(false);
export const config = signal<WirePageSettings | null>(null);
export const isStarting = signal(true);
/** Why the database of the account can't be opened. */
export const openFailure = signal<TodoError | null>(null);

let replica: Replica | null = null;
let renewal: ReturnType<typeof setTimeout> | undefined;
let accessToken: string | null = null;

/** The worker of the account. Throws if nobody uses the page yet. */
export function useReplica(): Replica {
  if (!replica) throw new Error("no database is open");
  return replica;
}

/** Opens the page for who used it last, or for who brings a code. */
export async function startSession(): Promise<void> {
  const code = new URLSearchParams(location.hash.slice(1)).get("code");
  try {
    const last = currentAccount();
    if (code === null && last) return await openAccount(last);
    await finishSignOuts();
    if (code !== null) return await enterWithCode(code);
    config.value = await fetchConfig();
    if (config.value.token_url !== null) await enterWithForeignToken(config.value.token_url);
  } catch (error) {
    // Without a network or a session the page asks who it is, and says why when somebody tries.
    if (!(error instanceof TodoError)) throw error;
  } finally {
    isStarting.value = false;
  }
}

/** Opens the account that has just signed in. */
export async function enter({ user, account: name, ...grant }: WirePageGrant): Promise<void> {
  const entered = { account: name, user: user.id, email: user.email };
  keepAccount(entered);
  keepSignedIn(name);
  await open(entered, grant);
}

/** Uses the page with a database of this browser alone. */
export async function useAlone(): Promise<void> {
  keepAccount(ALONE);
  await openAccount(ALONE);
}

/** Renews the token now, such as when the network is back. */
export async function renewToken(): Promise<void> {
  const current = account.value;
  if (!current || current.account === ALONE.account) return;
  try {
    scheduleRenewal(await askForToken(current));
    needsSignIn.value = false;
  } catch (error) {
    if (isUnauthorized(error)) {
      accessToken = null;
      needsSignIn.value = true;
    } else if (!(error instanceof TodoError)) throw error;
  }
}

/** A token for requests of one's own. Throws `unauthorized`, or `unavailable` without a network. */
export async function useToken(): Promise<string> {
  if (accessToken === null) await renewToken();
  if (accessToken !== null) return accessToken;
  if (needsSignIn.value) throw new TodoError("unauthorized", "you have to sign in again first");
  throw new TodoError("unavailable", "the server can't be reached");
}

export function hasToken(): boolean {
  return accessToken !== null;
}

/** Ends the worker, so that the database is free. The page must be loaded anew then. */
export function endSession(): void {
  clearTimeout(renewal);
  accessToken = null;
  replica?.end();
}

/** Loads the page anew, without what is in the address. */
export function restart(): void {
  location.hash = "";
  location.reload();
}

async function enterWithCode(code: string): Promise<void> {
  // It must not stay in the history of the browser.
  history.replaceState(null, "", location.pathname);
  await enter(await redeemCode(code));
}

async function enterWithForeignToken(url: string): Promise<void> {
  const grant = await fetchForeignGrant(url);
  keepAccount(grant.account);
  await open(grant.account, grant);
}

async function openAccount(entered: Account): Promise<void> {
  await open(entered, null);
  if (openFailure.value !== null) return;
  // Before anything else is asked of the server. The tasks are shown already.
  await finishSignOuts();
  config.value ??= await fetchConfig().catch(() => null);
  await renewToken();
}

async function open(entered: Account, grant: Token | null): Promise<void> {
  replica?.end();
  emptyPool();
  const started = startReplica((notice) => {
    if (notice.kind === "tasks") {
      takeTasks(notice.tasks, notice.whole);
      if (notice.last) isWhole.value = true;
    } else if (notice.kind === "sync") syncState.value = notice.state;
    else if (notice.kind === "filters") filtersRevision.value += 1;
    else if (notice.kind === "overruled") keepOverruling(entered.account, notice);
    else void renewToken();
  });
  replica = started;
  account.value = entered;
  startOverrulings(entered.account);
  void showFirstRows(entered);
  const isAlone = entered.account === ALONE.account;
  try {
    await started.ask("open", { account: entered.account, user: entered.user, server: !isAlone });
  } catch (error) {
    if (!(error instanceof TodoError)) throw error;
    openFailure.value = error;
    return;
  }
  if (grant) scheduleRenewal(grant);
}

async function askForToken(current: Account): Promise<Token> {
  config.value ??= await fetchConfig();
  const { token_url: url } = config.value;
  if (url === null) return refresh(current.account);
  const grant = await fetchForeignGrant(url);
  // Somebody else signed in over there. Their tasks are in a database of their own.
  if (grant.account.account !== current.account) {
    keepAccount(grant.account);
    endSession();
    restart();
    throw new TodoError("unauthorized", "somebody else has signed in");
  }
  return grant;
}

/** A token of another server, and whose it is. */
async function fetchForeignGrant(url: string) {
  const { token, subject, expiresAt } = await fetchForeignToken(url);
  const whose: Account = { account: subject, user: subject, email: null };
  return { account: whose, access_token: token, expires_in: expiresAt - Date.now() / 1000 };
}

function scheduleRenewal({ access_token: token, expires_in: seconds }: Token): void {
  accessToken = token;
  void replica?.ask("authorize", { token });
  clearTimeout(renewal);
  const wait = Math.min(Math.max(seconds - RENEW_EARLY_S, MIN_RENEWAL_S), MAX_RENEWAL_S);
  renewal = setTimeout(() => void renewToken(), wait * 1000);
}
