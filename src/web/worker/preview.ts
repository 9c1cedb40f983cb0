import { limitStatus } from "../../domain/query/limit-status.ts";
import { countTasks } from "../../services/tasks/list-tasks.ts";
import type { Workspace } from "../../services/workspace.ts";
import type { Preview } from "../protocol.ts";
import type { Database } from "./platform.ts";

/** More rows than a screen has. */
const ROWS = 60;
/** Several changes in a row are kept together. */
const DELAY_MS = 2000;

/** Keeps what the page shows before its worker is ready. */
export type PreviewKeeper = { readonly noteChange: () => void; readonly end: () => void };

export function createPreviewKeeper(
  { workspace, database }: { readonly workspace: Workspace; readonly database: Pick<Database, "keepPreview"> },
  delayMs = DELAY_MS,
): PreviewKeeper {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = async () => database.keepPreview(await readPreview(workspace));
  const end = () => clearTimeout(timer);
  return {
    noteChange: () => {
      end();
      // The page does without it if the database can't be read.
      timer = setTimeout(() => void keep().catch(() => {}), delayMs);
    },
    end,
  };
}

async function readPreview(workspace: Workspace): Promise<Preview> {
  const { store, user, system } = workspace;
  const where = limitStatus("pending", system);
  const [{ tasks }, count] = await Promise.all([
    store.find(user, { where, sort: "due_date", limit: ROWS }),
    countTasks(workspace, where),
  ]);
  return { tasks, count };
}
