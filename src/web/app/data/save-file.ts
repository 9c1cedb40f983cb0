import { useReplica } from "../session/session.ts";
import { attempt } from "./act.ts";

/** Saves the database as a `todo.db`, which the command line opens, too. */
export function saveDatabase(): Promise<boolean> {
  return attempt(async () => {
    const bytes = await useReplica().ask("readFile", null);
    const url = URL.createObjectURL(new Blob([bytes], { type: "application/vnd.sqlite3" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = "todo.db";
    link.click();
    URL.revokeObjectURL(url);
  });
}
