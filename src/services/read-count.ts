import { TodoError } from "../domain/errors.ts";

/** The whole number in a variable. Throws `usage` for anything else, and for more than `maxDigits`. */
export function readCount(name: string, text: string | undefined, standard: number, maxDigits = 9): number {
  if (text === undefined || text === "") return standard;
  if (/^\d+$/.test(text) && text.length <= maxDigits) return Number(text);
  throw new TodoError("usage", `${name} is not a whole number`, { hints: [`Leave it out for ${standard}.`] });
}
