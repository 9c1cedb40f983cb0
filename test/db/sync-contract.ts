import { describe } from "bun:test";
import type { ConcurrentSyncStores, OpenedSync } from "../support/sync/following.ts";
import { describeEndings } from "./contract/sync/endings.ts";
import { describeHeads } from "./contract/sync/heads.ts";
import { describeLooks } from "./contract/sync/looks.ts";
import { describePages } from "./contract/sync/pages.ts";
import { describeProfile } from "./contract/sync/profile.ts";
import { describePurges } from "./contract/sync/purges.ts";
import { describeSeries } from "./contract/sync/series.ts";
import { describeSizes } from "./contract/sync/sizes.ts";
import { describeWriters } from "./contract/sync/writers.ts";
import { useOpened } from "../support/opened.ts";

const PARTS = [
  describePages,
  describeHeads,
  describeLooks,
  describeSizes,
  describeWriters,
  describeEndings,
  describePurges,
  describeSeries,
  describeProfile,
];

/** What every implementation of the port of replicas must do. */
export function describeSync(name: string, open: () => Promise<OpenedSync>): void {
  describe(name, () => {
    const concurrentStores: ConcurrentSyncStores = useOpened(open);
    for (const part of PARTS) part(concurrentStores);
  });
}
