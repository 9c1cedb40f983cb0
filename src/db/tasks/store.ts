import type { Store } from "../../ports/store.ts";
import type { Engine } from "../engine.ts";
import { editProfile, readProfile } from "../profile/profile.ts";
import { findActivity, sumTrackedTime } from "./activity.ts";
import { readHistory, readLastChange, readLastUndo } from "./history.ts";
import { countByName, countTasks, findByPrefix, findTasks, getTasks, readRegisters, shortenHandles } from "./reads.ts";
import { readOpenDependencies } from "./dependencies.ts";
import { ensureUser } from "./users.ts";
import { createWriteStatements } from "./write-statements.ts";
import { commitEdits, mergeTasks } from "./writes.ts";

/** The one implementation of the store port, over whichever engine. */
export function createStore(engine: Engine): Store {
  const statements = createWriteStatements(engine.dialect);
  return {
    find: (user, query) => findTasks(engine, user, query),
    count: (user, where) => countTasks(engine, user, where),
    get: (user, ids) => getTasks(engine, user, ids),
    findByPrefix: (user, prefix, limit) => findByPrefix(engine, user, prefix, limit),
    shortestPrefixes: (user, handles) => shortenHandles(engine, user, handles),
    countByName: (user, kind) => countByName(engine, user, kind),
    findActivity: (user, query) => findActivity(engine, user, query),
    sumTrackedTime: (user, where, months) => sumTrackedTime(engine, user, where, months),
    openDependencies: (user) => readOpenDependencies(engine, user),
    registersOf: (user, ids, field) => readRegisters(engine, user, { ids, field }),
    node: engine.claimNode,
    commit: (user, commit) => commitEdits({ engine, statements, user }, commit),
    merge: (user, arrivals) => mergeTasks({ engine, statements, user }, arrivals),
    profile: (user) => readProfile(engine, user),
    editProfile: (user, fields, now) => editProfile({ engine, statements, user }, fields, now),
    history: (user, filter) => readHistory(engine, user, filter),
    lastChange: (user) => readLastChange(engine, user),
    lastUndo: (user) => readLastUndo(engine, user),
    ensureUser: (user) => ensureUser(engine, user),
    ping: engine.ping,
    close: engine.close,
  };
}
