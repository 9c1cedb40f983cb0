import { TodoError } from "../../domain/errors.ts";
import type { Task } from "../../domain/task/task.ts";
import type { Precondition } from "../../services/tasks/change-tasks.ts";
import { toWire } from "../../contract/task.ts";

const TAG = /(?:W\/)?"[^"]*"/g;
const LIST = /^[\s,]*(?:(?:W\/)?"[^"]*"(?:[\s,]+|$))+$/;

/**
 * A strong entity tag of a text. It depends on the content alone, so it holds across servers and after a restored
 * backup.
 */
export function etagOf(text: string): string {
  return `"${Bun.hash(text).toString(36)}"`;
}

/**
 * The precondition in `If-Match` (RFC 9110, section 13.1.1), or undefined if it is absent. Throws `invalid_input`. A weak
 * tag is taken for the strong one: all tags here are strong, and proxies that compress weaken them on their way.
 */
export function readIfMatch(header: string | undefined): Precondition | undefined {
  if (header === undefined) return undefined;
  if (header.trim() === "*") return () => undefined;
  const tags = readTags(header);
  if (!tags) {
    const issue = { path: "If-Match", message: "an entity tag stands in double quotes" };
    throw new TodoError("invalid_input", "If-Match is not a list of entity tags", { issues: [issue] });
  }
  return (task: Task) => {
    if (tags.includes(etagOf(JSON.stringify(toWire(task))))) return;
    throw new TodoError("precondition_failed", "the task has changed");
  };
}

/** True if `If-None-Match` says that the client has this version already (RFC 9110, section 13.1.2). */
export function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === "*") return true;
  return readTags(header)?.includes(etag) === true;
}

/**
 * The tags of a list, all as strong ones, which may have empty elements, or null if it is malformed (RFC 9110, sections 5.6.1 and 8.8.3).
 */
function readTags(header: string): string[] | null {
  return LIST.test(header) ? (header.match(TAG) ?? []).map((tag) => tag.replace(/^W\//, "")) : null;
}
