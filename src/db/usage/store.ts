import type { UsageStore } from "../../ports/usage.ts";
import type { Engine } from "../engine.ts";
import { listUsers } from "../tasks/users.ts";
import { filterLive, measureUsage } from "./measure.ts";

/** What users take, over whichever engine. */
export function createUsageStore(engine: Engine): UsageStore {
  return {
    listUsers: () => listUsers(engine),
    measure: (user) => measureUsage(engine, user),
    filterLive: (user, ids) => filterLive(engine, user, ids),
  };
}
