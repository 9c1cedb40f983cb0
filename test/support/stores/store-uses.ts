import { stampFields } from "../../../src/domain/task/registers.ts";
import type { Store } from "../../../src/ports/store.ts";
import { newId, OPENING } from "./test-user.ts";
import { MONTHS, OPEN_ACTIVITY } from "./activity.ts";

type Use = (store: Store, user: string) => Promise<unknown>;

const CLOCK = "019a9f3c51c80000a1b2c3d4";
const FIELDS = { title: "Buy milk" };

/** Every way to use the data of a store. A new method must be added to compile. */
const USES: Record<Exclude<keyof Store, "close" | "node">, Use> = {
  find: (store, user) => store.find(user, { where: [] }),
  count: (store, user) => store.count(user, []),
  get: (store, user) => store.get(user, [newId()]),
  findByPrefix: (store, user) => store.findByPrefix(user, { handle: "bcd" }, 5),
  shortestPrefixes: (store, user) => store.shortestPrefixes(user, ["bcdfghjklmnp"]),
  countByName: (store, user) => store.countByName(user, "tags"),
  findActivity: (store, user) => store.findActivity(user, OPEN_ACTIVITY),
  sumTrackedTime: (store, user) => store.sumTrackedTime(user, [], MONTHS),
  registersOf: (store, user) => store.registersOf(user, [newId()], "parent"),
  openDependencies: (store, user) => store.openDependencies(user),
  profile: (store, user) => store.profile(user),
  editProfile: (store, user) => store.editProfile(user, { "filter:a": "x" }, OPENING),
  history: (store, user) => store.history(user, {}),
  lastChange: (store, user) => store.lastChange(user),
  lastUndo: (store, user) => store.lastUndo(user),
  commit: (store, user) =>
    store.commit(user, { action: "add", now: OPENING, edits: [{ id: newId(), fields: FIELDS }] }),
  merge: (store, user) => store.merge(user, [{ id: newId(), registers: stampFields(FIELDS, CLOCK) }]),
  ensureUser: (store, user) => store.ensureUser(user),
  ping: (store) => store.ping(),
};

/** The same as a table for `test.each`. */
export const STORE_USES: readonly (readonly [name: string, use: Use])[] = Object.entries(USES);
