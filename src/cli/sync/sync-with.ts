import { isDatabaseUrl } from "../../domain/database-url.ts";
import { TodoError } from "../../domain/errors.ts";
import { formatTaskCount } from "../../domain/task/text.ts";
import type { Replica } from "../../ports/replica.ts";
import { synchronize, type Synced, type SyncDeps, type SyncPeer } from "../../services/sync/synchronize.ts";
import { confirmUpload } from "./link-account.ts";
import { notingFailure } from "./note-failure.ts";
import type { Io } from "../platform/io.ts";
import type { Invocation } from "../invocation.ts";
import type { RemoteAccount, Remote } from "./remote.ts";
import type { Watched } from "./watch.ts";
import { hostOf } from "../config/resolve-server.ts";

export type SyncOrder = {
  /** The base URL of a server, or the URL of a database on one. */
  readonly url: string;
  readonly replica: Replica;
  /** The number of local tasks, which a first sync uploads. */
  readonly count: () => Promise<number>;
  readonly isAgreed: boolean;
  /** Called after each exchange with the progress so far. */
  readonly report: (synced: Synced) => void;
};

/** Syncs with the remote, and binds the replica to it the first time. Throws what `synchronize` throws, and `usage`. */
export function syncWith(invocation: Invocation, order: SyncOrder): Promise<Synced> {
  return whileBound(invocation, order, (deps) =>
    notingFailure(deps, () => synchronize({ ...deps, report: order.report })),
  );
}

/** Syncs again whenever something changes on either side, until a stop signal. */
export function watchWith(
  invocation: Invocation,
  order: SyncOrder,
  { onSynced, onFailure }: { readonly onSynced: (synced: Synced) => Promise<void> } & Pick<Watched, "onFailure">,
): Promise<void> {
  const { replica } = order;
  const { io } = invocation;
  return whileBound(invocation, order, async ({ remote, ...deps }) => {
    const { watchChanges } = await import("./watch.ts");
    return watchChanges(io, {
      sync: async (signal) => {
        const peer = untilSignal(remote.peer, signal);
        await onSynced(await notingFailure(deps, () => synchronize({ ...deps, peer, report: order.report })));
      },
      hasUnsent: async () => (await replica.state(io.system.now()))?.hasUnsent ?? false,
      listen: (onHint, signal) => remote.listen({ user: deps.user, replica, onHint, signal }),
      onFailure,
    });
  });
}

/** A peer that stops waiting when the signal aborts: an exchange may be repeated. */
function untilSignal({ exchange }: SyncPeer, signal: AbortSignal): SyncPeer {
  return {
    exchange: async (request) => {
      signal.throwIfAborted();
      const { promise, reject } = Promise.withResolvers<never>();
      const giveUp = () => reject(signal.reason);
      signal.addEventListener("abort", giveUp);
      try {
        return await Promise.race([exchange(request), promise]);
      } finally {
        signal.removeEventListener("abort", giveUp);
      }
    },
  };
}

async function whileBound<Result>(
  invocation: Invocation,
  order: SyncOrder,
  work: (deps: SyncDeps & { readonly remote: Remote }) => Promise<Result>,
): Promise<Result> {
  const { replica, url } = order;
  const { now } = invocation.io.system;
  return withRemote(invocation.io, url, async (remote) => {
    const user = (await replica.binding())?.user ?? (await bind(invocation, remote, order));
    return work({ remote, replica, peer: remote.peer, user, now });
  });
}

/** Works with the remote at a URL. Throws `unauthorized` if there is no credential for it. */
export async function withRemote<Result>(
  io: Io,
  url: string,
  work: (remote: Remote) => Promise<Result>,
): Promise<Result> {
  const remote = await openRemote(io, url);
  try {
    return await work(remote);
  } finally {
    await remote.close();
  }
}

async function openRemote(io: Io, url: string): Promise<Remote> {
  if (isDatabaseUrl(url)) return (await import("./database-remote.ts")).openDatabaseRemote(io, url);
  return (await import("../api-client/sync-peer.ts")).openServerRemote(io, url);
}

/** Makes the local tasks the account's, which can't be undone. */
async function bind(
  invocation: Invocation,
  { identify }: Remote,
  { replica, count, isAgreed }: SyncOrder,
): Promise<string> {
  const account = await identify();
  const tasks = await count();
  if (tasks > 0 && !isAgreed && !confirmUpload(invocation, tasks, account))
    throw refuseUpload(invocation, tasks, account);
  await replica.bind(account);
  return account.user;
}

function refuseUpload({ io }: Invocation, tasks: number, { server, name }: RemoteAccount): TodoError {
  if (io.input.isTerminal()) return new TodoError("usage", "nothing was uploaded");
  return new TodoError("usage", `${formatTaskCount(tasks)} would be uploaded to ${hostOf(server)} as ${name}`, {
    hints: ["Agree with: todo sync --yes"],
  });
}
