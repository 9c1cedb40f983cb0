import { TodoError } from "../../domain/errors.ts";
import { suggestNearest } from "../../domain/nearest.ts";
import { COLUMN_NAMES, type ColumnName, isColumnName } from "../output/task-columns.ts";

/** The word for the columns of a list if nobody chooses any. */
export const USUAL_COLUMNS = "usual";

/**
 * The columns of a text such as `handle,due,title`, each once, or undefined for the usual ones. Throws `usage`, which calls
 * the text `name`.
 */
export function readColumns(text: string, name: string): readonly ColumnName[] | undefined {
  const words = text.split(",").map((word) => word.trim().toLowerCase());
  if (words.length === 1 && words[0] === USUAL_COLUMNS) return undefined;
  return [...new Set(words.map((word) => readColumn(word, name)))];
}

function readColumn(word: string, name: string): ColumnName {
  if (isColumnName(word)) return word;
  throw new TodoError("usage", `${name} has an unknown column`, {
    hints: [
      ...suggestNearest(word, COLUMN_NAMES),
      `Use ${COLUMN_NAMES.join(", ")}, with commas between, or ${USUAL_COLUMNS}.`,
    ],
  });
}
