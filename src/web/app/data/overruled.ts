import { signal } from "@preact/signals";
import type { LoggedChange, LogEntry } from "../../protocol.ts";
import { keepText } from "./kept-text.ts";

/** A sync in which later values of others took the place of some that were not sent yet. Times are Unix milliseconds. */
export type Overruling = {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly isSeen: boolean;
};

const KEY = "todo.overruled:";
/** Older ones have moved far down in the log. */
const MAX_KEPT = 100;

/** Those of the account that is open, the oldest first. */
export const overrulings = signal<readonly Overruling[]>([]);

/** Reads what was kept for an account, and follows what other pages keep. */
export function startOverrulings(account: string): void {
  overrulings.value = read(account);
  window.addEventListener("storage", ({ key }) => {
    if (key === KEY + account) overrulings.value = read(account);
  });
}

export function keepOverruling(account: string, { from, to, count }: Omit<Overruling, "isSeen">): void {
  write(account, [...read(account), { from, to, count, isSeen: false }].slice(-MAX_KEPT));
}

/** Notes that the log was looked at, so that nothing is counted any more. */
export function seeOverrulings(account: string): void {
  const kept = read(account);
  if (kept.some(({ isSeen }) => !isSeen)) {
    write(
      account,
      kept.map((each) => ({ ...each, isSeen: true })),
    );
  }
}

export function forgetOverrulings(account: string): void {
  keepText(KEY + account, null);
}

/** How many values were overruled since the log was looked at. */
export function countUnseen(all: readonly Overruling[]): number {
  return all.reduce((sum, { count, isSeen }) => (isSeen ? sum : sum + count), 0);
}

/** The changes of an entry by which something was overruled that was written here and not sent yet. */
export function findOverruled({ at, changes }: LogEntry, all: readonly Overruling[]): readonly LoggedChange[] {
  const time = Date.parse(at);
  if (!all.some(({ from, to }) => from <= time && time <= to)) return [];
  return changes.filter(({ replacedOwn }) => replacedOwn);
}

/** What another version or a person wrote there may be anything. */
function read(account: string): readonly Overruling[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY + account) ?? "");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

function write(account: string, all: readonly Overruling[]): void {
  keepText(KEY + account, JSON.stringify(all));
  overrulings.value = all;
}
