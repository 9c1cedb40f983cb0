import { describe, expect, test } from "bun:test";
import { newId } from "../../support/stores/test-user.ts";
import type { NewUser } from "../store-contract.ts";

const DONE = { completed_at: "2026-11-20T08:00:00.000Z" };
const GONE = { deleted_at: "2026-11-20T08:30:00.000Z" };

export function describeDependencies(newUser: NewUser): void {
  describe("the open tasks that wait for others", () => {
    test("are named with the open tasks for which they wait, in the order of their ids", async () => {
      const testUser = newUser();
      const [first, second, done, gone] = await testUser.add(
        { title: "first" },
        { title: "second" },
        { title: "done", ...DONE },
        { title: "gone", ...GONE },
      );
      const on = (...ids: readonly string[]) => Object.fromEntries(ids.map((id) => [`dep:${id}`, true]));
      const [both, one] = await testUser.add(
        { title: "waits for both", ...on(second.id, first.id, done.id, gone.id, newId()) },
        { title: "waits no more for one", ...on(first.id), [`dep:${second.id}`]: false },
        { title: "waits for what is over", ...on(done.id, gone.id, newId()) },
        { title: "waited", ...on(first.id), ...DONE },
        { title: "waited and is gone", ...on(first.id), ...GONE },
        { title: `says "dep:${first.id}":true` },
      );
      expect([...(await testUser.store.openDependencies(testUser.user))]).toEqual([
        [both.id, [first.id, second.id]],
        [one.id, [first.id]],
      ]);
    });
  });
}
