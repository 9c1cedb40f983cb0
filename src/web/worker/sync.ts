import { hasCode, isUnauthorized, TodoError } from "../../domain/errors.ts";
import { isPassing, retryDelayMs } from "../../services/sync/passing.ts";
import type { Notice, SyncState } from "../protocol.ts";
import { coalesce } from "./coalesce.ts";
import { listenForHints } from "./hints.ts";
import { createNap } from "./nap.ts";
import { nameSyncLock, type SyncDeps, syncOnce } from "./sync-once.ts";
import { readSyncState, type SyncFault } from "./sync-state.ts";
import { createAccessToken } from "./token.ts";

/** Several edits in a row go together. */
const EDIT_DELAY_MS = 150;
/** The page gives a token before, unless it has no network or no session. */
const TOKEN_TIMEOUT_MS = 5000;
const SECOND_MS = 1000;

/** Keeps a database and its server in agreement. */
export type Syncing = {
  readonly authorize: (token: string | null) => void;
  /** Syncs soon, because something was changed here. */
  readonly noteEdit: () => void;
  /** Says anew how things stand, because another page may have changed that. */
  readonly sayState: () => Promise<void>;
  /** Syncs now, and resolves when that has ended, however it did. */
  readonly syncNow: () => Promise<void>;
  readonly end: () => void;
};

/** Begins to sync as soon as the page gives a token. */
export function startSyncing(deps: SyncDeps): Syncing {
  const { platform, owner, replica, changes } = deps;
  const token = createAccessToken();
  const ending = new AbortController();
  const { signal } = ending;
  const nap = createNap();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: ReturnType<typeof setTimeout> | undefined;
  let fault: SyncFault | null = null;
  let failures = 0;
  /** Tokens in a row that the server has refused. */
  let refusals = 0;

  const post = (notice: Notice) => {
    if (!signal.aborted) platform.post(notice);
  };
  const say = (state: SyncState) => post({ kind: "sync", state });
  const sayState = async () => say(await readSyncState(replica, fault));
  const runIn = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), ms);
  };
  /** At once if one has run out. A server that takes none is not asked for them all the time. */
  const askForToken = () => {
    const ask = () => post({ kind: "token" });
    clearTimeout(asking);
    if (refusals > 1) asking = setTimeout(ask, retryDelayMs(refusals));
    else ask();
  };
  const noteFailure = async (error: unknown, given: string | null | undefined) => {
    failures += 1;
    if (given != null && isUnauthorized(error)) {
      refusals += 1;
      token.refuse(given);
    }
    if (isPassing(error)) runIn(Math.max(retryDelayMs(failures), (error.retryAfter ?? 0) * SECOND_MS));
    // Another page has written: that is no fault.
    if (!hasCode(error, "locked")) fault = { error, syncedAt: (await replica.binding())?.syncedAt ?? null };
  };
  const run = coalesce(async () => {
    clearTimeout(timer);
    if (signal.aborted) return;
    const given = token.current();
    try {
      if (given == null) throw explainNoToken(given);
      await platform.withLock(nameSyncLock(owner), () => syncOnce(deps, { token: given, signal, say }));
      fault = null;
      failures = refusals = 0;
    } catch (error) {
      if (signal.aborted) return;
      await noteFailure(error, given);
    }
    await changes.sendNews();
    await sayState();
    if (token.current() == null) askForToken();
  });

  runIn(TOKEN_TIMEOUT_MS);
  void listenForHints({ platform, name: owner.account, token, onHint: () => void run(), nap, signal });
  return {
    authorize: (given) => {
      token.set(given);
      void run();
    },
    noteEdit: () => runIn(EDIT_DELAY_MS),
    sayState,
    syncNow: () => {
      nap.wake();
      return run();
    },
    end: () => {
      clearTimeout(timer);
      clearTimeout(asking);
      ending.abort();
    },
  };
}

function explainNoToken(token: null | undefined): TodoError {
  return token === null
    ? new TodoError("unauthorized", "nobody is signed in")
    : new TodoError("unavailable", "the server could not be asked who is signed in");
}
