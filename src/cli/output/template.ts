import { TodoError } from "../../domain/errors.ts";
import { suggestNearest } from "../../domain/nearest.ts";
import type { Task } from "../../domain/task/task.ts";
import { quoteShort } from "../../domain/task/text.ts";
import { escapeControls } from "../../domain/escape.ts";
import type { Pages } from "./list-lines.ts";
import type { TaskOutput } from "./output.ts";
import { CELLS, loadCellSource, type MakeCell } from "./task-cells.ts";
import { COLUMN_NAMES, type ColumnName, isColumnName } from "./task-columns.ts";

/** A template, read: texts that stay as they are, and fields of a task. */
type Part = { readonly kind: "text"; readonly text: string } | { readonly kind: "field"; readonly name: ColumnName };

/** A brace for itself, a field, an escape, or text. What is left is a brace that no other closes. */
const TOKEN = /\{\{|\{([^{}]*)\}|\\[nt\\]|[^{\\]+|\\|\{/g;

const ESCAPES = new Map(Object.entries({ "{{": "{", "\\n": "\n", "\\t": "\t", "\\\\": "\\" }));

/** The texts of fields: those of the columns, but for the short forms and marks that a table has. */
const FIELDS: Readonly<Record<ColumnName, MakeCell>> = {
  ...CELLS,
  title: ({ title }) => escapeControls(title),
  priority: ({ priority }) => priority ?? "",
};

/** Makes a text for each task, page by page. Throws `usage` for a template that names no field or one that there is not. */
export function createTemplate(template: string): (output: TaskOutput, pages: Pages<Task>) => AsyncGenerator<string> {
  const parts = readTemplate(template);
  return async function* (output, pages) {
    for await (const tasks of pages) {
      const source = await loadCellSource(output, tasks, true);
      const format = (task: Task) =>
        parts.map((part) => (part.kind === "text" ? part.text : FIELDS[part.name](task, source))).join("");
      yield tasks.map((task) => `${format(task)}\n`).join("");
    }
  };
}

function readTemplate(template: string): Part[] {
  if (template === "") throw wrongTemplate("is empty", ['Such as: --template "{title} {due}"']);
  return [...template.matchAll(TOKEN)].map(([token, name]): Part => {
    if (name !== undefined) return { kind: "field", name: readField(name) };
    if (token === "{") throw wrongTemplate("has a { that no } closes", ["Write {{ for a brace."]);
    return { kind: "text", text: ESCAPES.get(token) ?? token };
  });
}

function readField(word: string): ColumnName {
  const name = word.trim().toLowerCase();
  if (isColumnName(name)) return name;
  const list = COLUMN_NAMES.map((each) => `{${each}}`).join(", ");
  const hints = [...suggestNearest(name, COLUMN_NAMES), `Use ${list}. Write {{ for a brace.`];
  throw wrongTemplate(`has no field ${quoteShort(word)}`, hints);
}

function wrongTemplate(problem: string, hints: readonly string[]): TodoError {
  return new TodoError("usage", `--template ${problem}`, { hints });
}
