import type { AccountMethods } from "./account-methods.ts";

/** The methods that are about the server. */
export const syncMethods = {
  authorize: async ({ syncing }, { token }) => syncing?.authorize(token),
  sync: async ({ syncing }) => syncing?.syncNow(),
  countUnsent: async ({ replica }) => (await replica.backlog()).unsent,
  refused: async ({ replica, workspace: { store, user } }) => {
    const { rejected } = await replica.backlog();
    const tasks = await store.get(user, [...new Set(rejected.map(({ id }) => id))]);
    const titles = new Map(tasks.map(({ id, title }) => [id, title]));
    return rejected.map(({ id, field, message }) => ({ id, field, message, title: titles.get(id) ?? null }));
  },
} satisfies Partial<AccountMethods>;
