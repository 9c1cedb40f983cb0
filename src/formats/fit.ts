import { LIMITS } from "../domain/task/task.ts";
import { countCodePoints } from "../domain/task/text.ts";
import type { ForeignRecord } from "./found.ts";

/** A record that fits into a task, and what of it did not, each in a word or two. */
export type Fitted = { readonly record: ForeignRecord; readonly left: readonly string[] };

/** Makes the texts of a record fit into a task. Nothing is cut but what is named. */
export function fitRecord(record: ForeignRecord): Fitted {
  const titled = fitTitle(record);
  const project = fitProject(titled.project);
  const tags = fitTags(titled.tags ?? []);
  const notes = titled.notes?.slice(0, LIMITS.notes).map((note) => ({ ...note, text: cut(note.text, LIMITS.note) }));
  const description = titled.description === undefined ? undefined : cut(titled.description, LIMITS.description);
  const { project: _, ...others } = titled;
  return {
    record: {
      ...others,
      ...(project !== undefined && { project }),
      ...(description !== undefined && { description }),
      ...(record.tags && { tags: tags.slice(0, LIMITS.tags) }),
      ...(notes && { notes }),
    },
    left: [
      ...(titled.title === record.title ? [] : ["form of the title"]),
      ...(description === titled.description ? [] : ["end of a long description"]),
      ...(project === record.project ? [] : ["beginning of a long project"]),
      ...(tags.length > LIMITS.tags ? [`tags after the first ${LIMITS.tags}`] : []),
      ...(record.tags?.every((tag) => tags.includes(tag)) === false ? ["form of a tag"] : []),
      ...(notes?.some(({ text }, at) => text !== record.notes?.[at]?.text) ? ["end of a long note"] : []),
      ...((record.notes?.length ?? 0) > LIMITS.notes ? [`notes after the first ${LIMITS.notes}`] : []),
    ],
  };
}

/** A title is one line. Of one that is too long the description begins with all of it. */
function fitTitle(record: ForeignRecord): ForeignRecord {
  const title = record.title.replaceAll(/\s*[\r\n]+\s*/g, " ").trim();
  if (countCodePoints(title) <= LIMITS.title) return { ...record, title };
  const description = [record.title.trim(), record.description].filter(Boolean).join("\n\n");
  return { ...record, title: cut(title, LIMITS.title), description };
}

/** The last parts of a path that fit, and of a single part its beginning. */
function fitProject(project: string | undefined): string | undefined {
  if (project === undefined || countCodePoints(project) <= LIMITS.project) return project;
  const at = project.indexOf("/");
  return at === -1 ? cut(project, LIMITS.project) : fitProject(project.slice(at + 1));
}

function fitTags(tags: readonly string[]): readonly string[] {
  const clean = tags.map((tag) =>
    tag
      .trim()
      .replaceAll(/[,"\\]/g, "")
      .replace(/^[+#]+/, "")
      .replaceAll(/\s+/g, "-"),
  );
  return [...new Set(clean.filter((tag) => tag !== "").map((tag) => Array.from(tag).slice(0, LIMITS.tag).join("")))];
}

/** As many whole words as fit, with a sign that there was more. */
function cut(text: string, limit: number): string {
  const letters = Array.from(text);
  if (letters.length <= limit) return text;
  const head = letters.slice(0, limit - 1).join("");
  const end = head.search(/\s\S*$/);
  return `${end > limit / 2 ? head.slice(0, end) : head}…`;
}
