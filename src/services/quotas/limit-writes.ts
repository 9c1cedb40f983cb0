import { describeQuota, quotaExceeded } from "../../domain/quotas.ts";
import { joinRemoteTasks } from "../../ports/remote-tasks.ts";
import type { Commit, RemoteTask, Store } from "../../ports/store.ts";
import type { Task } from "../../domain/task/task.ts";
import type { UsageStore } from "../../ports/usage.ts";
import type { Rejection } from "../../contract/check-change.ts";
import { costOfArrival, costOfCommit, isArrivingDeletion, isDeletion } from "./costs.ts";
import type { Cost, UsageMeter } from "./usage-meter.ts";

/** The changes of a replica that a user has room for and are not merged yet, and those that are refused. */
export type Admitted = { readonly admitted: readonly RemoteTask[]; readonly refused: readonly Rejection[] };

/** Merges changes before all others and answers how many more tasks are not deleted then. */
export type MergeFirst = (arrivals: readonly RemoteTask[]) => Promise<number>;

/** Decides which changes of a replica are merged. */
export type AdmitArrivals = (
  user: string,
  arrivals: readonly RemoteTask[],
  mergeFirst: MergeFirst,
) => Promise<Admitted>;

/** Merges what settling series has made, and counts what it adds. Room for it is never refused: nobody has asked for it. */
export type CountSettled = <Merged>(
  user: string,
  settled: readonly RemoteTask[],
  merge: () => Promise<Merged>,
) => Promise<Merged>;

/** The same store. A commit for which there is no room throws `quota_exceeded` and writes nothing. Deletions always work. */
export function limitCommits(store: Store, meter: UsageMeter): Store {
  return {
    ...store,
    commit: async (user, commit) => {
      const cost = costOfCommit(commit);
      if (isDeletion(commit)) {
        const costOfDeletion = (tasks: readonly Task[]) => ({ tasks: -countDeleted(commit, tasks), bytes: cost.bytes });
        return meter.countAfter(user, () => store.commit(user, commit), costOfDeletion);
      }
      await requireRoom(meter, user, cost);
      return store.commit(user, commit);
    },
    merge: async (user, arrivals) => {
      await requireRoom(meter, user, costOfAll(arrivals));
      return store.merge(user, arrivals);
    },
  };
}

/** Admits all changes if there is room for all. Otherwise it merges the deletions, then admits each for which there is room. */
export function createAdmission(usage: Pick<UsageStore, "readDeletions">, meter: UsageMeter): AdmitArrivals {
  return async (user, arrivals, mergeFirst) => {
    if (arrivals.length === 0 || (await meter.admit(user, costOfAll(arrivals))) === null) {
      return { admitted: arrivals, refused: [] };
    }
    const joined = joinRemoteTasks(arrivals);
    const stored = await usage.readDeletions(
      user,
      joined.map(({ id }) => id),
    );
    // Each task once: what is deleted already, or stays undeleted, could be sent again without end.
    const isFree = (arrival: RemoteTask) => isArrivingDeletion(arrival, stored.get(arrival.id));
    const deletions = joined.filter(isFree);
    if (deletions.length > 0) {
      const { bytes } = costOfAll(deletions);
      await meter.countAfter(
        user,
        () => mergeFirst(deletions),
        (tasks) => ({ tasks, bytes }),
      );
    }
    const admitted: RemoteTask[] = [];
    const refused: Rejection[] = [];
    for (const arrival of joined.filter((each) => !isFree(each))) {
      const quota = await meter.admit(user, costOfArrival(arrival, stored.get(arrival.id)));
      if (quota) refused.push({ id: arrival.id, code: "quota_exceeded", field: "", message: describeQuota(quota) });
      else admitted.push(arrival);
    }
    return { admitted, refused };
  };
}

export function createSettledCount(meter: UsageMeter): CountSettled {
  return (user, settled, merge) => meter.countAfter(user, merge, () => costOfSettled(settled));
}

/** Only of tasks that must be as they were read is it known that they were not deleted before. */
function countDeleted({ expected }: Commit, changed: readonly Task[]): number {
  return changed.filter(({ id, deletedAt }) => deletedAt !== null && expected?.has(id)).length;
}

async function requireRoom(meter: UsageMeter, user: string, cost: Cost): Promise<void> {
  const quota = await meter.admit(user, cost);
  if (quota) throw quotaExceeded(quota);
}

/** Settling adds the records that it makes, and changes the others. */
function costOfSettled(settled: readonly RemoteTask[]): Cost {
  const made = settled.filter(({ registers }) => registers["created_at"] !== undefined);
  return { ...costOfAll(settled), tasks: made.length };
}

/** What is not known to be there counts as new. */
function costOfAll(arrivals: readonly RemoteTask[]): Cost {
  const costs = arrivals.map((arrival) => costOfArrival(arrival, undefined));
  return {
    tasks: costs.reduce((sum, { tasks }) => sum + tasks, 0),
    bytes: costs.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
