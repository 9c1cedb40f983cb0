import { TodoError } from "../errors.ts";
import { findNearest, suggestOneOf } from "../nearest.ts";
import { CLOCK_LENGTH } from "../task/clock.ts";
import { compareBytes, type Fields, readText, type Registers } from "../task/registers.ts";
import { cleanText, isBlank, quoteShort } from "../task/text.ts";
import { MAX_FILTER_CHARACTERS } from "./filter/limits.ts";

/** Before the name of a saved filter in a profile. */
export const FILTER_PREFIX = "filter:";

/** Code points of the name of a saved filter. */
const MAX_NAME_CHARACTERS = 64;

/** Words that commands and terms take for something else, as in `todo context off`. */
const RESERVED = new Set(["any", "none", "off"]);

/** At most `MAX_NAME_CHARACTERS`. The first is no `-` or `.`: `-work` would be an option, and `..` a folder above in a URL. */
const NAME = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}._-]{0,63}$/u;

/** A filter with a name, as it was typed. */
export type SavedFilter = { readonly name: string; readonly text: string };

/** What two spellings of one name have in common. */
export function foldFilterName(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

/** The name as it is stored, in NFC. Throws `invalid_input` for one that no filter can have. */
export function checkFilterName(name: string): string {
  const clean = name.normalize("NFC");
  if (!NAME.test(clean)) {
    throw new TodoError("invalid_input", `${quoteShort(name)} can't be the name of a filter`, {
      hints: [`A name is one word of at most ${MAX_NAME_CHARACTERS} letters, digits, "-", "_" and ".".`],
    });
  }
  if (!RESERVED.has(foldFilterName(clean))) return clean;
  throw new TodoError(
    "invalid_input",
    `${quoteShort(name)} has a meaning of its own and can't be the name of a filter`,
    {
      hints: [`Such words are ${[...RESERVED].join(", ")}.`],
    },
  );
}

/** The text as it is stored. Throws `invalid_input` for one that is empty or too long, whatever else it says. */
export function checkFilterText(text: string): string {
  if (isBlank(text)) throw new TodoError("invalid_input", "the filter has no terms");
  return cleanText("the filter", text, MAX_FILTER_CHARACTERS);
}

/**
 * The filters of a profile by their folded names, in the order of these. Two devices may have saved one name in two
 * spellings. These count as one entry: the latest wins, also if it is a removal.
 */
export function readSavedFilters(profile: Registers): ReadonlyMap<string, SavedFilter> {
  const latest = new Map<string, { readonly name: string; readonly register: string }>();
  for (const [key, register] of Object.entries(profile)) {
    if (!key.startsWith(FILTER_PREFIX)) continue;
    const name = key.slice(FILTER_PREFIX.length);
    const known = latest.get(foldFilterName(name));
    if (!known || compareSpellings(register, known.register) > 0) latest.set(foldFilterName(name), { name, register });
  }
  const filters = [...latest].flatMap(([folded, { name, register }]) => {
    const text = readText(register);
    return text === null ? [] : [[folded, { name, text }] as const];
  });
  return new Map(filters.toSorted(([one], [other]) => compareBytes(one, other)));
}

/** The filter of this name, in any case. Throws `not_found` with the nearest names. */
export function pickFilter(filters: ReadonlyMap<string, SavedFilter>, name: string): SavedFilter {
  const found = filters.get(foldFilterName(name));
  if (found) return found;
  const near = findNearest(foldFilterName(name), [...filters.keys()]).flatMap((each) => filters.get(each)?.name ?? []);
  throw new TodoError("not_found", `there is no saved filter ${quoteShort(name)}`, {
    hints: near.length > 0 ? suggestOneOf(near) : ["See those that there are: todo filter list"],
  });
}

/** What to set in a profile so that the filter has this text, or null to remove it. No other spelling of its name is left. */
export function filterFields(profile: Registers, name: string, text: string | null): Fields {
  const key = FILTER_PREFIX + name;
  const spellings = Object.keys(profile).filter((other) => foldFilterName(other) === foldFilterName(key));
  const removed = spellings.filter((other) => readText(profile[other]) !== null).map((other) => [other, null] as const);
  return { ...Object.fromEntries(removed), ...(text !== null && { [key]: text }) };
}

/** One edit removes the other spellings under the clock of the new one. */
function compareSpellings(one: string, other: string): number {
  const [clock, otherClock] = [one.slice(0, CLOCK_LENGTH), other.slice(0, CLOCK_LENGTH)];
  if (clock !== otherClock) return compareBytes(clock, otherClock);
  return Number(readText(one) !== null) - Number(readText(other) !== null) || compareBytes(one, other);
}
