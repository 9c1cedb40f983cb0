import type { Key } from "../keys.ts";
import { PRIORITIES } from "./task.ts";

/** The keys by which a word sets a field of a task, once. Commands, errors and completion are made from it. */
export const FIELD_KEYS = [
  { name: "due", takes: "WHEN", example: "due:friday", description: "a day or a moment" },
  { name: "project", takes: "NAME", example: "project:House", description: "a project" },
  { name: "priority", takes: PRIORITIES.join("|"), example: "priority:high", description: PRIORITIES.join(", ") },
] as const satisfies readonly Key[];

/** All of them for people, with what they take. */
export function listFields(): string {
  return FIELD_KEYS.map(({ name, takes }) => `${name}:${takes}`).join(", ");
}

export type FieldKey = (typeof FIELD_KEYS)[number]["name"];
