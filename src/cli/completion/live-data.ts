import { isDatabaseUrl } from "../../domain/database-url.ts";
import { readSavedFilters } from "../../domain/query/saved-filters.ts";
import { withTimeout } from "../../domain/waiting.ts";
import { suggestTasks } from "../../services/tasks/suggestions.ts";
import { countOpen } from "../../services/tasks/list-tasks.ts";
import type { Workspace } from "../../services/workspace.ts";
import type { LiveData } from "./candidates.ts";
import type { Io } from "../platform/io.ts";
import { findDatabase } from "../config/database-path.ts";

/** How long a person waits after pressing Tab. */
const ANSWER_TIMEOUT_MS = 1500;

/** The machine, and a way to open a path or URL. */
export type LiveSource = { readonly io: Io; readonly open: (path: string) => Promise<Workspace> };

/**
 * Data about the tasks in a database. Empty if it is missing or can't be read, because an error would not help someone
 * who is typing. The database is opened at the first question, and never created.
 */
export function createLiveData({ io, open }: LiveSource, db: string | undefined): LiveData {
  let opened: Promise<Workspace | undefined> | undefined;
  const ask = async <Item>(query: (workspace: Workspace) => Promise<Item[]>): Promise<Item[]> => {
    const answer = async () => {
      const workspace = await (opened ??= openExisting({ io, open }, db));
      return workspace ? query(workspace) : [];
    };
    try {
      return await withTimeout(answer(), ANSWER_TIMEOUT_MS, () => new Error("too late"));
    } catch {
      return [];
    }
  };
  return {
    tags: () => ask((workspace) => countOpen(workspace, "tags")),
    projects: () => ask((workspace) => countOpen(workspace, "projects")),
    filters: () => ask(async ({ store, user }) => [...readSavedFilters(await store.profile(user)).values()]),
    tasks: (state, typed) => ask((workspace) => suggestTasks(workspace, state, typed)),
  };
}

async function openExisting({ io, open }: LiveSource, db: string | undefined): Promise<Workspace | undefined> {
  const path = findDatabase(io, db && expandHome(db, io.env["HOME"]));
  const isThere = path !== undefined && (isDatabaseUrl(path) || io.fileExists(path));
  return isThere ? open(path) : undefined;
}

/** The word comes as typed, before the shell expands `~`. */
function expandHome(path: string, home = "~"): string {
  return path.replace(/^~(?=\/)/, () => home);
}
