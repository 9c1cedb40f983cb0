import type { Networks } from "./address.ts";
import { type Budget, createRateLimit } from "./rate-limit.ts";

/** The budget of a site, in those of a network. Most sites have few networks in use, and mobile ones many strangers. */
const NETWORKS_OF_A_SITE = 4;

export type NetworkLimit = {
  /** Counts a request against the networks of its address. Throws `rate_limited`, and has counted nothing then. */
  readonly consume: (networks: Networks) => void;
  /** Takes back one counted request that turned out not to count. */
  readonly restore: (networks: Networks) => void;
};

/** A budget for each network, and a larger one for each site, which could use each of its networks in turn. */
export function createNetworkLimit(budget: Budget, now: () => number): NetworkLimit {
  const ofNetworks = createRateLimit(budget, now);
  const ofSites = createRateLimit({ ...budget, limit: budget.limit * NETWORKS_OF_A_SITE }, now);
  return {
    consume: ([network, site]) => {
      ofNetworks.consume(() => network);
      if (site === undefined) return;
      try {
        ofSites.consume(() => site);
      } catch (error) {
        ofNetworks.restore(network);
        throw error;
      }
    },
    restore: ([network, site]) => {
      ofNetworks.restore(network);
      if (site !== undefined) ofSites.restore(site);
    },
  };
}
