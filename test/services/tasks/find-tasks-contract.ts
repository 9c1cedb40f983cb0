import { describe, expect, test } from "bun:test";
import type { Store } from "../../../src/ports/store.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { isRef, resolveRef, resolveRefs } from "../../../src/services/tasks/find-tasks.ts";
import type { Workspace } from "../../../src/services/workspace.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";
import { createTestUser } from "../../support/stores/test-user.ts";
import { refusalOf } from "../../support/errors.ts";

/** Ids whose handles are known: `bcdbbb…` and `bcdcbb…` share three letters, `bbbbbbbb…` is also the beginning of a UUID. */
const IDS = {
  rent: "019a9f3c-51c8-7000-8000-000000000190",
  milk: "019a9f3c-51c8-7000-8000-000000002710",
  bread: "bbbbbbbb-0000-7000-9234-56789abcdef0",
};

export function describeRefs(openStore: () => Store): void {
  async function aTestUser() {
    const testUser = createTestUser(openStore());
    const made = await testUser.commit(Object.entries(IDS).map(([title, id]) => ({ id, fields: { title } })));
    const workspace: Workspace = { store: testUser.store, user: testUser.user, system: SYSTEM };
    const handle = (title: string) => made.find((task) => task.title === title)?.handle ?? "";
    const find = async (ref: string) => (await resolveRef(workspace, ref)).title;
    return { ...testUser, workspace, handle, find };
  }

  describe("a reference", () => {
    test("is a handle or its beginning, in whatever case", async () => {
      const { handle, find } = await aTestUser();
      const bread = handle("bread");
      for (const ref of [bread, bread.slice(0, 3), bread.slice(0, 7), bread.toUpperCase()])
        expect(await find(ref)).toBe("bread");
    });

    test("is a UUID or its beginning of 8 digits or more, with or without hyphens, in whatever case", async () => {
      const { find } = await aTestUser();
      const bare = IDS.rent.replaceAll("-", "");
      for (const ref of [IDS.rent, IDS.rent.toUpperCase(), bare, IDS.rent.slice(0, 35), bare.slice(0, 31)]) {
        expect(await find(ref)).toBe("rent");
      }
      for (const ref of ["bbbbbbbb-0", "bbbbbbbb-", "bbbbbbbb0000", "BBBBBBBB-0000-7"])
        expect(await find(ref)).toBe("bread");
    });

    test("of letters that are hex digits too is a handle first, and a UUID where no handle begins so", async () => {
      const { find, commit } = await aTestUser();
      expect(await find("bbbbbbbb")).toBe("bread");
      await commit([{ id: "019a9f3c-51c8-7000-8000-000000000000", fields: { title: "zero" } }]);
      expect(await find("bbbbbbbb")).toBe("zero");
      expect(await find("bbbbbbbb0")).toBe("bread");
    });

    test("names deleted and done tasks, too", async () => {
      const { find, edit, get, handle } = await aTestUser();
      await edit(await get(IDS.bread), { deleted_at: "2026-11-20T09:00:00.000Z" });
      expect(await find(handle("bread"))).toBe("bread");
    });

    test.each([
      "",
      "bc",
      "bbb1",
      "019a9f3",
      "rent",
      "aeiou",
      "%",
      "bb%",
      "b_b",
      "019a9f3c-51c8-7000-8000-0000000001901",
      "kqvz kqvz",
    ])("is not %p, and the hint says how one looks", async (ref) => {
      const { workspace } = await aTestUser();
      expect(isRef(ref)).toBe(false);
      const { code, message, hints } = await refusalOf(resolveRef(workspace, ref));
      expect([code, message]).toEqual(["not_found", `no task ${JSON.stringify(ref)}`]);
      expect(hints.join(" ")).toContain("3 or more letters");
    });

    test("that names nothing is not found, and the hint says where handles are", async () => {
      const { workspace } = await aTestUser();
      for (const ref of ["zzz", "00000000", "zzzzzzzzzzzz"]) {
        expect(isRef(ref)).toBe(true);
        const { code, hints } = await refusalOf(resolveRef(workspace, ref));
        expect([code, hints]).toEqual(["not_found", ["See the handles with: todo list"]]);
      }
    });

    test("that fits two tasks is ambiguous and names them both", async () => {
      const { workspace, handle } = await aTestUser();
      const { code, hints } = await refusalOf(resolveRef(workspace, "019a9f3c"));
      expect(code).toBe("ambiguous");
      expect(hints.toSorted()).toEqual(
        ["Type more letters.", `${handle("milk")}  milk`, `${handle("rent")}  rent`].toSorted(),
      );
    });

    test("never reaches the tasks of another user", async () => {
      const { workspace } = await aTestUser();
      const stranger = { ...workspace, user: "somebody else" };
      expect((await refusalOf(resolveRef(stranger, IDS.rent))).code).toBe("not_found");
    });
  });

  describe("several references", () => {
    test("name each task once, in the order in which they came", async () => {
      const { workspace, handle } = await aTestUser();
      const tasks = await resolveRefs(workspace, [handle("milk"), IDS.bread, IDS.milk, handle("bread").slice(0, 3)]);
      expect(tasks.map(({ title }: Task) => title)).toEqual(["milk", "bread"]);
    });

    test("name nothing when one of them fails", async () => {
      const { workspace } = await aTestUser();
      expect((await refusalOf(resolveRefs(workspace, [IDS.milk, "zzz"]))).message).toBe('no task "zzz"');
    });
  });
}
