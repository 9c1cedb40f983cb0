import { describe, expect, test } from "bun:test";
import { readValue, stampFields } from "../../../src/domain/task/registers.ts";
import type { Store } from "../../../src/ports/store.ts";
import { at, createTestUser, type TestUser, newId, only, OPENING, titleOf } from "../../support/stores/test-user.ts";
import { CLOSED_ACTIVITY, MONTHS, OPEN_ACTIVITY } from "../../support/stores/activity.ts";
import { refusalOf } from "../../support/errors.ts";
import type { NewUser } from "../store-contract.ts";

/** Later than anything that a test user writes. */
const AHEAD = "01ffffffffff0000a1b2c3d4";
const FIELDS = {
  title: "mine",
  project: "Home",
  "tag:shop": true,
  parent: "019a9f3c-51c8-7000-8000-000000000000",
  "time:2026-11:a1b2c3d4": 60,
};

type Look = (mine: TestUser, stranger: string) => Promise<unknown>;

/** What a stranger gets from each reading method when asking for another's task. A new method must be added to compile. */
const LOOKS: Record<
  Exclude<keyof Store, "close" | "commit" | "merge" | "editProfile" | "ensureUser" | "ping" | "node">,
  Look
> = {
  find: async ({ store }, stranger) => (await store.find(stranger, { where: [] })).tasks,
  count: ({ store }, stranger) => store.count(stranger, []),
  get: async ({ store, find }, stranger) => {
    const ids = (await find([])).map((task) => task.id);
    return store.get(stranger, ids);
  },
  findByPrefix: async ({ store, find }, stranger) => {
    const { id, handle } = at(await find([]), 0);
    return [...(await store.findByPrefix(stranger, { id }, 5)), ...(await store.findByPrefix(stranger, { handle }, 5))];
  },
  shortestPrefixes: async ({ store, find }, stranger) => {
    const { handle } = at(await find([]), 0);
    const near = `${handle.slice(0, 11)}${handle.endsWith("b") ? "c" : "b"}`;
    return [...(await store.shortestPrefixes(stranger, [near])).values()].filter((prefix) => prefix.length !== 3);
  },
  countByName: async ({ store }, stranger) => [
    ...(await store.countByName(stranger, "tags")),
    ...(await store.countByName(stranger, "projects")),
  ],
  findActivity: async ({ store }, stranger) => [
    ...(await store.findActivity(stranger, OPEN_ACTIVITY)).tasks,
    ...(await store.findActivity(stranger, CLOSED_ACTIVITY)).tasks,
  ],
  sumTrackedTime: ({ store }, stranger) => store.sumTrackedTime(stranger, [], MONTHS),
  registersOf: async ({ store, find }, stranger) => {
    const ids = (await find([])).map((task) => task.id);
    return [...(await store.registersOf(stranger, ids, "parent"))];
  },
  openDependencies: async ({ store }, stranger) => [...(await store.openDependencies(stranger))],
  profile: async ({ store }, stranger) => Object.keys(await store.profile(stranger)),
  history: ({ store }, stranger) => store.history(stranger, {}),
  lastChange: ({ store }, stranger) => store.lastChange(stranger),
  lastUndo: ({ store }, stranger) => store.lastUndo(stranger),
};

export function describeIsolation(newUser: NewUser): void {
  describe("two users of one store", () => {
    test.each(Object.entries(LOOKS))("see nothing of each other's tasks through %s", async (name, look) => {
      const mine = newUser();
      const [end, waiting] = await mine.add(FIELDS, FIELDS);
      await mine.edit(waiting, { [`dep:${end.id}`]: true });
      const [undone] = await mine.add(FIELDS);
      const { clock } = at(await mine.store.lastChange(mine.user), 0);
      await mine.commit([{ id: undone.id, fields: { project: null } }], { action: "undo", undoes: clock });
      await mine.store.editProfile(mine.user, { "filter:mine": "x" }, OPENING);
      const stranger = createTestUser(mine.store).user;
      const nothing = name === "count" ? 0 : [];
      expect(await look(mine, stranger)).toEqual(nothing);
      expect(await look(mine, mine.user)).not.toEqual(nothing);
    });

    test("can write a task of the same id without touching each other's", async () => {
      const mine = newUser();
      const yours = newUser();
      const id = newId();
      await mine.commit([{ id, fields: { title: "mine", description: "secret" } }]);
      await yours.commit([{ id, fields: { title: "yours" } }]);
      expect(await mine.get(id)).toMatchObject({ title: "mine", description: "secret" });
      expect(await yours.get(id)).toMatchObject({ title: "yours", description: null });
      const [entry] = await yours.store.history(yours.user, { id });
      expect(entry?.before).toEqual({});
    });

    test("can merge a task of the same id without touching each other's", async () => {
      const mine = newUser();
      const yours = newUser();
      const [task] = await mine.add(FIELDS);
      const id = task.id;
      await yours.store.merge(yours.user, [{ id, registers: stampFields({ title: "yours" }, AHEAD) }]);
      expect(await mine.get(id)).toMatchObject({ title: "mine", revision: task.revision });
      expect(await yours.get(id)).toMatchObject({ title: "yours", project: null });
    });

    test("can't name each other's tasks as expected", async () => {
      const mine = newUser();
      const yours = newUser();
      const [task] = await mine.add(FIELDS);
      const expected = new Map([[task.id, task.revision]]);
      const attempt = yours.commit([{ id: newId(), fields: { title: "x" } }], { expected });
      expect(await refusalOf(attempt)).toMatchObject({ code: "conflict" });
    });

    test("count their revisions and clocks apart", async () => {
      const mine = newUser();
      const yours = newUser();
      await mine.add(FIELDS, FIELDS, FIELDS);
      const [first] = await yours.add(FIELDS);
      const [again] = await newUser().add(FIELDS);
      expect(first.revision).toBe(again?.revision ?? 0);
      expect(first.updatedAt).toBe(again?.updatedAt ?? "");
    });

    test("find their own newest change, though another's is newer and of a task with the same id", async () => {
      const mine = newUser();
      const yours = newUser();
      const id = newId();
      await mine.commit([{ id, fields: { title: "mine" } }]);
      await yours.commit([{ id, fields: { title: "first" } }]);
      await yours.commit([{ id, fields: { title: "yours" } }]);
      const change = only(await mine.store.lastChange(mine.user));
      const task = await mine.get(id);
      expect(readValue(change.after["title"] ?? "")).toBe("mine");
      expect(change.current).toEqual(change.after);
      expect(change.revision).toBe(task.revision);
      expect((await yours.get(id)).revision).not.toBe(task.revision);
    });

    test("undo only their own changes", async () => {
      const mine = newUser();
      const yours = newUser();
      const now = Date.UTC(2026, 0, 1);
      await mine.commit([{ id: newId(), fields: FIELDS }], { now });
      const [change] = await mine.store.lastChange(mine.user);
      await yours.commit([{ id: newId(), fields: FIELDS }], { undoes: change?.clock ?? "" });
      expect(await mine.store.lastChange(mine.user)).toHaveLength(1);
      expect((await mine.find([])).map(titleOf)).toEqual(["mine"]);
    });
  });
}
