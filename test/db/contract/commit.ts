import { describe, expect, test } from "bun:test";
import { clockTime } from "../../../src/domain/task/clock.ts";
import { readValue, type Scalar } from "../../../src/domain/task/registers.ts";
import { at, newId, only, OPENING } from "../../support/stores/test-user.ts";
import { NASTY_KEYS } from "../../support/tasks/registers.ts";
import { refusalOf } from "../../support/errors.ts";
import type { NewUser } from "../store-contract.ts";

const DAY = 24 * 3_600_000;

export function describeCommit(newUser: NewUser): void {
  describe("a commit", () => {
    test("answers the tasks as they are kept", async () => {
      const testUser = newUser();
      const [task] = await testUser.add({
        title: "Buy milk",
        due_date: "2026-11-21",
        priority: "high",
        "tag:shop": true,
      });
      expect(task).toMatchObject({ title: "Buy milk", dueDate: "2026-11-21", priority: "high", tags: ["shop"] });
      expect(await testUser.get(task.id)).toEqual(task);
    });

    test("keeps the fields that it does not name, and clears with null", async () => {
      const testUser = newUser();
      const [task] = await testUser.add({ title: "Buy milk", project: "Home", "tag:a": true, "tag:b": true });
      const edited = await testUser.edit(task, { project: null, "tag:a": false });
      expect(edited).toMatchObject({ title: "Buy milk", project: null, tags: ["b"] });
    });

    test("keeps every text and every name of a field as it was given", async () => {
      const testUser = newUser();
      const names = [...NASTY_KEYS, "title"].map((key): [string, Scalar] => [key, `value of ${key}`]);
      const [task] = await testUser.add(Object.fromEntries(names));
      const { after } = only(await testUser.store.history(testUser.user, { id: task.id }));
      const kept = Object.entries(after).map(([key, register]): [string, Scalar] => [key, readValue(register)]);
      expect(new Map(kept)).toEqual(new Map(names));
    });

    test("with nothing in it writes nothing", async () => {
      const testUser = newUser();
      expect(await testUser.commit([])).toEqual([]);
      expect(await testUser.store.history(testUser.user, {})).toEqual([]);
    });

    test("gives all its edits one clock and one place in the log", async () => {
      const testUser = newUser();
      await testUser.add({ title: "a" }, { title: "b" }, { title: "c" });
      const entries = await testUser.store.history(testUser.user, {});
      const clocks = new Set(entries.map(({ clock }) => clock));
      const stamps = entries.flatMap(({ after }) => Object.values(after).map((register) => register.slice(0, 24)));
      expect(clocks.size).toBe(1);
      expect(new Set(stamps)).toEqual(clocks);
    });

    test("of thousands of edits answers each task once, under one clock, each with its own revision", async () => {
      const testUser = newUser();
      const tasks = await testUser.add(...Array.from({ length: 2500 }, (_, number) => ({ title: `task ${number}` })));
      expect(tasks.map(({ title }) => title)).toEqual(Array.from({ length: 2500 }, (_, number) => `task ${number}`));
      expect(new Set(tasks.map(({ revision }) => revision)).size).toBe(2500);
      expect(new Set(tasks.map(({ updatedAt }) => updatedAt)).size).toBe(1);
      expect(await testUser.store.count(testUser.user, [])).toBe(2500);
      expect(await testUser.store.lastChange(testUser.user)).toHaveLength(2500);
    });

    test("joins edits of the same task into one, the later ones on top", async () => {
      const testUser = newUser();
      const id = newId();
      const tasks = await testUser.commit([
        { id, fields: { title: "first", project: "Home" } },
        { id: newId(), fields: { title: "between" } },
        { id, fields: { title: "second", "tag:a": true } },
      ]);
      expect(tasks).toHaveLength(2);
      expect(await testUser.get(id)).toMatchObject({ title: "second", project: "Home", tags: ["a"] });
      expect(await testUser.store.history(testUser.user, { id })).toHaveLength(1);
    });
  });

  describe("a commit that expects revisions", () => {
    test("is written when all of them still hold", async () => {
      const testUser = newUser();
      const [one, other] = await testUser.add({ title: "one" }, { title: "other" });
      const expected = new Map([one, other].map((task) => [task.id, task.revision]));
      const changed = await testUser.commit([{ id: one.id, fields: { title: "new" } }], { expected });
      expect(changed).toHaveLength(1);
    });

    test.each([
      ["one of them has moved on", 1, 0],
      ["one of them never was", 0, 999],
    ])("is refused as a conflict and writes nothing when %s", async (_, edits, ahead) => {
      const testUser = newUser();
      const [one, other] = await testUser.add({ title: "one" }, { title: "other" });
      const expected = new Map([one, other].map((task) => [task.id, task.revision + ahead]));
      if (edits > 0) await testUser.commit([{ id: other.id, fields: { title: "moved" } }]);
      const before = [await testUser.find([]), await testUser.store.history(testUser.user, {})];
      const attempt = testUser.commit(
        [
          { id: one.id, fields: { title: "lost" } },
          { id: newId(), fields: { title: "lost too" } },
        ],
        { expected },
      );
      expect(await refusalOf(attempt)).toMatchObject({ name: "TodoError", code: "conflict" });
      expect([await testUser.find([]), await testUser.store.history(testUser.user, {})]).toEqual(before);
    });

    test("is refused when it expects a task that is not there", async () => {
      const testUser = newUser();
      const attempt = testUser.commit([{ id: newId(), fields: { title: "x" } }], { expected: new Map([[newId(), 1]]) });
      expect(await refusalOf(attempt)).toMatchObject({ code: "conflict" });
      expect(await testUser.store.count(testUser.user, [])).toBe(0);
    });

    test("may expect that a task is new", async () => {
      const testUser = newUser();
      const id = newId();
      const expected = new Map([[id, 0]]);
      expect(await testUser.commit([{ id, fields: { title: "first" } }], { expected })).toHaveLength(1);
      const again = testUser.commit([{ id, fields: { title: "second" } }], { expected });
      expect(await refusalOf(again)).toMatchObject({ code: "conflict" });
      expect((await testUser.get(id)).title).toBe("first");
    });

    test("that a task is new is written by one of two at the same moment", async () => {
      const testUser = newUser();
      const id = newId();
      const expected = new Map([[id, 0]]);
      const attempts = ["one", "other"].map((title) => testUser.commit([{ id, fields: { title } }], { expected }));
      const ends = await Promise.allSettled(attempts);
      const refused = ends.filter((end) => end.status === "rejected");
      expect(only(refused).reason).toMatchObject({ name: "TodoError", code: "conflict" });
      const { title } = only(only(ends.filter((end) => end.status === "fulfilled")).value);
      expect((await testUser.get(id)).title).toBe(title);
      expect(await testUser.store.history(testUser.user, { id })).toHaveLength(1);
    });

    test("that a task is new is refused where it was deleted, and does not mind another user's", async () => {
      const [testUser, other] = [newUser(), newUser()];
      const [task] = await testUser.add({ title: "x", deleted_at: "2026-11-20T09:00:00.000Z" });
      const write = (user: typeof testUser) =>
        user.commit([{ id: task.id, fields: { title: "y" } }], { expected: new Map([[task.id, 0]]) });
      expect(await refusalOf(write(testUser))).toMatchObject({ code: "conflict" });
      expect(await write(other)).toHaveLength(1);
    });

    test("takes no revision when it was refused", async () => {
      const testUser = newUser();
      const [task] = await testUser.add({ title: "x" });
      await testUser
        .commit([{ id: task.id, fields: { title: "y" } }], { expected: new Map([[task.id, 99]]) })
        .catch(() => null);
      expect((await testUser.edit(task, { title: "z" })).revision).toBe(task.revision + 1);
    });
  });

  describe("revisions", () => {
    test("are one for each changed task and only go up", async () => {
      const testUser = newUser();
      const seen: number[] = [];
      const note = (revisions: readonly number[]) => seen.push(...revisions.toSorted((a, b) => a - b));
      const tasks = await testUser.add({ title: "a" }, { title: "b" }, { title: "c" });
      note(tasks.map(({ revision }) => revision));
      const both = tasks.slice(1).map(({ id }) => ({ id, fields: { title: "d" } }));
      note((await testUser.commit(both)).map(({ revision }) => revision));
      note((await testUser.add({ title: "e" })).map(({ revision }) => revision));
      expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => a - b));
      expect(seen).toHaveLength(6);
    });

    test("stay as they are for tasks that a commit did not change", async () => {
      const testUser = newUser();
      const [kept, edited] = await testUser.add({ title: "a" }, { title: "b" });
      await testUser.commit([{ id: edited.id, fields: { title: "c" } }]);
      expect((await testUser.get(kept.id)).revision).toBe(kept.revision);
    });
  });

  describe("an edit that is dated back", () => {
    const past = OPENING - 30 * DAY;

    test("makes a task that was changed then, as an import does", async () => {
      const testUser = newUser();
      const id = newId();
      const task = only(await testUser.commit([{ id, fields: { title: "old" }, at: past }]));
      expect(task.updatedAt).toBe(new Date(past).toISOString());
      const { clock, at: when } = only(await testUser.store.history(testUser.user, { id }));
      expect(clockTime(clock)).toBe(when);
      expect(when).toBeGreaterThan(past);
    });

    test("does not win over what was written since", async () => {
      const testUser = newUser();
      const [task] = await testUser.add({ title: "new" });
      const changed = await testUser.commit([{ id: task.id, fields: { title: "old", project: "Home" }, at: past }]);
      expect(only(changed)).toMatchObject({ title: "new", project: "Home" });
      expect(await testUser.commit([{ id: task.id, fields: { title: "old" }, at: past }])).toEqual([]);
    });

    test("stands beside others of the same commit that are not", async () => {
      const testUser = newUser();
      const tasks = await testUser.commit([
        { id: newId(), fields: { title: "old" }, at: past },
        { id: newId(), fields: { title: "now" } },
      ]);
      const times = tasks.map(({ updatedAt }) => updatedAt).toSorted();
      expect(at(times, 0)).toBe(new Date(past).toISOString());
      expect(at(times, 1)).toBe(new Date(OPENING + 1000).toISOString());
    });
  });
}
