import { TodoError } from "../errors.ts";
import { findKey, splitKeyed } from "../keys.ts";
import type { LocalTime } from "../dates/local-time.ts";
import { FIELD_KEYS } from "../task/field-keys.ts";
import { type Argument, sliceArgument, spanOf } from "./argument.ts";

/** `every:month on the 1st until 30 june 2027 keeping missed` has as many words behind its first. */
const MAX_WORDS_BEHIND = 12;

/**
 * The arguments, of which a word such as `every:2` and the words behind it that make one rule with it are one: in
 * `every:2 weeks on mon Bins` the rule ends before `Bins`. What reads rules is loaded only if there is such a word.
 */
export async function joinEvery(args: readonly Argument[], system: LocalTime): Promise<readonly Argument[]> {
  if (!args.some(({ text }) => text.split(/\s+/u).some(beginsRule))) return args;
  const { parseEvery } = await import("../recurrence/every.ts");
  const isRule = (words: readonly Argument[]) => {
    const value = splitKeyed(joinTexts(words))?.value ?? "";
    return passes(() => parseEvery(value, system.today()));
  };
  return joinRules(args.flatMap(splitAtRules), isRule);
}

/** Each word that begins a rule is an argument of its own. One that is quoted whole is a rule already. */
function splitAtRules(argument: Argument): Argument[] {
  const { text } = argument;
  if (beginsRule(text)) return [argument];
  const at = [...text.matchAll(/(?<=\s)\S+/gu)].find(([word]) => beginsRule(word))?.index;
  if (at === undefined) return [argument];
  const words = [...text.slice(at).matchAll(/\S+|(?<=\s)$/gu)].map(({ 0: word, index }) =>
    sliceArgument(argument, at + index, at + index + word.length),
  );
  return [sliceArgument(argument, 0, text.slice(0, at).trimEnd().length), ...words];
}

function joinRules(args: readonly Argument[], isRule: (words: readonly Argument[]) => boolean): Argument[] {
  const joined: Argument[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const [first, ...behind] = args.slice(at, at + 1 + MAX_WORDS_BEHIND);
    if (!first) break;
    const words = beginsRule(first.text) ? [first, ...behind] : [];
    const ends = words.map((_, end) => words.slice(0, end + 1)).filter((each) => each.slice(1).every(isWord));
    const rule = ends.findLast(isRule) ?? [first];
    joined.push({ text: joinTexts(rule), ...spanOf(first, rule.at(-1) ?? first) });
    at += rule.length - 1;
  }
  return joined;
}

function joinTexts(args: readonly Argument[]): string {
  return args.map(({ text }) => text).join(" ");
}

function beginsRule(word: string): boolean {
  const keyed = splitKeyed(word);
  return keyed !== undefined && keyed.value !== "" && findKey(keyed.key, FIELD_KEYS) === "every";
}

/** A tag, another field and a quoted text are no part of a rule. */
function isWord({ text }: Argument): boolean {
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
