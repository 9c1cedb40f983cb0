import { readPreview } from "../../../db/browser/preview.ts";
import { nameDatabase } from "../../database-name.ts";
import type { Preview } from "../../protocol.ts";
import { expected, takeTasks } from "../data/pool.ts";
import type { Account } from "./accounts.ts";

/** Shows the list as it was last, while the worker loads SQLite and opens the database. */
export async function showFirstRows({ account }: Account): Promise<void> {
  const kept = await readPreview(nameDatabase(account), indexedDB).catch(() => undefined);
  if (!isPreview(kept)) return;
  expected.value = kept.count;
  // What the worker has told of meanwhile is newer, and stays.
  takeTasks(kept.tasks, false);
}

/** A page of another version may have kept something else. */
function isPreview(kept: unknown): kept is Preview {
  if (typeof kept !== "object" || kept === null) return false;
  return "tasks" in kept && Array.isArray(kept.tasks) && "count" in kept && typeof kept.count === "number";
}
