import type { Condition, TaskQuery } from "../../../src/domain/query/query.ts";
import type { Fields } from "../../../src/domain/task/registers.ts";
import type { Commit, Edit, Store } from "../../../src/ports/store.ts";
import type { Task } from "../../../src/domain/task/task.ts";

/** When the story of a test user begins, in Unix milliseconds. */
export const OPENING = Date.UTC(2026, 10, 20, 9);

/** A user who has never been there before, with the store at hand. */
export type TestUser = ReturnType<typeof createTestUser>;

type TaskEach<Drafts extends readonly Fields[]> = { -readonly [Place in keyof Drafts]: Task };

/** Every test gets a user of its own, so that all can share one database. Each commit is a second after the one before. */
export function createTestUser(store: Store) {
  const user = `user-${crypto.randomUUID()}`;
  let now = OPENING;
  const commit = (edits: readonly Edit[], more: Partial<Commit> = {}): Promise<Task[]> => {
    now += 1000;
    return store.commit(user, { action: "edit", now, edits, ...more });
  };
  const find = async (where: readonly Condition[], more: Partial<TaskQuery> = {}): Promise<Task[]> => {
    const page = await store.find(user, { where, ...more });
    return [...page.tasks];
  };
  return {
    store,
    user,
    commit,
    find,
    /** Makes tasks with these fields in one commit and answers them in that order. */
    add: async <const Drafts extends readonly Fields[]>(...drafts: Drafts): Promise<TaskEach<Drafts>> => {
      const edits = drafts.map((fields) => ({ id: newId(), fields }));
      const made = new Map((await commit(edits, { action: "add" })).map((task) => [task.id, task]));
      const tasks = edits.map(({ id }) => made.get(id));
      if (!isTaskEach(tasks, drafts)) throw new Error("not every new task was answered");
      return tasks;
    },
    edit: async (task: Task, fields: Fields): Promise<Task> => only(await commit([{ id: task.id, fields }])),
    get: async (id: string): Promise<Task> => only(await store.get(user, [id])),
    titles: async (where: readonly Condition[]): Promise<string[]> => (await find(where)).map(titleOf).toSorted(),
  };
}

/** A test user with these tasks, made when the first test asks for it and then the same for all. */
export function shareTestUser(newUser: () => TestUser, tasks: readonly Fields[]): () => Promise<TestUser> {
  let filled: Promise<TestUser> | undefined;
  const fill = async () => {
    const testUser = newUser();
    await testUser.add(...tasks);
    return testUser;
  };
  return () => (filled ??= fill());
}

export function newId(): string {
  return Bun.randomUUIDv7();
}

export function titleOf(task: Task): string {
  return task.title;
}

/** TypeScript does not follow `map` from a tuple to a tuple of the same length. */
function isTaskEach<Drafts extends readonly Fields[]>(
  tasks: readonly (Task | undefined)[],
  drafts: Drafts,
): tasks is TaskEach<Drafts> & readonly (Task | undefined)[] {
  return tasks.length === drafts.length && tasks.every((task) => task !== undefined);
}

/** The one element of a list. Fails the test where there are none or more. */
export function only<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined || items.length !== 1) throw new Error(`one was expected, these are ${items.length}`);
  return item;
}

/** The element at a place. Fails the test where there is none. */
export function at<Item>(items: readonly Item[], index: number): Item {
  const item = items.at(index);
  if (item === undefined) throw new Error(`there is no element ${index} of ${items.length}`);
  return item;
}
