import { toWire } from "../../contract/task.ts";
import type { Task } from "../../domain/task/task.ts";
import type { WrittenRecord } from "./foreign-record.ts";
import { hashPart, type Parts } from "./source.ts";

type Wire = Readonly<Record<string, unknown>>;

/** In which parts a newer file differs from the last one, and what those were. */
type Newer = { readonly changed: readonly string[]; readonly before: Parts };

/** What `importRecords` would change though it is not mentioned. */
const ALWAYS = ["title", "deleted_at"] as const;
const SETS = { tag: "tags", dep: "depends_on" } as const;

/**
 * A record that changes of a task only what a newer file has changed: what was edited here since stays. What the file has no more is
 * cleared, but for notes, which are never removed. `isContested`: the same field was changed here, too.
 */
export function mergeNewer(
  task: Task,
  written: WrittenRecord,
  { changed, before }: Newer,
): { readonly record: Wire; readonly isContested: boolean } {
  const here: Wire = toWire(task);
  const there: Wire = written;
  const fields = changed.filter((name) => !name.includes(":"));
  const record: Record<string, unknown> = {};
  for (const name of ALWAYS) record[name] = here[name];
  for (const name of fields) record[name] = there[name] ?? null;
  for (const [prefix, name] of Object.entries(SETS)) {
    const parts = changed.filter((each) => each.startsWith(`${prefix}:`));
    if (parts.length > 0) record[name] = mergeSet(readTexts(here[name]), readTexts(there[name]), parts, before);
  }
  if (changed.some((name) => name.startsWith("note:"))) {
    const news = (written.notes ?? []).filter(({ id }) => !task.notes.some((each) => each.id === id));
    record["notes"] = [...task.notes, ...news];
  }
  // How a task repeats has other words here than there.
  const isContested = fields.some((name) => {
    const isEdited = here[name] !== null && hashPart(here[name]) !== before[name];
    return name !== "recurrence" && isEdited && here[name] !== there[name];
  });
  return { record, isContested };
}

function readTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function mergeSet(here: readonly string[], there: readonly string[], parts: readonly string[], before: Parts) {
  const nameOf = (part: string) => part.slice(part.indexOf(":") + 1);
  const removed = new Set(parts.filter((part) => Object.hasOwn(before, part)).map(nameOf));
  const added = new Set(parts.filter((part) => !Object.hasOwn(before, part)).map(nameOf));
  return [...new Set([...here.filter((each) => !removed.has(each)), ...there.filter((each) => added.has(each))])];
}
