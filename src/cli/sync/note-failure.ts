import { hasCode, TodoError } from "../../domain/errors.ts";
import type { Replica } from "../../ports/replica.ts";
import { toTodoError } from "../output/render.ts";

/** Another process that syncs is no failure, and a database that can't be written takes no note. */
const UNNOTED = ["locked", "full_disk", "io_failed", "read_only_store"] as const;

/** Notes why a replica does not sync, for `todo sync --status` and for the next command. */
export function noteFailure(replica: Replica, error: unknown, now: number): Promise<void> {
  const { code, message } = toTodoError(error, false);
  return replica.fail({ at: now, code, message });
}

/** Notes the failure of work that the user waits for, and throws it. */
export async function notingFailure<Result>(
  { replica, now }: { readonly replica: Replica; readonly now: () => number },
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    // What cannot be noted must not hide the failure itself.
    const isNoted = error instanceof TodoError && !hasCode(error, ...UNNOTED);
    if (isNoted) await noteFailure(replica, error, now()).catch(() => undefined);
    throw error;
  }
}
