import { TodoError } from "../../domain/errors.ts";
import { withTimeout } from "../../domain/waiting.ts";
import type { Replica } from "../../ports/replica.ts";
import { type Renew, synchronizeAlone, withLease } from "../../services/sync/synchronize.ts";
import { purgeFile } from "../../services/sync/purge-file.ts";
import { LOCAL_USER } from "../../services/workspace.ts";
import type { Invocation } from "../invocation.ts";
import { noteFailure } from "./note-failure.ts";
import { withRemote } from "./sync-with.ts";
import { resolveRemote } from "../config/resolve-remote.ts";

/** A burst of commands is over after so long without a change, and counts as over when it lasts. */
const QUIET_MS = 150;
const MAX_BURST_MS = 2000;
const POLL_INTERVAL_MS = 50;
/** All that it may take. What is left then is for the next one. */
const SYNC_TIMEOUT_MS = 25_000;

type Work = {
  readonly invocation: Invocation;
  readonly replica: Replica;
  /** The user's revision, which each change advances. */
  readonly readRevision: () => Promise<number>;
  /** When it must have ended, by `performance.now()`. */
  readonly deadline: number;
};

/** Syncs silently, and purges what is old. Failures are noted in the database, where `todo sync --status` finds them. */
export async function syncInBackground(invocation: Invocation): Promise<void> {
  const deadline = performance.now() + SYNC_TIMEOUT_MS;
  try {
    const { place } = invocation;
    if (place.kind === "server") return;
    const { openReplica, sync } = await place.open();
    const work = {
      invocation,
      replica: openReplica(LOCAL_USER),
      readRevision: () => sync.revision(LOCAL_USER),
      deadline,
    };
    // Writes during the lease started no sync.
    let again = true;
    while (again) again = (await syncOnce(work)) && (await hasUnsent(work));
    await purgeFile({ replica: work.replica, sync, user: LOCAL_USER }, invocation.io.system.now());
  } catch {
    // Another process syncs, or the database can't be used.
  }
}

async function hasUnsent({ invocation: { io }, replica }: Work): Promise<boolean> {
  return (await replica.state(io.system.now()))?.hasUnsent ?? false;
}

/** Answers whether it succeeded. Throws `locked` if another process syncs. */
function syncOnce(work: Work): Promise<boolean> {
  const { invocation, replica, deadline } = work;
  const { now } = invocation.io.system;
  return withLease({ replica, now }, async (renew) => {
    try {
      await withTimeout(syncWhenQuiet(work, renew), deadline - performance.now(), tookTooLong);
      return true;
    } catch (error) {
      await noteFailure(replica, error, now());
      return false;
    }
  });
}

function tookTooLong(): TodoError {
  return new TodoError("timed_out", "it takes too long");
}

/** Each exchange waits for the end of a burst. */
async function syncWhenQuiet({ invocation: { io }, replica, readRevision }: Work, renew: Renew): Promise<void> {
  const user = (await replica.binding())?.user;
  if (user === undefined) return;
  const { url } = await resolveRemote(io, replica);
  const begin = async () => {
    await renew();
    await waitUntilQuiet(readRevision);
  };
  await withRemote(io, url, ({ peer }) => synchronizeAlone({ replica, peer, user, now: io.system.now }, begin));
}

/** Waits until a burst of changes is over, which `readRevision` counts, or has lasted for two seconds. */
export async function waitUntilQuiet(readRevision: Work["readRevision"]): Promise<void> {
  let seen = await readRevision();
  for (let waited = 0, quiet = 0; waited < MAX_BURST_MS && quiet < QUIET_MS; waited += POLL_INTERVAL_MS) {
    await Bun.sleep(POLL_INTERVAL_MS);
    const next = await readRevision();
    quiet = next === seen ? quiet + POLL_INTERVAL_MS : 0;
    seen = next;
  }
}
