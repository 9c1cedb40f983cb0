import type { SyncStore } from "../../ports/sync.ts";
import type { Engine } from "../engine.ts";
import { mergeIntoProfile } from "../profile/profile.ts";
import { findRecords, findSeries } from "../series/read.ts";
import { readRevision } from "../tasks/users.ts";
import { exchangeTasks } from "./exchange.ts";
import { readPrecheck } from "./precheck.ts";
import { purgeTasks } from "./purge.ts";
import { createSyncStatements } from "./statements.ts";

/** What replicas ask of a user's tasks, over whichever engine. */
export function createSyncStore(engine: Engine): SyncStore {
  const statements = createSyncStatements(engine.dialect);
  return {
    precheck: (user, question) => readPrecheck({ engine, statement: statements.precheck(), user }, question),
    exchange: (user, request) => exchangeTasks({ engine, statements, user }, request),
    revision: (user) => readRevision(engine, user),
    mergeProfile: (user, arriving) => mergeIntoProfile({ engine, statements, user }, arriving),
    findSeries: (user, changed) => findSeries(engine, user, changed),
    findRecords: (user, series) => findRecords(engine, user, series),
    purge: (user, before) => purgeTasks(engine, user, before),
  };
}
