import { TodoError } from "../../domain/errors.ts";
import type { TaskQuery } from "../../domain/query/query.ts";
import type { Page, Store } from "../../ports/store.ts";
import type { Task } from "../../domain/task/task.ts";

export type RequestLimits = {
  /** Maximum number of tasks that one commit changes. */
  readonly changes: number;
  /** Maximum number of tasks that one read answers, and of its pages: those of large tasks are short. */
  readonly tasks: number;
  readonly pages: number;
};

/** Each of them takes about a second, in which a server answers nobody else, and less memory than a small one has. */
const LIMITS: RequestLimits = { changes: 5000, tasks: 20_000, pages: 40 };

const PAGE_SIZE = 5000;

/** The same store for a server. A tree or a list of parts that takes too long for one request throws `invalid_input`. */
export function limitRequests(store: Store, limits: RequestLimits = LIMITS): Store {
  return {
    ...store,
    find: (user, query) =>
      query.limit === undefined ? findWithin(store, user, { query, limits }) : store.find(user, query),
    get: async (user, ids) => {
      if (ids.length > limits.tasks) throw refuse(limits.tasks, "looks at");
      return store.get(user, ids);
    },
    commit: async (user, commit) => {
      if (commit.edits.length > limits.changes) throw refuse(limits.changes, "changes");
      return store.commit(user, commit);
    },
  };
}

async function findWithin(
  store: Store,
  user: string,
  { query, limits }: { readonly query: TaskQuery; readonly limits: RequestLimits },
): Promise<Page> {
  const tasks: Task[] = [];
  const limit = Math.min(PAGE_SIZE, limits.tasks);
  let { after } = query;
  for (let pages = 0; pages < limits.pages && tasks.length <= limits.tasks; pages += 1) {
    const page = await store.find(user, { ...query, limit, ...(after && { after }) });
    tasks.push(...page.tasks);
    if (!page.next && tasks.length <= limits.tasks) return { tasks };
    after = page.next;
  }
  throw refuse(limits.tasks, "looks at");
}

function refuse(limit: number, verb: string): TodoError {
  return new TodoError("invalid_input", `that takes too many tasks: a server ${verb} at most ${limit} at a time`, {
    hints: ["Go on in parts, or sync and do it on a device."],
  });
}
