import type { Replica } from "../../ports/replica.ts";
import type { Engine, Step } from "../engine.ts";
import { createWriteStatements } from "../tasks/write-statements.ts";
import {
  claimPurge,
  claimWarning,
  findBinding,
  findServedAt,
  findState,
  giveLease,
  isPurgeDue,
  noteFailure,
  notePurge,
  noteServer,
  put,
  readFacts,
  takeLease,
} from "./replica-state.ts";

/** The replica in a SQLite database. What only a sync needs loads when it is used. `user` is the owner of the tasks in it. */
export function createReplica(engine: Engine, user: string): Replica {
  const author = { engine, statements: createWriteStatements(engine.dialect), user };
  const write = (step: Step) => engine.atomically(user, [step]);
  return {
    binding: async () => findBinding(await readFacts(engine, user)),
    state: async (now) => findState(await readFacts(engine, user), now),
    bind: async (binding) => (await import("./binding.ts")).bindReplica(engine, user, binding),
    readAll: async () => (await import("./read-all.ts")).readAll(engine, user),
    outgoing: async (limit) => (await import("./outgoing.ts")).readOutgoing(engine, user, limit),
    applyResult: async (result) => (await import("./apply-result.ts")).applyResult(author, result),
    findSeries: async () => (await import("../series/read.ts")).findSeries(engine, user),
    findRecords: async (series) => (await import("../series/read.ts")).findRecords(engine, user, series),
    mergeUnsent: async (tasks, now) => (await import("./merge-unsent.ts")).mergeUnsent(author, tasks, now),
    restart: async () => (await import("./binding.ts")).restartReplica(engine, user),
    startResync: async (base) => (await import("./resync.ts")).startResync(author, base),
    requeueRefused: async (before) => (await import("./outgoing.ts")).requeueRefused(engine, user, before),
    redateUnsent: async (latest) => (await import("./redate-unsent.ts")).redateUnsent(engine, user, latest),
    backlog: async () => (await import("./outgoing.ts")).readBacklog(engine, user),
    lease: async (name, now, leaseMs) => (await write(takeLease(name, now, leaseMs))).length > 0,
    release: async (name) => void (await write(giveLease(name))),
    fail: async (failure) => void (await write(noteFailure(failure))),
    isPurgeDue: (now, before) => isPurgeDue(engine, user, now, before),
    notePurge: async (now) => void (await write(notePurge(now))),
    claimPurge: async (now) => (await write(claimPurge(now))).length > 0,
    claimWarning: async (about, now) => (await write(claimWarning(about, now))).length > 0,
    servedAt: async () => findServedAt(await readFacts(engine, user)),
    noteServer: async (url) => void (await write(noteServer(url))),
    warn: async (now) => void (await write(put("warned_at", String(now)))),
  };
}
