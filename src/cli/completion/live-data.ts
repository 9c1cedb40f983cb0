import { isDatabaseUrl } from "../../domain/database-url.ts";
import { withTimeout } from "../../domain/waiting.ts";
import { suggestTasks } from "../../services/tasks/suggestions.ts";
import { countOpen } from "../../services/tasks/list-tasks.ts";
import type { Workspace } from "../../services/workspace.ts";
import type { LiveData } from "./candidates.ts";
import type { Io } from "../platform/io.ts";
import { findDatabase } from "../config/database-path.ts";

/** How long a person waits after pressing Tab. */
const ANSWER_TIMEOUT_MS = 1500;

/** Where tasks can be asked for, and how a path or URL is opened. */
export type LiveSource = { readonly io: Io; readonly open: (path: string) => Promise<Workspace> };

/**
 * What is known of the tasks in a database, and nothing where there is none or where it can't be read: whoever is still
 * typing is not helped by a complaint. The database is opened at the first question, and never made.
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
    tasks: (state, typed) => ask((workspace) => suggestTasks(workspace, state, typed)),
  };
}

async function openExisting({ io, open }: LiveSource, db: string | undefined): Promise<Workspace | undefined> {
  const path = findDatabase(io, db && expandHome(db, io.env["HOME"]));
  const isThere = path !== undefined && (isDatabaseUrl(path) || io.fileExists(path));
  return isThere ? open(path) : undefined;
}

/** The word comes as it was typed, before the shell puts the home folder in the place of `~`. */
function expandHome(path: string, home = "~"): string {
  return path.replace(/^~(?=\/)/, () => home);
}
