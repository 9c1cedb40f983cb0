import type { Command } from "commander";
import { FIELD_KEYS } from "../domain/task/field-keys.ts";
import { collect, once } from "./context.ts";

/**
 * Adds the options that set the same fields as words do, `--due <when>`. For an edit, each also has one that clears the
 * field, `--no-due`.
 */
export function addFieldOptions(command: Command, { clears }: { readonly clears: boolean }): Command {
  for (const row of FIELD_KEYS) {
    const { name, noun, placeholder, description } = row;
    if ("several" in row) command.option(`--${name} <${placeholder}>`, `${description}; can be repeated`, collect);
    else command.option(`--${name} <${placeholder}>`, description, once(name));
    if (clears) command.option(`--no-${name}`, `remove the ${noun}`, once(name));
  }
  return command;
}
