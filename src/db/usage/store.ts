import type { UsageStore } from "../../ports/usage.ts";
import type { Engine } from "../engine.ts";
import { listUsers } from "../tasks/users.ts";

/** What users take, over whichever engine. Only servers ask, so it loads when it is used. */
export function createUsageStore(engine: Engine): UsageStore {
  return {
    listUsers: () => listUsers(engine),
    measure: async (user) => (await import("./measure.ts")).measureUsage(engine, user),
    readDeletions: async (user, ids) => (await import("./measure.ts")).readDeletions(engine, user, ids),
  };
}
