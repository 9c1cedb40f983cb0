import { writeKeyed } from "../../domain/keys.ts";
import { findNearest, suggestOneOf } from "../../domain/nearest.ts";
import { type Condition, LEVEL_SEPARATORS } from "../../domain/query/query.ts";
import { foldName } from "../../domain/task/text.ts";
import { countOpen } from "../../services/tasks/list-tasks.ts";
import { escapeControls } from "../../domain/escape.ts";
import type { TaskOutput } from "./output.ts";
import { printNote } from "./print.ts";

const LEVEL_END = new RegExp(`[${LEVEL_SEPARATORS.join("")}]`, "g");

type Kind = { readonly what: string; readonly write: (name: string) => string; readonly see: string };
const TAG: Kind = { what: "tag +", write: (name) => `+${name}`, see: "todo tags" };
const PROJECT: Kind = {
  what: "project ",
  write: (name) => writeKeyed({ key: "project", value: name }),
  see: "todo projects",
};

/**
 * Tells a person which names in a filter that found nothing no open task has, with those that are spelled alike. After
 * a typo one would otherwise believe that nothing is to do.
 */
export async function noteUnknownNames(output: TaskOutput, where: readonly Condition[]): Promise<void> {
  if (!where.some((condition) => condition.kind === "status" && condition.status === "pending")) return;
  for (const condition of where) {
    const note = await describeUnknown(output, condition);
    if (note !== undefined) printNote(output, escapeControls(note));
  }
}

async function describeUnknown(output: TaskOutput, condition: Condition): Promise<string | undefined> {
  if (condition.kind === "tagged") return describeName(condition.tag, await listNames(output, "tags"), TAG);
  if (condition.kind === "in_project") {
    const projects = await listNames(output, "projects");
    return describeName(condition.project, projects.flatMap(listLevels), PROJECT);
  }
  const label = condition.kind === "text" ? /^([@#])(\S+)$/u.exec(condition.text) : null;
  if (!label) return undefined;
  const [text, sign, name = ""] = label;
  return [`${text} was looked for as text.`, ...suggestOneOf([(sign === "@" ? TAG : PROJECT).write(name)])].join(" ");
}

function describeName(name: string, known: readonly string[], { what, write, see }: Kind): string | undefined {
  if (known.some((one) => foldName(one) === foldName(name))) return undefined;
  const [guess = `See: ${see}`] = suggestOneOf([...new Set(findNearest(name, known))].map(write));
  return `No open task has the ${what}${name}. ${guess}`;
}

async function listNames(output: TaskOutput, kind: "tags" | "projects"): Promise<string[]> {
  return (await countOpen(await output.workspace(), kind)).map(({ name }) => name);
}

/** A project with all that it is a level of: `Work` and `Work.Tax` for `Work.Tax`. */
function listLevels(project: string): string[] {
  const ends = [...project.matchAll(LEVEL_END)].map(({ index }) => index);
  return [...ends.map((end) => project.slice(0, end)), project];
}
