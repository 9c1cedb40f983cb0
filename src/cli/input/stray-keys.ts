import { findKey, isAddress, type Keyed, splitKeyed } from "../../domain/keys.ts";
import { findNearest, suggestOneOf } from "../../domain/nearest.ts";
import { TERM_KEYS } from "../../domain/query/terms.ts";
import { FIELD_KEYS } from "../../domain/task/field-keys.ts";
import type { System } from "../../ports/system.ts";
import { readTokens } from "./tokens.ts";

const FIELD_NAMES = FIELD_KEYS.map(({ name }) => name);

/** Fields of other programs and terms of filters, which are meant as such in any case and with any value. */
const TAG_KEYS = ["label", "tag", "tags"];
const OTHER_KEYS = ["depends", "every", "limit", "parent", "recur", "remind", "repeat", "scheduled", "until", "wait"];
const KNOWN_ELSEWHERE = new Set<string>([...TAG_KEYS, ...OTHER_KEYS, ...TERM_KEYS.map(({ name }) => name)]);

/** What stands before the colon of addresses without slashes, and of the subjects of mails. */
const PROSE = new Set(["aw", "cc", "doi", "fw", "fwd", "isbn", "mailto", "re", "sms", "tel", "urn", "wg"]);

/** Short words in small letters, as keys are: no `FIXME:this`, and no sentence. */
const KEY_LIKE = /^\p{Ll}{2,12}$/u;

/**
 * Says which words in a new title look like fields and are none, such as `recur:weekly`. undefined if there are none.
 * Addresses, times, paths and punctuation don't look like fields.
 */
export function describeStrayKeys(args: readonly string[], system: System): string | undefined {
  const words = readTokens(args, "add", system).kept.flatMap((text) => text.split(/\s+/u));
  const keyed = words.flatMap((word) => splitKeyed(word) ?? []);
  const empty = keyed.filter(isEmptyField);
  const stray = keyed.filter((each) => !isEmptyField(each) && isMeantAsField(each));
  const nearest = new Set(stray.flatMap(suggestField));
  const sentences = [
    ...say(stray, "is no field and stays in the title", "are no fields and stay in the title"),
    ...say(empty, "has no value and stays in the title", "have no values and stay in the title"),
    ...suggestOneOf([...nearest]),
  ];
  return sentences.length === 0 ? undefined : sentences.join(" ");
}

function isEmptyField({ key, value }: Keyed): boolean {
  return value === "" && findKey(key, FIELD_KEYS) !== undefined;
}

function isMeantAsField(keyed: Keyed): boolean {
  const { key, value } = keyed;
  const name = key.toLowerCase();
  if (isAddress(keyed) || PROSE.has(name) || !/[\p{L}\p{N}]/u.test(value)) return false;
  if (KNOWN_ELSEWHERE.has(name) || findNearest(name, FIELD_NAMES).length > 0) return true;
  // A number stands behind the name of a machine or of a book.
  return KEY_LIKE.test(key) && /\p{L}/u.test(value);
}

function suggestField({ key, value }: Keyed): string[] {
  const name = key.toLowerCase();
  if (TAG_KEYS.includes(name)) return [`+${value}`];
  return findNearest(name, FIELD_NAMES).map((near) => `${near}:${value}`);
}

function say(keyed: readonly Keyed[], one: string, several: string): string[] {
  const names = [...new Set(keyed.map(({ key }) => `${key}:`))];
  const last = names.pop();
  if (last === undefined) return [];
  return [names.length === 0 ? `${last} ${one}.` : `${names.join(", ")} and ${last} ${several}.`];
}
