import type { Store } from "../../ports/store.ts";
import type { Engine } from "../engine.ts";
import { readHistory, readLastChange } from "./history.ts";
import { countTasks, findTasks, getTasks, matchTasks, shortenHandles, tallyTasks } from "./reads.ts";
import { enrolUser } from "./users.ts";
import { createWrites } from "./writes.ts";

/** The one implementation of the store port, over whichever engine. */
export function createStore(engine: Engine): Store {
  return {
    find: (user, query) => findTasks(engine, user, query),
    count: (user, where) => countTasks(engine, user, where),
    get: (user, ids) => getTasks(engine, user, ids),
    match: (user, prefix, limit) => matchTasks(engine, user, prefix, limit),
    shorten: (user, handles) => shortenHandles(engine, user, handles),
    tally: (user, kind) => tallyTasks(engine, user, kind),
    ...createWrites(engine),
    history: (user, filter) => readHistory(engine, user, filter),
    lastChange: (user) => readLastChange(engine, user),
    enrol: (user) => enrolUser(engine, user),
    ping: engine.ping,
    close: engine.close,
  };
}
