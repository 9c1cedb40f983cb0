import { TodoError } from "../../src/domain/errors.ts";
import type { SyncStore } from "../../src/ports/sync.ts";
import { readSyncAnswer } from "../../src/contract/read-sync-answer.ts";
import { exchange } from "../../src/services/sync/exchange.ts";
import type { Purge } from "../../src/services/sync/purging.ts";
import type { PeerRequest } from "../../src/services/sync/synchronize.ts";
import { readWireSync, syncRequest, toWireSync } from "../../src/contract/sync.ts";
import type { Backing } from "./backing.ts";
import type { ServerWatch, Watch } from "./clocks.ts";
import { type Scheduler, resting } from "./scheduler.ts";

/** What plants a bug into a server: methods that take the place of the store's. */
export type Alter = (sync: SyncStore) => Partial<SyncStore>;

/** Something that answers a request of somebody who is signed in as a user: both are texts, as on the wire. */
export type Respond = (user: string, request: string) => Promise<string>;

export type Server = {
  readonly watch: ServerWatch;
  readonly backing: Backing;
  /** Its store, with its own time and what is planted. */
  readonly sync: () => SyncStore;
  readonly respond: Respond;
  /** The same, and nothing else happens meanwhile. */
  readonly respondInPeace: Respond;
  /** Requests that it was busy with end when it stops, for a while in which somebody else does something to it. */
  readonly restart: () => void;
  readonly restore: () => Promise<void>;
};

export function createServer(
  backing: Backing,
  {
    watch,
    rest,
    alter,
    openPurge,
  }: {
    readonly watch: ServerWatch;
    readonly rest: Scheduler["rest"];
    readonly alter?: Alter | undefined;
    /** What each process of it purges with, if it does. */
    readonly openPurge?: ((sync: SyncStore) => Purge) | undefined;
  },
): Server {
  let starts = 0;
  let purge: Purge | undefined;
  const sync = () => {
    const store = backing.sync();
    return withClock({ ...store, ...alter?.(store) }, watch);
  };
  const restart = () => {
    starts += 1;
    purge = undefined;
  };
  const answer = async (restOrGoOn: Scheduler["rest"], user: string, request: string) => {
    const answered = await respond(resting(sync(), restOrGoOn), user, request);
    purge ??= openPurge?.(sync());
    await purge?.(user);
    return answered;
  };
  return {
    watch,
    backing,
    sync,
    respond: (user, request) => {
      const started = starts;
      const restOrEnd = async (point: string) => {
        await rest(point);
        if (starts !== started) throw new TodoError("unavailable", "the server has stopped");
      };
      return answer(restOrEnd, user, request);
    },
    respondInPeace: (user, request) => answer(async () => {}, user, request),
    restart,
    restore: async () => {
      if (!backing.restore) return;
      restart();
      await backing.restore();
    },
  };
}

/** What the route does, without HTTP. */
async function respond(sync: SyncStore, user: string, text: string): Promise<string> {
  const body = syncRequest.parse(JSON.parse(text));
  return JSON.stringify(toWireSync(user, await exchange({ sync, user }, readWireSync(body))));
}

/** The words of a request, and what an answer says. Throws where the answer is not whole. */
export function writeRequest({ profile, ...request }: PeerRequest): string {
  const entries = profile && { profile: profile.changes, profile_tag: profile.tag };
  return JSON.stringify({ protocol: 1, ...request, ...entries });
}

export function readAnswer(text: string) {
  const answer = readSyncAnswer(parse(text));
  if (!answer) throw new TodoError("unavailable", "the answer is not one");
  return answer;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TodoError("unavailable", "the answer was cut off", { cause });
  }
}

/** The database's own clock is that of this machine, and the simulation has another time. */
function withClock(sync: SyncStore, { now }: Watch): SyncStore {
  return { ...sync, precheck: async (user, question) => ({ ...(await sync.precheck(user, question)), now: now() }) };
}
