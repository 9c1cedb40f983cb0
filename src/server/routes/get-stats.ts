import { statsQuery, wireStats } from "../../contract/stats.ts";
import { parsePeriod, type Period } from "../../domain/dates/period.ts";
import { hasCode, TodoError } from "../../domain/errors.ts";
import type { System } from "../../ports/system.ts";
import { inZone } from "../../ports/time-zone.ts";
import { checkStatsPeriod, readStats } from "../../services/tasks/read-stats.ts";
import { defineEndpoint, noBody } from "../endpoint.ts";
import { readRequestFilter } from "../http/read-filter.ts";
import { replyWith } from "../http/reply.ts";
import { readInTurns } from "../http/turns.ts";

export const getStats = defineEndpoint({
  method: "get",
  path: "/api/stats",
  access: "read",
  operation: "getStats",
  summary: "Say what was done and added in a period, and what is open",
  description:
    "What `todo stats` counts. The period ends with today. Records of tasks that repeat count as done one by one and not as added. Tracked time is " +
    "kept by month, so only whole months have it.",
  query: statsQuery,
  body: noBody,
  responses: { 200: { description: "What was counted", schema: wireStats } },
  handle: async ({ workspace, deps, query: { period: text, filter, tz } }) => {
    const system = inZone(deps.system, tz);
    const period = readPeriod(text, system);
    const store = readInTurns(workspace.store, () => deps.waitForTurn(workspace.user));
    const inTurns = { ...workspace, store, system };
    const where = await readRequestFilter(inTurns, { filter, tz, otherwise: "all" });
    return replyWith(200, await readStats(inTurns, period, where));
  },
});

/** The period of a request. What is wrong with it is an issue of the parameter. */
function readPeriod(text: string, system: System): Period {
  try {
    const period = parsePeriod(text, system);
    checkStatsPeriod(period, system);
    return period;
  } catch (error) {
    if (!hasCode(error, "invalid_input")) throw error;
    const { message, hints } = error;
    throw new TodoError("invalid_input", message, { hints, issues: [{ path: "period", message }], cause: error });
  }
}
