import { expect, test } from "bun:test";
import type { RemoteTask } from "../../../src/ports/store.ts";
import { settleAll } from "../../../src/services/sync/settle.ts";
import { arriving } from "../../support/sync/following.ts";

/** Series that a replica of an earlier version has completed. */
function completeSeries(count: number): RemoteTask[] {
  return Array.from({ length: count }, () =>
    arriving({
      recurrence: "due 2026-11-23 FREQ=DAILY",
      occurrence: "2026-11-23",
      completed_at: "2026-11-23T08:00:00.000Z",
    }),
  );
}

test("others have their turns while many series are settled", async () => {
  let turns = 0;
  const countTurn = () => {
    turns += 1;
    next = setImmediate(countTurn);
  };
  let next = setImmediate(countTurn);
  const settled = await settleAll({ findSeries: async () => completeSeries(40), findRecords: async () => [] });
  clearImmediate(next);
  expect(settled).toHaveLength(80);
  expect(turns).toBeGreaterThanOrEqual(40);
});
