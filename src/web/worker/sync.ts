import { hasCode, isUnauthorized, TodoError } from "../../domain/errors.ts";
import { backOff } from "../../domain/waiting.ts";
import type { Replica } from "../../ports/replica.ts";
import { synchronizeAlone, type SyncPeer } from "../../services/sync/synchronize.ts";
import type { Notice, Owner, SyncState } from "../protocol.ts";
import type { Changes } from "./changes.ts";
import { coalesce } from "./coalesce.ts";
import { toFailure } from "./failures.ts";
import { listenForHints } from "./hints.ts";
import { createNap } from "./nap.ts";
import { createPeer } from "./peer.ts";
import type { Database, Platform } from "./platform.ts";
import { createAccessToken } from "./token.ts";

/** Several edits in a row go together. */
const EDIT_DELAY_MS = 150;
/** The page gives a token before, unless it has no network or no session. */
const TOKEN_TIMEOUT_MS = 5000;
const SECOND_MS = 1000;
const retryDelayMs = backOff({ firstMs: 1000, maxMs: 60_000 });

/** Failures that pass by themselves. */
const PASSING = ["unavailable", "timed_out", "read_timed_out", "rate_limited", "locked"] as const;

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

export type SyncingDeps = {
  readonly platform: Platform;
  readonly owner: Owner;
  readonly database: Database;
  readonly replica: Replica;
  readonly changes: Changes;
};

/** Begins to sync as soon as the page gives a token. */
export function startSyncing({ platform, owner, database, replica, changes }: SyncingDeps): Syncing {
  const { system, server, withLock } = platform;
  const { user } = owner;
  const token = createAccessToken();
  const ending = new AbortController();
  const { signal } = ending;
  const hintNap = createNap();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failure: { readonly error: unknown; readonly at: number } | undefined;
  let failures = 0;

  const post = (notice: Notice) => {
    if (!signal.aborted) platform.post(notice);
  };
  const say = (state: SyncState) => post({ kind: "sync", state });
  const sayState = async () => {
    const [binding, backlog] = await Promise.all([replica.binding(), replica.backlog()]);
    const counts = { unsent: backlog.unsent, refused: backlog.rejected.length };
    const at = binding?.syncedAt ?? null;
    // Another page may have synced since.
    if (failure && (at === null || at <= failure.at)) {
      const { code, message } = toFailure(failure.error, undefined);
      return say({ kind: "failed", code, message, ...counts });
    }
    say(at === null ? { kind: "syncing", received: 0, isFirst: true } : { kind: "synced", at, ...counts });
  };

  /** One sync. No other page syncs meanwhile. */
  const sync = async (given: string) => {
    const binding = await replica.binding();
    if (binding?.server !== server || binding.user !== user) await replica.bind({ server, user });
    const isFirst = (binding?.cursor ?? null) === null;
    say({ kind: "syncing", received: 0, isFirst });
    const report = ({ received }: { readonly received: number }) => {
      say({ kind: "syncing", received, isFirst });
      void changes.sendNews();
    };
    const { exchange } = createPeer({ ...platform, token: given, signal });
    let mayDrop = false;
    const peer: SyncPeer = {
      exchange: (request) =>
        exchange(request).catch((error: unknown) => {
          mayDrop ||= hasCode(error, "cursor_expired");
          throw error;
        }),
    };
    const work = () => synchronizeAlone({ replica, peer, user, now: system.now, report }, keepGoing);
    await (isFirst ? whileHeld(database, changes, work) : work());
    // What was dropped has no revision by which it would be told.
    if (mayDrop) await changes.sendAll();
  };
  const attempt = async () => {
    clearTimeout(timer);
    if (signal.aborted) return;
    const given = token.current();
    try {
      if (given == null) throw explainNoToken(given);
      await withLock(`todo-sync:${owner.account}`, () => sync(given));
      failure = undefined;
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      if (!hasCode(error, "locked")) failure = { error, at: system.now() };
      if (given != null && isUnauthorized(error)) token.refuse(given);
      if (hasCode(error, ...PASSING)) runIn(Math.max(retryDelayMs(failures), (error.retryAfter ?? 0) * SECOND_MS));
    }
    await changes.sendNews();
    await sayState();
    if (token.current() == null) post({ kind: "token" });
  };
  const run = coalesce(attempt);
  const runIn = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), ms);
  };

  runIn(TOKEN_TIMEOUT_MS);
  void listenForHints({ platform, name: owner.account, token, onHint: () => void run(), nap: hintNap, signal });
  return {
    authorize: (given) => {
      token.set(given);
      void run();
    },
    noteEdit: () => runIn(EDIT_DELAY_MS),
    sayState,
    syncNow: async () => {
      hintNap.wake();
      await run();
    },
    end: () => {
      clearTimeout(timer);
      ending.abort();
    },
  };
}

/** The lock of the browser needs not be renewed. */
async function keepGoing(): Promise<void> {}

/** A first sync changes the same pieces of the database again and again, so they are kept at its end. */
async function whileHeld({ hold, release }: Database, changes: Changes, work: () => Promise<unknown>): Promise<void> {
  await hold();
  try {
    try {
      await work();
    } finally {
      await release();
    }
  } catch (error) {
    // Another page has written meanwhile. What was held is gone, and this page was told of it.
    if (hasCode(error, "locked")) await changes.sendAll();
    throw error;
  }
}

function explainNoToken(token: null | undefined): TodoError {
  return token === null
    ? new TodoError("unauthorized", "nobody is signed in")
    : new TodoError("unavailable", "the server could not be asked who is signed in");
}
