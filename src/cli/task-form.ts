import { TodoError } from "../domain/errors.ts";
import type { Surroundings } from "../domain/surroundings.ts";
import {
  checkDescription,
  checkPriority,
  checkProject,
  checkTag,
  checkTitle,
  type Draft,
  type Task,
} from "../domain/task.ts";
import { parseWhen } from "../domain/when.ts";

const FIELDS = ["title", "due", "priority", "project", "tags"] as const;
type Field = (typeof FIELDS)[number];

const HELP = [
  "# Lines that begin with # above the description are left out. An empty field clears it.",
  "# due takes what the command line takes: friday, 21 nov, +3d, tomorrow at 9, 2026-11-27.",
];
const DESCRIPTION = "description:";

/** A task as people edit it: a field a line, then the description to the end. */
export function formatTaskForm(task: Task): string {
  const lines = [
    ...HELP,
    `title: ${task.title}`,
    `due: ${task.dueDate ?? ""}`,
    `priority: ${task.priority ?? ""}`,
    `project: ${task.project ?? ""}`,
    `tags: ${task.tags.join(" ")}`,
    DESCRIPTION,
    ...(task.description === null ? [] : [task.description]),
  ];
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

/** Reads the form back. Throws `invalid_input` with the number of the line that is not understood. */
export function parseTaskForm(text: string, around: Surroundings): Required<Draft> {
  const lines = text.split(/\r?\n/);
  const body = lines.findIndex((line) => line.trimEnd() === DESCRIPTION);
  const values = readFields(body === -1 ? lines : lines.slice(0, body));
  const given = (field: Field) => values.get(field) ?? { value: "", line: 1 };
  const optional = <Value>(field: Field, read: (value: string) => Value) => {
    const { value, line } = given(field);
    return value === "" ? null : atLine(line, () => read(value));
  };
  const title = given("title");
  const description =
    body === -1
      ? ""
      : lines
          .slice(body + 1)
          .join("\n")
          .replace(/\n+$/, "");
  return {
    title: atLine(title.line, () => checkTitle(title.value)),
    dueDate: optional("due", (value) => parseWhen(value, around)),
    priority: optional("priority", checkPriority),
    project: optional("project", checkProject),
    tags: optional("tags", (value) => value.split(/[\s,]+/).map((tag) => checkTag(tag.replace(/^\+/, "")))) ?? [],
    description: description === "" ? null : atLine(body + 2, () => checkDescription(description)),
  };
}

function readFields(lines: readonly string[]): Map<Field, { readonly value: string; readonly line: number }> {
  const values = new Map<Field, { value: string; line: number }>();
  for (const [at, content] of lines.entries()) {
    if (content.startsWith("#") || content.trim() === "") continue;
    const field = FIELDS.find((name) => content.startsWith(`${name}:`));
    const line = at + 1;
    if (field === undefined)
      throw atLineError(line, `${JSON.stringify(content)} is not one of ${FIELDS.join(", ")}, description`);
    if (values.has(field)) throw atLineError(line, `${field} is there twice`);
    values.set(field, { value: content.slice(field.length + 1).trim(), line });
  }
  return values;
}

function atLine<Value>(line: number, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof TodoError) throw atLineError(line, error.message, error);
    throw error;
  }
}

function atLineError(line: number, problem: string, cause?: TodoError): TodoError {
  return new TodoError("invalid_input", `line ${line}: ${problem}`, { hints: cause?.hints ?? [], cause });
}
