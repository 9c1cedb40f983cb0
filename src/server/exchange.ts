import type { TodoError } from "../domain/errors.ts";
import type { Store } from "../domain/store.ts";
import type { Surroundings } from "../domain/surroundings.ts";
import type { Authenticate } from "../services/tokens/authenticate.ts";
import type { RateLimit } from "./rate-limit.ts";

/** What the server works with. */
export type Parts = {
  readonly store: Store;
  readonly around: Surroundings;
  readonly version: string;
  readonly authenticate: Authenticate;
  readonly limitUser: RateLimit;
  readonly limitAddress: RateLimit;
  /** Origins of front ends in browsers that may call, exactly as browsers send them. */
  readonly origins: readonly string[];
  /** Proxies in front of the server that each append to `X-Forwarded-For`. */
  readonly proxies: number;
  /** Milliseconds in which a request must be answered. */
  readonly deadline: number;
  readonly isDraining: () => boolean;
  readonly log: (entry: LogEntry) => void;
};

/** One line of the log. Nothing of a token, a body or a query stands in it. */
export type LogEntry = {
  readonly request: string;
  readonly route: string;
  readonly status: number;
  /** Milliseconds. */
  readonly ms: number;
  readonly user: string | null;
  /** What went wrong where the client is told nothing: kind and place, no values. */
  readonly error?: string;
};

/** One request on its way through the server, with what becomes known of it. */
export type Exchange = {
  readonly request: Request;
  readonly id: string;
  readonly parts: Parts;
  /** The address of the socket, nothing where there is none as in tests. */
  readonly readPeer: () => string | undefined;
  user: string | null;
  /** What went wrong in here, for the log. */
  crash: TodoError | undefined;
};
