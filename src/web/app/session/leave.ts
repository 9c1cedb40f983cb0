import { emptyDraft } from "../data/drafts.ts";
import { forgetOverrulings } from "../data/overruled.ts";
import { ALONE, forgetAccount, keepSignedIn, keepSignOut, listAccounts } from "./accounts.ts";
import { account, endSession, restart, useReplica } from "./session.ts";
import { finishSignOuts } from "./sign-out.ts";

/** What the pages of this browser tell each other of accounts. */
const CHANNEL = "todo.session";
type Message = { readonly left: string };
const PATIENCE_MS = 2000;

/** Signs out: removes the database, ends the session, and starts the page anew. Without a network the session ends later. */
export async function leave(): Promise<void> {
  const { value: current } = account;
  if (!current) return;
  const { account: left } = current;
  if (left !== ALONE.account) keepSignOut(left);
  try {
    await useReplica().ask("remove", null);
  } catch (error) {
    keepSignedIn(left);
    throw error;
  }
  endSession();
  forgetAccount(current);
  forgetOverrulings(left);
  emptyDraft();
  tellOfLeaving(left);
  // What takes longer is done when the page has started anew.
  await Promise.race([finishSignOuts(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  restart();
}

let channel: BroadcastChannel | undefined;

/** One for the page: what it says comes to all others and not to itself. */
function useChannel(): BroadcastChannel {
  return (channel ??= new BroadcastChannel(CHANNEL));
}

/** Ends the other pages of this browser that have an account open. */
export function tellOfLeaving(left: string): void {
  useChannel().postMessage({ left } satisfies Message);
}

/** Ends this page when its account is left in another one. */
export function watchAccounts(): void {
  useChannel().addEventListener("message", ({ data }: MessageEvent<Message>) => {
    if (data.left === account.value?.account) startAnew();
  });
  // A page that slept may have missed it.
  document.addEventListener("visibilitychange", () => {
    const { value: current } = account;
    const isKept = listAccounts().some((each) => each.account === current?.account);
    if (current !== null && !isKept) startAnew();
  });
  // A page that comes back from the cache of the browser has lost its worker.
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) location.reload();
  });
}

function startAnew(): void {
  endSession();
  restart();
}
