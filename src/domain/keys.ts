/** The value that clears a field, and that filters for its absence. */
export const NONE = "none";

/** The value that filters for whatever is not absent. */
export const ANY = "any";

/** A word that stands before a colon, such as `due` in `due:friday`. `takes` is what stands behind it. */
export type Key = {
  readonly name: string;
  readonly takes: string;
  readonly example: string;
  readonly description: string;
};

/** A text such as `due:friday` in its two parts. The value may be empty. */
export type Keyed = { readonly key: string; readonly value: string };

const KEYED = /^(\p{L}[\p{L}\p{N}._-]*):(.*)$/su;

/** Fewer letters are too often part of a text, such as `d:` of a disk. */
const MIN_ABBREVIATION_LETTERS = 3;

/** The parts of a text that begins with a word and a colon, whether or not that word is a known key. */
export function splitKeyed(text: string): Keyed | undefined {
  const [, key, value] = KEYED.exec(text) ?? [];
  return key === undefined || value === undefined ? undefined : { key, value };
}

/** The same as people type it: `project:"Side work"`. */
export function writeKeyed({ key, value }: Keyed): string {
  return /\s/u.test(value) ? `${key}:"${value}"` : `${key}:${value}`;
}

/** The key that a word means: its name in any case, or an abbreviation of it that fits no other key. */
export function findKey<Name extends string>(word: string, keys: readonly { readonly name: Name }[]): Name | undefined {
  const typed = word.toLowerCase();
  const exact = keys.find(({ name }) => name === typed);
  if (exact || typed.length < MIN_ABBREVIATION_LETTERS || typed.includes(".")) return exact?.name;
  const [first, second] = keys.filter(({ name }) => !name.includes(".") && name.startsWith(typed));
  return second ? undefined : first?.name;
}

/** True if no person means a key by the word before the colon: in addresses, paths, and names such as `std::list`. */
export function isAddress({ value }: Keyed): boolean {
  return /^[/\\:]/.test(value);
}
