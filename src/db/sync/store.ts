import type { SyncStore } from "../../ports/sync.ts";
import type { Engine } from "../engine.ts";
import { readRevision } from "../tasks/users.ts";
import { createWriteStatements, once } from "../tasks/write-statements.ts";
import { exchangeTasks } from "./exchange.ts";
import { selectQuickPage } from "./page.ts";
import { readPrecheck } from "./precheck.ts";
import { purgeTasks } from "./purge.ts";

/** What replicas ask of a user's tasks, over whichever engine. */
export function createSyncStore(engine: Engine): SyncStore {
  const statements = createWriteStatements(engine.dialect);
  const quickPage = once(() => selectQuickPage(engine.dialect));
  return {
    precheck: (user, question) => readPrecheck(engine, user, question),
    exchange: (user, request) => exchangeTasks({ engine, statements, user, quickPage }, request),
    revision: (user) => readRevision(engine, user),
    purge: (user, before) => purgeTasks(engine, user, before),
  };
}
