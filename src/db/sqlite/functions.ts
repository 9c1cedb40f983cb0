import { readUpdatedTime } from "../../domain/task/read-task.ts";
import { FOLD_SEPARATOR, foldName, foldText, padNumbers } from "../../domain/task/text.ts";
import type { FunctionHost } from "./raw.ts";

/** The SQL function that folds the title and the description of a task. SQLite's own knows the capitals of ASCII only. */
export const FOLD_TASK = "fold_task";

/** The same from the registers of both. A value as JSON text stands for a register too. */
export const FOLD_REGISTERS = "fold_registers";

/** The SQL functions that fold one text, and one name. */
export const FOLD_TEXT = "fold_text";
export const FOLD_NAME = "fold_name";

/** The SQL function that pads the numbers in a folded title. */
export const PAD_NUMBERS = "pad_numbers";

/** The SQL function that looks for a long text. SQLite's own compares all of it at each place where it may begin. */
export const INCLUDES = "includes";

/** The SQL function that reads from registers when they were changed last, in Unix milliseconds. */
export const UPDATED_TIME = "updated_time";

/** Gives a connection the functions that searches, writes and migrations need. */
export function addFunctions(raw: FunctionHost): void {
  raw.function(INCLUDES, { deterministic: true }, (text, part) => (String(text).includes(String(part)) ? 1 : 0));
  raw.function(FOLD_TEXT, { deterministic: true }, (text) => foldText(textOf(text)));
  raw.function(FOLD_NAME, { deterministic: true }, (name) => foldName(textOf(name)));
  raw.function(PAD_NUMBERS, { deterministic: true }, (title) => padNumbers(textOf(title)));
  raw.function(UPDATED_TIME, { deterministic: true }, (registers) => readUpdatedTime(JSON.parse(textOf(registers))));
  raw.function(FOLD_TASK, { deterministic: true }, foldTask);
  raw.function(FOLD_REGISTERS, { deterministic: true }, (title, description) =>
    foldTask(readText(title), readText(description)),
  );
}

function foldTask(title: unknown, description: unknown): string {
  return foldText(textOf(title)) + FOLD_SEPARATOR + foldText(textOf(description));
}

/** The text in a register, or null for none. No clock has a quotation mark. */
function readText(register: unknown): string | null {
  if (typeof register !== "string" || !register.includes('"')) return null;
  const json = register.slice(register.indexOf('"'));
  try {
    return String(JSON.parse(json));
  } catch {
    // SQLite reads some texts that are no JSON, and no write may fail for them.
    return json;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
