import { TodoError } from "../errors.ts";
import { findKey, isAddress, type Keyed, splitKeyed } from "../keys.ts";
import { findNearest, suggestOneOf } from "../nearest.ts";
import { suggestTags, TAG_KEYS } from "../query/suggest-tags.ts";
import { FIELD_KEYS, listFields } from "../task/field-keys.ts";
import { shorten } from "../task/text.ts";
import { TAGGED } from "./tokens.ts";

const MAX_SHOWN_CHARACTERS = 80;
const FIELD_NAMES = FIELD_KEYS.map(({ name }) => name);

/** Fields of other programs and terms of filters, which are meant as such in any case and with any value. */
const DESCRIPTION_KEYS = new Set(["annotation", "desc", "description", "note", "notes"]);
const OTHER_KEYS = ["is", "limit", "not", "recur", "repeat", "status", "until"];
const KNOWN_ELSEWHERE = new Set<string>([...TAG_KEYS, ...OTHER_KEYS]);

/** What stands before the colon of addresses without slashes, and of the subjects of mails. */
const PROSE = new Set(["aw", "cc", "doi", "fw", "fwd", "isbn", "mailto", "re", "sms", "tel", "urn", "wg"]);

/** Short words in small letters, as keys are: no `FIXME:this`, and no sentence. */
const KEY_LIKE = /^\p{Ll}{2,12}$/u;

/**
 * Says which words of a new title look like fields or tags and are none, such as `recur:weekly`. undefined if there are none.
 * Addresses, times, paths and punctuation don't look like fields.
 */
export function describeStrayKeys(words: readonly string[]): string | undefined {
  const keyed = words.flatMap((word) => splitKeyed(word) ?? []);
  const empty = keyed.filter(isEmptyField);
  const stray = keyed.filter((each) => !isEmptyField(each) && isMeantAsField(each));
  // `+home,work` is several tags in other programs.
  const tagLike = words.filter((word) => TAGGED.test(word));
  const nearest = new Set([...stray.flatMap(suggestField), ...tagLike.flatMap(suggestTags)]);
  const sentences = [
    ...say(tagLike, "is no tag and stays in the title", "are no tags and stay in the title"),
    ...say(stray.map(nameKey), "is no field and stays in the title", "are no fields and stay in the title"),
    ...say(empty.map(nameKey), "has no value and stays in the title", "have no values and stay in the title"),
    ...suggestOneOf([...nearest]),
  ];
  return sentences.length === 0 ? undefined : sentences.join(" ");
}

/** The error for words of an edit that look like fields and are none, or undefined if there are none. */
export function refuseStrayKeys(bare: string): TodoError | undefined {
  const first = bare
    .split(/\s+/u)
    .flatMap((word) => splitKeyed(word) ?? [])
    .find(isMeantAsField);
  if (!first) return undefined;
  const hints = [
    ...suggestOneOf(suggestField(first)),
    `Fields: ${listFields()}, +TAG, not:+TAG.`,
    "To replace the title, give it with --title.",
  ];
  return new TodoError("usage", `${shorten(first.key, MAX_SHOWN_CHARACTERS)}: is no field`, { hints });
}

function isEmptyField({ key, value }: Keyed): boolean {
  return value === "" && findKey(key, FIELD_KEYS) !== undefined;
}

function isMeantAsField(keyed: Keyed): boolean {
  const { key, value } = keyed;
  const name = key.toLowerCase();
  if (isAddress(keyed) || PROSE.has(name) || !/[\p{L}\p{N}]/u.test(value)) return false;
  if (KNOWN_ELSEWHERE.has(name) || isCompared(name) || findNearest(name, FIELD_NAMES).length > 0) return true;
  // A number stands behind the name of a machine or of a book.
  return KEY_LIKE.test(key) && /\p{L}/u.test(value);
}

/** True for a field with a word of comparison, as in a filter: `due.before`. */
function isCompared(name: string): boolean {
  const [field = "", ...words] = name.split(".");
  return words.length > 0 && FIELD_KEYS.some((key) => key.name === field);
}

function suggestField({ key, value }: Keyed): string[] {
  const name = key.toLowerCase();
  if (TAG_KEYS.has(name)) return suggestTags(value);
  if (name === "title" || DESCRIPTION_KEYS.has(name)) return [name === "title" ? "--title" : "--description"];
  return findNearest(name, FIELD_NAMES).map((near) => `${near}:${value}`);
}

function nameKey({ key }: Keyed): string {
  return `${key}:`;
}

function say(words: readonly string[], one: string, several: string): string[] {
  const names = [...new Set(words)];
  const last = names.pop();
  if (last === undefined) return [];
  return [names.length === 0 ? `${last} ${one}.` : `${names.join(", ")} and ${last} ${several}.`];
}
