import { describe, expect, test } from "bun:test";
import { newId } from "../../support/stores/test-user.ts";
import type { NewUser } from "../store-contract.ts";

export function describeParents(newUser: NewUser): void {
  describe("the registers of parents", () => {
    test("have the clock of the move and what it wrote, of those tasks that ever had a parent", async () => {
      const testUser = newUser();
      const parent = newId();
      const [child, root, moved] = await testUser.add(
        { title: "child", parent },
        { title: "root" },
        { title: "moved" },
      );
      await testUser.edit(moved, { parent: null });
      const ids = [child, root, moved].map(({ id }) => id);
      const found = await testUser.store.registersOf(testUser.user, [...ids, newId(), "'"], "parent");
      const [earlier = "", later = ""] = [found.get(child.id), found.get(moved.id)];
      expect(earlier.slice(24)).toBe(JSON.stringify(parent));
      expect(later.slice(24)).toBe("null");
      expect(later > earlier).toBe(true);
      expect(found.size).toBe(2);
    });
  });
}
