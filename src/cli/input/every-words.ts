import { TodoError } from "../../domain/errors.ts";
import { findKey, splitKeyed } from "../../domain/keys.ts";
import { FIELD_KEYS } from "../../domain/task/field-keys.ts";
import type { System } from "../../ports/system.ts";

/** `every:month on the 1st until 30 june 2027 keeping missed` has as many words behind its first. */
const MAX_WORDS_BEHIND = 12;

/**
 * The arguments, of which a word such as `every:2` and the words behind it that make one rule with it are one: in
 * `every:2 weeks on mon Bins` the rule ends before `Bins`. What reads rules is loaded only if there is such a word.
 */
export async function joinEvery(args: readonly string[], system: System): Promise<readonly string[]> {
  if (!args.some((arg) => arg.split(/\s+/u).some(beginsRule))) return args;
  const { parseEvery } = await import("../../domain/recurrence/every.ts");
  const isRule = (words: readonly string[]) => {
    const value = splitKeyed(words.join(" "))?.value ?? "";
    return passes(() => parseEvery(value, system.today()));
  };
  const pieces = args.flatMap(splitAtRules);
  return joinRules(pieces, isRule);
}

/** Each word that begins a rule is an argument of its own. One that is quoted whole is a rule already. */
function splitAtRules(arg: string): string[] {
  if (beginsRule(arg)) return [arg];
  const at = [...arg.matchAll(/(?<=\s)\S+/gu)].find(([word]) => beginsRule(word))?.index;
  if (at === undefined) return [arg];
  return [arg.slice(0, at).trimEnd(), ...arg.slice(at).split(/\s+/u)];
}

function joinRules(args: readonly string[], isRule: (words: readonly string[]) => boolean): string[] {
  const joined: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const words = beginsRule(args[at] ?? "") ? args.slice(at, at + 1 + MAX_WORDS_BEHIND) : [];
    const ends = words.map((_, end) => words.slice(0, end + 1)).filter((each) => each.slice(1).every(isWord));
    const rule = ends.findLast(isRule) ?? [args[at] ?? ""];
    joined.push(rule.join(" "));
    at += rule.length - 1;
  }
  return joined;
}

function beginsRule(word: string): boolean {
  const keyed = splitKeyed(word);
  return keyed !== undefined && keyed.value !== "" && findKey(keyed.key, FIELD_KEYS) === "every";
}

/** A tag, another field and a quoted text are no part of a rule. */
function isWord(text: string): boolean {
  return /^[^\s+]\S*$/u.test(text) && splitKeyed(text) === undefined;
}

function passes(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof TodoError) return false;
    throw error;
  }
}
