import { describeQuota, quotaExceeded } from "../../domain/quotas.ts";
import type { RemoteTask, Store } from "../../ports/store.ts";
import type { UsageStore } from "../../ports/usage.ts";
import type { Rejection } from "../../contract/check-change.ts";
import { costOfArrival, costOfCommit, isArrivingDeletion, isDeletion } from "./costs.ts";
import type { Cost, UsageMeter } from "./usage-meter.ts";

/** The changes of a replica that a user has room for, and the others. */
export type Admitted = { readonly admitted: readonly RemoteTask[]; readonly refused: readonly Rejection[] };

/** Decides which changes of a replica are merged. */
export type AdmitArrivals = (user: string, arrivals: readonly RemoteTask[]) => Promise<Admitted>;

/** The same store. A commit for which there is no room throws `quota_exceeded` and writes nothing. Deletions always work. */
export function limitCommits(store: Store, meter: UsageMeter): Store {
  return {
    ...store,
    commit: async (user, commit) => {
      const cost = costOfCommit(commit);
      if (isDeletion(commit)) meter.count(user, cost);
      else await requireRoom(meter, user, cost);
      return store.commit(user, commit);
    },
    merge: async (user, arrivals) => {
      await requireRoom(meter, user, costOfAll(arrivals));
      return store.merge(user, arrivals);
    },
  };
}

/** Admits all changes if there is room for all. Otherwise deletions go first, then each for which there is room. */
export function createAdmission(usage: Pick<UsageStore, "filterLive">, meter: UsageMeter): AdmitArrivals {
  return async (user, arrivals) => {
    if (arrivals.length === 0 || (await meter.admit(user, costOfAll(arrivals))) === null) {
      return { admitted: arrivals, refused: [] };
    }
    const ids = arrivals.map(({ id }) => id);
    const live = new Set(await usage.filterLive(user, ids));
    const costOf = (arrival: RemoteTask) => costOfArrival(arrival, live.has(arrival.id));
    // Each task once: what is deleted already could be deleted again without end.
    const isFree = (arrival: RemoteTask) => live.has(arrival.id) && isArrivingDeletion(arrival);
    for (const arrival of arrivals.filter(isFree)) meter.count(user, costOf(arrival));
    const refused: Rejection[] = [];
    for (const arrival of arrivals.filter((each) => !isFree(each))) {
      const quota = await meter.admit(user, costOf(arrival));
      if (quota) refused.push({ id: arrival.id, code: "quota_exceeded", field: "", message: describeQuota(quota) });
    }
    const refusedIds = new Set(refused.map(({ id }) => id));
    return { admitted: arrivals.filter(({ id }) => !refusedIds.has(id)), refused };
  };
}

async function requireRoom(meter: UsageMeter, user: string, cost: Cost): Promise<void> {
  const quota = await meter.admit(user, cost);
  if (quota) throw quotaExceeded(quota);
}

/** What is not known to be there counts as new. */
function costOfAll(arrivals: readonly RemoteTask[]): Cost {
  const costs = arrivals.map((arrival) => costOfArrival(arrival, false));
  return {
    tasks: costs.reduce((sum, { tasks }) => sum + tasks, 0),
    bytes: costs.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
