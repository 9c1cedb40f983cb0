import type { Replica } from "../../ports/replica.ts";
import type { SyncPeer } from "../../services/sync/synchronize.ts";

/** The account that a database follows or is to follow. `name` is the user's name for people. */
export type RemoteAccount = { readonly server: string; readonly user: string; readonly name: string };

/** A replica, and its callback for possible new changes at the remote. `signal` ends the listening. */
export type Listener = {
  readonly user: string;
  readonly replica: Replica;
  readonly onHint: () => void;
  readonly signal: AbortSignal;
};

/** A remote to sync with: a server, or a database on one. */
export type Remote = {
  /** Answers the account that the credential names. */
  readonly identify: () => Promise<RemoteAccount>;
  readonly peer: SyncPeer;
  /** Listens for a while. Call it again to go on. */
  readonly listen: (listener: Listener) => Promise<void>;
  readonly close: () => Promise<void>;
};
