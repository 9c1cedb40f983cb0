import { readSavedFilters } from "../../domain/query/saved-filters.ts";
import { removeFilter } from "../../services/filters/remove-filter.ts";
import { saveFilter } from "../../services/filters/save-filter.ts";
import type { AccountMethods } from "./account-methods.ts";

/** The methods that are about saved filters. */
export const filterMethods = {
  filters: async ({ workspace: { store, user } }) => [...readSavedFilters(await store.profile(user)).values()],
  saveFilter: async (account, filter) => {
    await saveFilter(account.workspace, filter);
    await account.noteChange();
  },
  removeFilter: async (account, { name }) => {
    await removeFilter(account.workspace, name);
    await account.noteChange();
  },
} satisfies Partial<AccountMethods>;
