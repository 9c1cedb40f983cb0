import type { AccountMethods } from "./account-methods.ts";

/** The methods that are about the server. */
export const syncMethods = {
  authorize: async () => {},
  refused: async () => [],
  sync: async () => {},
} satisfies Partial<AccountMethods>;
