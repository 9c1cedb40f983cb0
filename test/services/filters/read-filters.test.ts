import { expect, test } from "bun:test";
import { readFilters } from "../../../src/services/filters/read-filters.ts";
import { openInMemory } from "../../support/server/api.ts";
import { createTestUser, newId } from "../../support/stores/test-user.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";

test("saved filters are read by their names in lower case, only those of the user", async () => {
  const store = openInMemory();
  const [{ user }, { user: other }] = [createTestUser(store), createTestUser(store)];
  await store.editProfile(user, { "filter:Work": "+work", "filter:home": "+home" }, 1);
  await store.editProfile(other, { "filter:theirs": "+x" }, 1);
  const workspace = { store, user, system: { ...SYSTEM, newId } };
  expect(Object.fromEntries(await readFilters(workspace))).toEqual({ work: "+work", home: "+home" });
});
