import { describe, expect, test } from "bun:test";
import { handleOf } from "../../../src/domain/task/handle.ts";
import { at, newId } from "../../support/stores/test-user.ts";
import type { NewUser } from "../store-contract.ts";

const LETTERS = "bcdfghjklmnpqrstvwxz";

/** An id that has this handle: a handle is the id's random bits, the lowest digit first. */
function idOf(handle: string): string {
  let bits = 0n;
  for (const letter of handle.split("").toReversed()) bits = bits * 20n + BigInt(LETTERS.indexOf(letter));
  const hex = ((0b10n << 62n) | bits).toString(16);
  return `019a9f3c-51c8-7000-${hex.slice(0, 4)}-${hex.slice(4)}`;
}

/** Handles that share long beginnings, all different. */
function crowdedHandles(count: number): string[] {
  const handles = new Set<string>();
  for (let seed = 1; handles.size < count; seed = (seed * 48271) % 0x7fffffff) {
    const letters = Array.from({ length: 12 }, (_, place) => LETTERS[(seed >> place) & (place < 5 ? 1 : 3)]);
    handles.add(letters.join(""));
  }
  return [...handles];
}

function shortestPrefix(handle: string, all: readonly string[]): string {
  const others = all.filter((other) => other !== handle);
  for (let length = 3; length < handle.length; length += 1) {
    const prefix = handle.slice(0, length);
    if (!others.some((other) => other.startsWith(prefix))) return prefix;
  }
  return handle;
}

export function describeNames(newUser: NewUser): void {
  describe("the short name of a task", () => {
    test("is its shortest prefix of three letters or more that no other task has", async () => {
      const testUser = newUser();
      const handles = crowdedHandles(400);
      const gone = { deleted_at: "2026-11-20T09:00:00.000Z" };
      const edits = handles.map((handle, place) => ({
        id: idOf(handle),
        fields: { title: handle, ...(place % 3 === 0 && gone) },
      }));
      expect(edits.map(({ id }) => handleOf(id))).toEqual(handles);
      await testUser.commit(edits);
      const shortened = await testUser.store.shortestPrefixes(testUser.user, handles);
      const expected = handles.map((handle): [string, string] => [handle, shortestPrefix(handle, handles)]);
      expect(shortened).toEqual(new Map(expected));
      expect(new Set(expected.map(([, prefix]) => prefix.length)).size).toBeGreaterThan(3);
    });

    test("is the same where thousands are asked for at once, also for handles that are not there", async () => {
      const testUser = newUser();
      const handles = crowdedHandles(400);
      const edits = handles.slice(0, 300).map((handle) => ({ id: idOf(handle), fields: { title: handle } }));
      await testUser.commit(edits);
      const few = await testUser.store.shortestPrefixes(testUser.user, handles);
      const many = Array.from({ length: 15 }, () => handles).flat();
      expect(await testUser.store.shortestPrefixes(testUser.user, many)).toEqual(few);
      expect(few.size).toBe(400);
    });

    test("counts deleted tasks, so that it never comes to mean another", async () => {
      const testUser = newUser();
      const gone = { title: "gone", deleted_at: "2026-11-20T09:00:00.000Z" };
      await testUser.commit([
        { id: idOf("kqvzbbbbbbbb"), fields: { title: "kept" } },
        { id: idOf("kqvzcbbbbbbb"), fields: gone },
      ]);
      expect((await testUser.store.shortestPrefixes(testUser.user, ["kqvzbbbbbbbb"])).get("kqvzbbbbbbbb")).toBe(
        "kqvzb",
      );
    });

    test("has three letters for a lone task, and is given for a handle that is not there too", async () => {
      const testUser = newUser();
      const [task] = await testUser.add({ title: "x" });
      expect((await testUser.store.shortestPrefixes(testUser.user, [task.handle])).get(task.handle)).toBe(
        task.handle.slice(0, 3),
      );
      expect(await testUser.store.shortestPrefixes(testUser.user, [])).toEqual(new Map());
    });
  });

  describe("naming a task", () => {
    const handles = ["kqvzbbbbbbbb", "kqvzcbbbbbbb", "kqwbbbbbbbbb", "kqv".padEnd(12, "z")];

    test("by the beginning of its handle finds all that begin so, in order, up to the limit", async () => {
      const testUser = newUser();
      await testUser.commit(handles.map((handle) => ({ id: idOf(handle), fields: { title: handle } })));
      const match = async (handle: string, limit: number) =>
        (await testUser.store.findByPrefix(testUser.user, { handle }, limit)).map((task) => task.handle);
      expect(await match("kqv", 10)).toEqual(["kqvzbbbbbbbb", "kqvzcbbbbbbb", "kqvzzzzzzzzz"]);
      expect(await match("kqv", 2)).toEqual(["kqvzbbbbbbbb", "kqvzcbbbbbbb"]);
      expect(await match("kqvzb", 10)).toEqual(["kqvzbbbbbbbb"]);
      expect(await match("kqvzzzzzzzzz", 10)).toEqual(["kqvzzzzzzzzz"]);
      expect(await match("kqx", 10)).toEqual([]);
    });

    test("by the beginning of its id finds it", async () => {
      const testUser = newUser();
      const tasks = await testUser.add({ title: "a" }, { title: "b" });
      const { id } = at(tasks, 0);
      expect((await testUser.store.findByPrefix(testUser.user, { id }, 10)).map((task) => task.id)).toEqual([id]);
      expect(await testUser.store.findByPrefix(testUser.user, { id: id.slice(0, 8) }, 10)).toHaveLength(2);
      expect(await testUser.store.findByPrefix(testUser.user, { id: id.slice(0, 8) }, 1)).toHaveLength(1);
      expect(await testUser.store.findByPrefix(testUser.user, { id: newId() }, 10)).toEqual([]);
    });

    test("finds deleted tasks too, so that they can be restored", async () => {
      const testUser = newUser();
      const [task] = await testUser.add({ title: "x", deleted_at: "2026-11-20T09:00:00.000Z" });
      expect(await testUser.store.findByPrefix(testUser.user, { handle: task.handle.slice(0, 3) }, 2)).toEqual([task]);
    });

    test.each(["%", "_", "kq_", "k%", "'", "*"])("takes %p for no pattern", async (handle) => {
      const testUser = newUser();
      await testUser.add({ title: "x" });
      expect(await testUser.store.findByPrefix(testUser.user, { handle }, 10)).toEqual([]);
    });
  });
}
