import type { UsageStore } from "../../ports/usage.ts";
import type { Engine } from "../engine.ts";
import { listUsers } from "../tasks/users.ts";
import { measureUsage, readDeletions } from "./measure.ts";

/** What users take, over whichever engine. */
export function createUsageStore(engine: Engine): UsageStore {
  return {
    listUsers: () => listUsers(engine),
    measure: (user) => measureUsage(engine, user),
    readDeletions: (user, ids) => readDeletions(engine, user, ids),
  };
}
