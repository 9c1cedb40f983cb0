import { describe, expect, test } from "bun:test";
import { limitRequests } from "../../../src/services/quotas/limit-requests.ts";
import { refusalOf } from "../../support/errors.ts";
import { openInMemory } from "../../support/server/api.ts";
import { createTreeUser } from "../tasks/tree/tree-user.ts";

describe("on a server", () => {
  /** A house of three rooms. */
  async function setUp(limits: Partial<Parameters<typeof limitRequests>[1]>) {
    const store = openInMemory();
    const user = createTreeUser(store);
    await user.add("house");
    for (const room of ["kitchen", "bath", "attic"]) await user.addBelow("house", room);
    const limited = limitRequests(store, { changes: 100, tasks: 100, pages: 100, ...limits });
    return { user, limited, caller: user.on(limited) };
  }

  test("one request completes a tree of so many tasks, and changes nothing of a larger one", async () => {
    const { user, caller } = await setUp({ changes: 3 });
    const before = await user.outline();
    const { code, message } = await refusalOf(caller.complete("house", "include"));
    expect([code, message]).toEqual([
      "invalid_input",
      "that takes too many tasks: a server changes at most 3 at a time",
    ]);
    expect(await user.outline()).toEqual(before);
    await user.complete("attic");
    expect((await caller.complete("house", "include")).alsoChanged).toHaveLength(2);
  });

  test.each([
    ["of more tasks", { tasks: 3 }],
    ["of more pages", { tasks: 2, pages: 1 }],
  ])("one read %s than it may answer is refused", async (_, limits) => {
    const { limited, user } = await setUp(limits);
    const find = (limit?: number) => limited.find(user.workspace.user, { where: [], ...(limit && { limit }) });
    expect((await refusalOf(find())).message).toContain("a server looks at at most");
    expect((await find(2)).tasks).toHaveLength(2);
  });

  test("all tasks of a read come, whatever its pages", async () => {
    const { limited, user } = await setUp({ tasks: 4 });
    expect((await limited.find(user.workspace.user, { where: [] })).tasks).toHaveLength(4);
    const ids = Array.from({ length: 5 }, () => crypto.randomUUID());
    expect((await refusalOf(limited.get(user.workspace.user, ids))).code).toBe("invalid_input");
  });
});
