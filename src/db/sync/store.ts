import type { SyncStore } from "../../ports/sync.ts";
import type { Engine } from "../engine.ts";
import { mergeIntoProfile } from "../profile/profile.ts";
import { findRecords, findSeries } from "../series/read.ts";
import { readRevision } from "../tasks/users.ts";
import { createSyncStatements } from "./statements.ts";

/** What replicas ask of a user's tasks, over whichever engine. Only servers answer, so it loads when it is used. */
export function createSyncStore(engine: Engine): SyncStore {
  const statements = createSyncStatements(engine.dialect);
  return {
    precheck: async (user, question) =>
      (await import("./precheck.ts")).readPrecheck({ engine, statement: statements.precheck(), user }, question),
    exchange: async (user, request) =>
      (await import("./exchange.ts")).exchangeTasks({ engine, statements, user }, request),
    revision: (user) => readRevision(engine, user),
    mergeProfile: (user, arriving) => mergeIntoProfile({ engine, statements, user }, arriving),
    findSeries: (user, changed) => findSeries(engine, user, changed),
    findRecords: (user, series) => findRecords(engine, user, series),
    purge: async (user, before) => (await import("./purge.ts")).purgeTasks(engine, user, before),
  };
}
