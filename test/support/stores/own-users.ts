import type { Store } from "../../../src/ports/store.ts";

/**
 * The same store, where nobody else has the users of this one: whoever shares a database may call them as they like. Closing it
 * leaves the store open for the others. Each method is written out, so that a new one must be added to compile.
 */
export function ownUsers(store: Store): Store {
  const suffix = ` ${crypto.randomUUID()}`;
  const own = (user: string) => user + suffix;
  return {
    find: (user, query) => store.find(own(user), query),
    count: (user, where) => store.count(own(user), where),
    get: (user, ids) => store.get(own(user), ids),
    findByPrefix: (user, prefix, limit) => store.findByPrefix(own(user), prefix, limit),
    shortestPrefixes: (user, handles) => store.shortestPrefixes(own(user), handles),
    countByName: (user, kind) => store.countByName(own(user), kind),
    findActivity: (user, query) => store.findActivity(own(user), query),
    sumTrackedTime: (user, where, months) => store.sumTrackedTime(own(user), where, months),
    openDependencies: (user) => store.openDependencies(own(user)),
    registersOf: (user, ids, field) => store.registersOf(own(user), ids, field),
    node: () => store.node(),
    commit: (user, commit) => store.commit(own(user), commit),
    merge: (user, arrivals) => store.merge(own(user), arrivals),
    profile: (user) => store.profile(own(user)),
    editProfile: (user, fields, now) => store.editProfile(own(user), fields, now),
    history: (user, filter) => store.history(own(user), filter),
    lastChange: (user) => store.lastChange(own(user)),
    lastUndo: (user) => store.lastUndo(own(user)),
    ensureUser: (user) => store.ensureUser(own(user)),
    ping: () => store.ping(),
    close: () => Promise.resolve(),
  };
}
