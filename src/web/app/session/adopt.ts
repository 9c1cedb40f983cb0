import { keepText } from "../data/kept-text.ts";
import { showDone } from "../data/toast.ts";
import { ALONE, forgetAccount, listAccounts } from "./accounts.ts";
import { tellOfLeaving } from "./leave.ts";
import { account, useReplica } from "./session.ts";

const DECLINED_KEY = "todo.adopt-declined";

/** Whether tasks of this browser alone can come into the account that is open. */
export function canAdopt(): boolean {
  const isSignedIn = account.value !== null && account.value.account !== ALONE.account;
  return isSignedIn && listAccounts().some((each) => each.account === ALONE.account);
}

/** Brings the tasks of this browser alone into the account that is open. Throws as the worker does. */
export async function adopt(): Promise<void> {
  // Other pages must not go on writing there.
  tellOfLeaving(ALONE.account);
  const { count } = await useReplica().ask("adopt", null);
  forgetAccount(ALONE);
  showDone({ words: count === 1 ? "1 task came along" : `${count} tasks came along`, ids: [] }, { canUndo: false });
}

/** Asks no more, in this browser, whether they shall come. The settings still offer it. */
export function declineAdoption(): void {
  keepText(DECLINED_KEY, "yes");
}

export function isAdoptionDeclined(): boolean {
  return localStorage.getItem(DECLINED_KEY) !== null;
}
