import { TodoError } from "../../domain/errors.ts";
import type { Replica } from "../../domain/replica.ts";
import { readIdentity } from "../../services/server-replies.ts";
import { synchronize, type Synced } from "../../services/sync/synchronize.ts";
import { confirm } from "../confirm.ts";
import type { Session } from "../session.ts";
import { hostOf } from "../which-server.ts";
import { openServer, type ServerSession } from "./session.ts";
import { createHttpPeer } from "./sync-peer.ts";

export type SyncOrder = {
  readonly origin: string;
  readonly replica: Replica;
  /** How many tasks are there, which a first sync brings to the server. */
  readonly count: () => Promise<number>;
  readonly isAgreed: boolean;
};

/** Syncs with a server, which the replica is bound to at the first time. Throws what `synchronize` does, and `usage`. */
export async function syncWithServer(session: Session, order: SyncOrder): Promise<Synced> {
  const { replica, origin } = order;
  const server = await openServer(session.io, origin);
  const user = (await replica.binding())?.user ?? (await bind(session, server, order));
  const peer = createHttpPeer(server, user);
  return synchronize({ replica, peer, user, now: session.io.around.now });
}

/** The tasks that are here become those of the account, which nobody can take back. */
async function bind(session: Session, server: ServerSession, { replica, origin, count, isAgreed }: SyncOrder) {
  const { io } = session;
  const { id: user, email } = await server.ask(readIdentity, { method: "GET", path: "/api/me" });
  const tasks = await count();
  if (tasks > 0 && !isAgreed) {
    const question = `Upload ${tasks} tasks to ${hostOf(origin)} as ${email ?? user}?`;
    if (!io.input.isTerminal()) {
      throw new TodoError("usage", `${tasks} tasks would be uploaded to ${hostOf(origin)} as ${email ?? user}`, {
        hints: ["Agree with: todo sync --yes"],
      });
    }
    if (!confirm(session, question)) throw new TodoError("usage", "nothing was uploaded");
  }
  await replica.bind({ server: origin, user });
  return user;
}
