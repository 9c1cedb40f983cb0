import type { Networks } from "./address.ts";
import { type Budget, createRateLimit, type Excess, rateLimited } from "./rate-limit.ts";

/** The budget of a site, in those of a network. Most sites have few networks in use, and mobile ones many strangers. */
const NETWORKS_OF_A_SITE = 4;

export type NetworkLimit = {
  /** Counts a request against the networks of its address and answers null, or counts nothing if a budget is spent. */
  readonly tryConsume: (networks: Networks) => Excess | null;
  /** The same. Throws `rate_limited` if a budget is spent. */
  readonly consume: (networks: Networks) => void;
  /** Takes back one counted request that turned out not to count. */
  readonly restore: (networks: Networks) => void;
};

/** A budget for each network, and a larger one for each site, which could use each of its networks in turn. */
export function createNetworkLimit(budget: Budget, now: () => number): NetworkLimit {
  const ofNetworks = createRateLimit(budget, now);
  const ofSites = createRateLimit({ ...budget, limit: budget.limit * NETWORKS_OF_A_SITE }, now);
  const tryConsume = ([network, site]: Networks): Excess | null => {
    const excess = ofNetworks.tryConsume(network);
    if (excess !== null || site === undefined) return excess;
    const ofSite = ofSites.tryConsume(site);
    if (ofSite !== null) ofNetworks.restore(network);
    return ofSite;
  };
  return {
    tryConsume,
    consume: (networks) => {
      const excess = tryConsume(networks);
      if (excess !== null) throw rateLimited(excess);
    },
    restore: ([network, site]) => {
      ofNetworks.restore(network);
      if (site !== undefined) ofSites.restore(site);
    },
  };
}
