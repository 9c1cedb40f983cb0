import { describe } from "bun:test";
import type { Store } from "../../src/ports/store.ts";
import { createTestUser, type TestUser } from "../support/stores/test-user.ts";
import { describeActivity } from "./contract/activity.ts";
import { describeClock } from "./contract/clock.ts";
import { describeCommit } from "./contract/commit.ts";
import { describeConditions } from "./contract/conditions.ts";
import { describeDependencies } from "./contract/dependencies.ts";
import { describeFilters } from "./contract/filters.ts";
import { describeHistory } from "./contract/history.ts";
import { describeIsolation } from "./contract/isolation.ts";
import { describeMerge } from "./contract/merge.ts";
import { describeNames } from "./contract/names.ts";
import { describePaging } from "./contract/paging.ts";
import { describeParents } from "./contract/parents.ts";
import { describeSearch } from "./contract/search.ts";
import { describeSizes } from "./contract/sizes.ts";
import { describeSorts } from "./contract/sorts.ts";
import { describeSpellings } from "./contract/spellings.ts";
import { describeStanding } from "./contract/standing.ts";
import { describeTally } from "./contract/tally.ts";
import { useOpened } from "../support/opened.ts";

export type OpenedStore = { readonly store: Store; close(): Promise<void> };

/** Makes a new user of the store. */
export type NewUser = () => TestUser;

const PARTS = [
  describeIsolation,
  describeCommit,
  describeClock,
  describeMerge,
  describeConditions,
  describeFilters,
  describeSearch,
  describeSorts,
  describeSpellings,
  describePaging,
  describeNames,
  describeTally,
  describeActivity,
  describeParents,
  describeDependencies,
  describeHistory,
  describeSizes,
  describeStanding,
];

/** What every implementation of the store must do. All tests share one store, each as a user of its own. */
export function describeStore(name: string, open: () => Promise<OpenedStore>): void {
  describe(name, () => {
    const concurrentStores = useOpened(open);
    const newUser: NewUser = () => createTestUser(concurrentStores().store);
    for (const part of PARTS) part(newUser);
  });
}
