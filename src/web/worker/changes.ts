import { limitStatus } from "../../domain/query/limit-status.ts";
import { PENDING, type TaskQuery } from "../../domain/query/query.ts";
import { readSavedFilters } from "../../domain/query/saved-filters.ts";
import type { Task } from "../../domain/task/task.ts";
import { listPages } from "../../services/tasks/list-tasks.ts";
import type { Workspace } from "../../services/workspace.ts";
import type { Notice } from "../protocol.ts";
import { coalesce } from "./coalesce.ts";

/** What a page shows at first, and more. */
const FIRST_ROWS = 100;
/** Tasks in one notice. To take in more would stop the page for too long. */
const PAGE_SIZE = 2000;

/**
 * What is wanted most comes first, open tasks in the order in which the page lists them, because what is in order is sorted in no time.
 * Each task is in one of these.
 */
const PARTS: readonly TaskQuery[] = [
  { where: [PENDING], sort: "due_date" },
  { where: [{ kind: "status", status: "completed" }] },
  { where: [{ kind: "status", status: "deleted" }] },
];

/** Tells the page of tasks and saved filters. */
export type Changes = {
  /** Tells of all there is, once more if it was told before. Resolves when the first rows were told. */
  readonly sendAll: () => Promise<void>;
  /** Tells of what was changed since. It never throws: what is wrong with the database is said by whoever asks for something. */
  readonly sendNews: () => Promise<void>;
};

type Deps = {
  readonly workspace: Workspace;
  readonly post: (notice: Notice) => void;
  /** Called when the page was told of tasks that are others now. */
  readonly onChange: () => void;
};

/** What the page was told. A file that takes the place of another one has its own node, and may have lower revisions. */
type Told = { readonly node: string; revision: number; filters: string; isComplete: boolean };

export function createChanges({ workspace, post, onChange }: Deps): Changes {
  const { store, user, system } = workspace;
  let told: Told | undefined;

  const begin = async (): Promise<Told> => {
    const node = await store.node();
    const { tasks } = await store.find(user, { where: [], sort: "updated", reverse: true, limit: 1 });
    return { node, revision: tasks[0]?.revision ?? 0, filters: await readFilters(workspace), isComplete: false };
  };
  const sendAll = async () => {
    const isAgain = told !== undefined;
    const begun = (told = await begin());
    const { tasks } = await store.find(user, {
      where: limitStatus("pending", system),
      sort: "due_date",
      limit: FIRST_ROWS,
    });
    post({ kind: "tasks", tasks, whole: isAgain, last: false });
    if (isAgain) post({ kind: "filters" });
    void sendParts(begun).catch(() => {
      // All is told from the beginning as soon as something is changed.
      if (told === begun) told = { ...begun, node: "" };
    });
  };
  /** Ends when all is told anew. What is changed meanwhile is news: the page keeps the higher revision. */
  const sendParts = async (begun: Told) => {
    for (const part of PARTS) {
      for await (const tasks of listPages(workspace, part, PAGE_SIZE)) {
        if (told !== begun) return;
        post({ kind: "tasks", tasks, whole: false, last: false });
      }
    }
    if (told !== begun) return;
    begun.isComplete = true;
    post({ kind: "tasks", tasks: [], whole: false, last: true });
    onChange();
  };
  const sendNews = async () => {
    const since = told;
    if (!since) return;
    if ((await store.node()) !== since.node) return sendAll();
    for await (const tasks of findNews(workspace, since.revision)) {
      post({ kind: "tasks", tasks, whole: false, last: since.isComplete });
      since.revision = tasks.at(-1)?.revision ?? since.revision;
      onChange();
    }
    const filters = await readFilters(workspace);
    if (filters === since.filters) return;
    since.filters = filters;
    post({ kind: "filters" });
  };
  return { sendAll, sendNews: coalesce(sendNews) };
}

function findNews(workspace: Workspace, revision: number): AsyncGenerator<readonly Task[]> {
  return listPages(workspace, { where: [], sort: "updated", after: { key: revision + 1, id: "" } }, PAGE_SIZE);
}

/** Tells one state of the saved filters from another. */
async function readFilters({ store, user }: Workspace): Promise<string> {
  return JSON.stringify([...readSavedFilters(await store.profile(user)).values()]);
}
