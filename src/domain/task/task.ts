import { TodoError } from "../errors.ts";
import { cleanText, isBlank, quoteShort } from "./text.ts";

export const PRIORITIES = ["high", "medium", "low"] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Limits in Unicode code points, and the number of tags. */
export const LIMITS = { title: 500, description: 10_000, project: 100, tag: 64, tags: 50 } as const;

/** A task as every face sees it. Moments are ISO 8601 in UTC; `dueDate` is a calendar day or such a moment. */
export type Task = {
  readonly id: string;
  /** The whole handle. People type its shortest unique prefix. */
  readonly handle: string;
  /** Position in the order of changes of its store. Differs from store to store. */
  readonly revision: number;
  readonly title: string;
  readonly description: string | null;
  readonly completedAt: string | null;
  readonly dueDate: string | null;
  readonly priority: Priority | null;
  readonly project: string | null;
  /** Sorted, each once. */
  readonly tags: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletedAt: string | null;
};

/** The fields of a task that a person can write. */
export type Draft = {
  readonly title: string;
  readonly description?: string | null;
  readonly dueDate?: string | null;
  readonly priority?: Priority | null;
  readonly project?: string | null;
  readonly tags?: readonly string[];
};

/**
 * Changes to a task: an absent field stays, null clears. `tags` replaces them all; `addTags` and `removeTags` add and
 * remove.
 */
export type Patch = Partial<Draft> & { readonly addTags?: readonly string[]; readonly removeTags?: readonly string[] };

/** A title as it is stored. Throws `invalid_input` if all of it is invisible. */
export function checkTitle(title: string): string {
  const clean = cleanText("title", title, LIMITS.title);
  if (isBlank(clean)) throw new TodoError("invalid_input", "title is empty");
  return clean;
}

/** A description as it is stored. */
export function checkDescription(description: string): string {
  return cleanText("description", description, LIMITS.description);
}

/** A project name as it is stored. `none` means no project wherever projects are named, so it can't be one. */
export function checkProject(project: string): string {
  const clean = cleanText("project", project, LIMITS.project);
  if (isBlank(clean)) throw new TodoError("invalid_input", "project is empty");
  if (clean === "none") throw new TodoError("invalid_input", 'a project can\'t be called "none": it means no project');
  return clean;
}

/** True for one word that can be a tag. */
export function isTag(tag: string): boolean {
  return /^[^\s\p{C}\p{Default_Ignorable_Code_Point},"\\+][^\s\p{Cc}\p{Cs},"\\]*$/u.test(tag);
}

/** A tag as it is stored. Throws `invalid_input` for anything but one word. */
export function checkTag(tag: string): string {
  const clean = cleanText("tag", tag, LIMITS.tag);
  if (!isTag(clean)) {
    throw new TodoError("invalid_input", `tag ${quoteShort(clean)} is not one word`, {
      hints: ['A tag has no spaces, commas, quotes or backslashes and does not begin with "+".'],
    });
  }
  return clean;
}

/** Tags as they are stored: each once, sorted by code unit, at most 50. */
export function checkTags(tags: readonly string[]): string[] {
  const clean = [...new Set(tags.map(checkTag))].toSorted();
  if (clean.length > LIMITS.tags) {
    throw new TodoError("invalid_input", `a task can have ${LIMITS.tags} tags, these are ${clean.length}`);
  }
  return clean;
}

/** A priority by its name. Throws `invalid_input` for any other word. */
export function checkPriority(text: string): Priority {
  const priority = PRIORITIES.find((known) => known === text);
  if (priority === undefined) {
    throw new TodoError("invalid_input", `unknown priority ${quoteShort(text)}`, {
      hints: [`Use one of ${PRIORITIES.join(", ")}.`],
    });
  }
  return priority;
}
