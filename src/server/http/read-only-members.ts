import { TodoError } from "../../domain/errors.ts";
import { toWire, type WireTask } from "../../contract/task.ts";
import type { Precondition } from "../../services/tasks/change-tasks.ts";

/** Members of a task that only this server sets. */
const READ_ONLY = [
  "id",
  "handle",
  "completed_at",
  "occurrence",
  "series",
  "skipped",
  "started_at",
  "tracked_minutes",
  "notes",
  "created_at",
  "updated_at",
  "deleted_at",
] as const satisfies (keyof WireTask)[];

/** Such members as they come back from a client. */
export type ReadOnlyMembers = { readonly [Name in (typeof READ_ONLY)[number]]?: WireTask[Name] | null | undefined };

/**
 * Requires that the members are as the task has them, so that a client may send back what it was given. Undefined if
 * there are none. The precondition throws `invalid_input` with each one that differs.
 */
export function requireSame(members: ReadOnlyMembers): Precondition | undefined {
  const given = READ_ONLY.filter((name) => members[name] !== undefined);
  if (given.length === 0) return undefined;
  return (task) => {
    const current = toWire(task);
    const different = given.filter((name) => !isSame(members[name] ?? null, current[name]));
    if (different.length === 0) return;
    const message = "it can't be set, and differs from what the task has now";
    throw new TodoError("invalid_input", "the body is not as it must be", {
      issues: different.map((path) => ({ path, message })),
    });
  };
}

/** Clients may write a moment in another way than it came to them, such as with an offset. */
function isSame(given: unknown, current: unknown): boolean {
  if (typeof given !== "string" || typeof current !== "string") return Bun.deepEquals(given, current);
  return given === current || Date.parse(given) === Date.parse(current);
}
