import { adoptDatabase } from "./adopt.ts";
import type { AccountMethods } from "./account-methods.ts";

/** The methods that are about the database as a whole. */
export const databaseMethods = {
  readFile: ({ database }) => database.file.read(),
  replaceFile: async (account, { bytes }) => {
    await account.database.file.replace(bytes);
    await account.noteChange();
  },
  adopt: async (account) => {
    const count = await adoptDatabase(account);
    await account.noteChange();
    return { count };
  },
  remove: (account) => account.remove(),
} satisfies Partial<AccountMethods>;
