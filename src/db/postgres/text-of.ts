import { VALUE_START } from "../sqlite/text-of.ts";

/** The text in a register, or null: another type reads as absent, as it does in `readTask`. */
export function textOf(register: string): string {
  return `(case when substr(${register}, ${VALUE_START}, 1) = '"' then substr(${register}, ${VALUE_START})::jsonb #>> '{}' end)`;
}
