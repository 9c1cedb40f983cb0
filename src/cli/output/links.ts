import { isCancelled } from "../../domain/task/closing.ts";
import type { Task } from "../../domain/task/task.ts";
import { shortenHandles } from "../../services/tasks/list-tasks.ts";
import { type Links, readLinks } from "../../services/tasks/tree/read-links.ts";
import { escapeControls } from "../../domain/escape.ts";
import type { TaskOutput } from "./output.ts";

/** What a task has to do with others, each a text of one or several lines, or null if there is nothing to say. */
export type LinkTexts = {
  readonly parent: string | null;
  readonly subtasks: string | null;
  readonly waitsFor: string | null;
  readonly blocks: string | null;
};

/** The links of tasks in words, by the ids of the tasks. */
export async function describeLinks(
  output: TaskOutput,
  tasks: readonly Task[],
): Promise<ReadonlyMap<string, LinkTexts>> {
  const workspace = await output.workspace();
  const links = await readLinks(workspace, tasks);
  const shorten = await shortenHandles(workspace, [...links.values()].flatMap(listOthers));
  const describe = (task: Task, note = "") => {
    const end = task.completedAt === null ? [] : [isCancelled(task) ? "cancelled" : "done"];
    const parts = [output.paint("bold", shorten(task)), escapeControls(task.title), ...end];
    return `${parts.join("  ")}${note}`;
  };
  return new Map([...links].map(([id, each]) => [id, describeEach(each, describe)]));
}

function describeEach(links: Links, describe: (task: Task, note?: string) => string): LinkTexts {
  const { parent, ignoredParent, subtasks, waitsFor, ring, blocks } = links;
  const ignored = ignoredParent && describe(ignoredParent, " (ignored, because it closes a ring of parents)");
  return {
    parent: parent ? describe(parent) : ignored,
    subtasks: toLines(subtasks.map((task) => describe(task))),
    waitsFor: toLines([
      ...waitsFor.map((task) => describe(task)),
      ...ring.map((task) => describe(task, " (waits for this one too, so neither waits)")),
    ]),
    blocks: toLines(blocks.map((task) => describe(task))),
  };
}

function listOthers({ parent, ignoredParent, subtasks, waitsFor, ring, blocks }: Links): Task[] {
  return [parent, ignoredParent].filter((task) => task !== null).concat(subtasks, waitsFor, ring, blocks);
}

function toLines(lines: readonly string[]): string | null {
  return lines.length === 0 ? null : lines.join("\n");
}
