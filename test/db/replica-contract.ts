import { describe } from "bun:test";
import { equipReplica, type OpenedForReplica } from "../support/sync/replica.ts";
import { describeReplicaState } from "./contract/replica/replica-state.ts";
import { describeFollowing } from "./contract/replica/replica.ts";
import { describeResync } from "./contract/replica/resync.ts";

/** A replica and what a test does with it. */
export type TestReplica = ReturnType<typeof equipReplica>;

/** Opens a new database, or the one of that name once more. */
export type OpenReplica = (name?: string) => Promise<TestReplica>;

/** What every database must do that can follow a server. */
export function describeReplica(name: string, open: (name?: string) => Promise<OpenedForReplica>): void {
  const openReplica: OpenReplica = async (database) => equipReplica(await open(database));
  describe(name, () => {
    for (const part of [describeFollowing, describeResync, describeReplicaState]) part(openReplica);
  });
}
