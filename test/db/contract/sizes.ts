import { describe, expect, test } from "bun:test";
import { MAX_TASK_BYTES, MAX_TASK_FIELDS } from "../../../src/domain/task/size.ts";
import { refusalOf } from "../../support/errors.ts";
import { newId, only } from "../../support/stores/test-user.ts";
import { fillUp } from "../../support/tasks/sizes.ts";
import { stampFields } from "../../../src/domain/task/registers.ts";
import { CLOCKS } from "../../support/tasks/registers.ts";
import type { NewUser } from "../store-contract.ts";

export function describeSizes(newUser: NewUser): void {
  describe("an edit of a task that is full", () => {
    const open = async () => {
      const testUser = newUser();
      const [full, other] = await testUser.add(
        { title: "full", ...fillUp(MAX_TASK_BYTES, { "tag:a": true }) },
        { title: "other" },
      );
      return { ...testUser, full, other };
    };

    test("is refused when it adds something, with all that was to be written with it", async () => {
      const { commit, get, store, user, full, other } = await open();
      const edits = [
        { id: other.id, fields: { title: "new" } },
        { id: full.id, fields: { title: "new", "tag:b": true } },
      ];
      const { code, message, hints } = await refusalOf(commit(edits));
      expect([code, message]).toEqual(["invalid_input", expect.stringContaining(String(MAX_TASK_BYTES))]);
      expect(hints).toHaveLength(1);
      for (const task of [other, full]) expect(await get(task.id)).toEqual(task);
      expect(await store.history(user, {})).toHaveLength(2);
    });

    test("is refused for its size also when its state was asked for, and for that when it is not so", async () => {
      const { commit, full } = await open();
      const edits = [{ id: full.id, fields: { "tag:b": true } }];
      for (const [revision, code] of [
        [full.revision, "invalid_input"],
        [full.revision - 1, "conflict"],
      ] as const) {
        expect((await refusalOf(commit(edits, { expected: new Map([[full.id, revision]]) }))).code).toBe(code);
      }
    });

    test("changes its text, completes it, takes a tag off and deletes it", async () => {
      const { edit, get, full } = await open();
      await edit(full, { title: "new", description: "x".repeat(10_000), "tag:a": false });
      await edit(full, { completed_at: "2026-11-20T09:00:00.000Z" });
      await edit(full, { deleted_at: "2026-11-20T09:00:00.000Z" });
      expect(await get(full.id)).toMatchObject({
        title: "new",
        tags: [],
        completedAt: "2026-11-20T09:00:00.000Z",
        deletedAt: "2026-11-20T09:00:00.000Z",
      });
    });

    test("is refused in whichever part of a large import it is", async () => {
      const { commit, store, user, full } = await open();
      const others = Array.from({ length: 501 }, () => ({ id: newId(), fields: { title: "x", "tag:b": true } }));
      const last = { id: full.id, fields: { "tag:b": true } };
      const refused = await refusalOf(commit([...others, last], { action: "import", returning: false }));
      expect(refused.code).toBe("invalid_input");
      expect(await store.count(user, [])).toBe(2);
    });
  });

  test("a task has at most 1,000 tags, with those that were taken off", async () => {
    const { add, edit, commit } = newUser();
    const tags = Array.from({ length: MAX_TASK_FIELDS }, (_, place) => [`tag:t${place}`, false] as const);
    const [task] = await add({ title: "many", ...Object.fromEntries(tags) });
    expect((await edit(task, { "tag:t7": true })).tags).toEqual(["t7"]);
    expect((await refusalOf(commit([{ id: task.id, fields: { "tag:new": true } }]))).code).toBe("invalid_input");
  });

  test("a long task is listed with all that it shows", async () => {
    const { add, get, find } = newUser();
    const [task] = await add({
      title: "long",
      description: "x".repeat(5_000),
      started_at: "2026-11-20T09:00:00.000Z",
      "tag:home": true,
      [`dep:${newId()}`]: true,
      "remind:-PT30M": true,
      [`note:${newId()}`]: "y",
      "time:2026-11:00000001": 90,
    });
    expect(task).toMatchObject({
      tags: ["home"],
      dependsOn: [expect.any(String)],
      reminders: ["-PT30M"],
      notes: [{ text: "y" }],
      time: { "2026-11:00000001": 90 },
    });
    expect(await get(task.id)).toEqual(task);
    expect(await find([])).toEqual([task]);
  });

  test("what comes from another store and is too large for its task is left out", async () => {
    const { store, user, get } = newUser();
    const [small, large] = [newId(), newId()];
    const merged = await store.merge(user, [
      { id: large, registers: stampFields(fillUp(MAX_TASK_BYTES + 1, {}), CLOCKS[0]) },
      { id: small, registers: stampFields({ title: "small" }, CLOCKS[0]) },
    ]);
    expect(only(merged).id).toBe(small);
    expect(await get(small)).toMatchObject({ title: "small" });
  });
}
