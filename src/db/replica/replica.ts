import type { Replica } from "../../ports/replica.ts";
import type { Engine, Step } from "../engine.ts";
import { findRecords, findSeries } from "../series/read.ts";
import { createWriteStatements } from "../tasks/write-statements.ts";
import { applyResult } from "./apply-result.ts";
import { bindReplica, restartReplica } from "./binding.ts";
import { readBacklog, readOutgoing, requeueRefused } from "./outgoing.ts";
import { redateUnsent } from "./redate-unsent.ts";
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
import { startResync } from "./resync.ts";
import { mergeSettled } from "./settled.ts";

/** The replica in a SQLite database. `user` is the owner of the tasks in it. */
export function createReplica(engine: Engine, user: string): Replica {
  const author = { engine, statements: createWriteStatements(engine.dialect), user };
  const write = (step: Step) => engine.atomically(user, [step]);
  return {
    binding: async () => findBinding(await readFacts(engine, user)),
    state: async (now) => findState(await readFacts(engine, user), now),
    bind: (binding) => bindReplica(engine, user, binding),
    outgoing: (limit) => readOutgoing(engine, user, limit),
    applyResult: (result) => applyResult(author, result),
    findSeries: () => findSeries(engine, user),
    findRecords: (series) => findRecords(engine, user, series),
    settle: (tasks, now) => mergeSettled(author, tasks, now),
    restart: () => restartReplica(engine, user),
    startResync: (base) => startResync(author, base),
    requeueRefused: (before) => requeueRefused(engine, user, before),
    redateUnsent: (latest) => redateUnsent(engine, user, latest),
    backlog: () => readBacklog(engine, user),
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
