import { isDueShift } from "../dates/due-shift.ts";
import type { Argument } from "./argument.ts";

/** The arguments of an edit, in which `due+1w` is short for `due:due+1w`. */
export function keyDueShifts(args: readonly Argument[]): Argument[] {
  return args.map((arg) => (isDueShift(arg.text) ? { ...arg, text: `due:${arg.text}` } : arg));
}
