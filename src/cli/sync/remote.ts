import type { Replica } from "../../ports/replica.ts";
import type { SyncPeer } from "../../services/sync/synchronize.ts";

/** Whom a database follows or is to follow. `name` is what people call the user. */
export type RemoteAccount = { readonly server: string; readonly user: string; readonly name: string };

/** Whom to call when something may have changed at a remote that a replica lacks. `signal` ends it. */
export type Listener = {
  readonly user: string;
  readonly replica: Replica;
  readonly onHint: () => void;
  readonly signal: AbortSignal;
};

/** What a database syncs with: a server, or a database on one. */
export type Remote = {
  /** Says as whom it is asked. */
  readonly identify: () => Promise<RemoteAccount>;
  readonly peer: SyncPeer;
  /** Listens for a while. Whoever wants to go on calls it again. */
  readonly listen: (listener: Listener) => Promise<void>;
  readonly close: () => Promise<void>;
};
