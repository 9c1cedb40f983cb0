import { tryRead } from "../errors.ts";
import { findKey, splitKeyed } from "../keys.ts";
import type { LocalTime } from "../dates/local-time.ts";
import { FIELD_KEYS } from "../task/field-keys.ts";
import { type Argument, sliceArgument, spanOf } from "./argument.ts";
import { readToken } from "./tokens.ts";

/** `every:month on the 1st until 30 june 2027 keeping missed` has as many words behind its first. */
const MAX_WORDS_BEHIND = 12;

/** A second rule is refused and quoted, so a third need not be read. */
const MAX_RULES = 2;

/**
 * The arguments, of which a word such as `every:2` and the words behind it that make one rule with it are one: in
 * `every:2 weeks on mon Bins` the rule ends before `Bins`. What reads rules is loaded only if there is such a word.
 */
export async function joinEvery(args: readonly Argument[], system: LocalTime): Promise<readonly Argument[]> {
  if (!args.some(({ text }) => text.split(/\s+/u).some(beginsRule))) return args;
  const { parseEvery } = await import("../recurrence/every.ts");
  const isRule = (words: readonly Argument[]) => {
    const value = splitKeyed(joinTexts(words))?.value ?? "";
    return tryRead(() => parseEvery(value, system.today())) !== undefined;
  };
  return joinRules(args.flatMap(splitAtRules), isRule);
}

/** Each word that begins a rule is an argument of its own. One that begins with a field is all its value. */
function splitAtRules(argument: Argument): Argument[] {
  const { text } = argument;
  if (readToken(text, "add")) return [argument];
  const at = [...text.matchAll(/(?<=\s)\S+/gu)].find(([word]) => beginsRule(word))?.index;
  if (at === undefined) return [argument];
  const words = [...text.slice(at).matchAll(/\S+|(?<=\s)$/gu)].map(({ 0: word, index }) =>
    sliceArgument(argument, at + index, at + index + word.length),
  );
  return [sliceArgument(argument, 0, text.slice(0, at).trimEnd().length), ...words];
}

function joinRules(args: readonly Argument[], isRule: (words: readonly Argument[]) => boolean): Argument[] {
  const joined: Argument[] = [];
  let rules = 0;
  for (let at = 0; at < args.length;) {
    const [first, ...behind] = args.slice(at, at + 1 + MAX_WORDS_BEHIND);
    if (!first) break;
    const begins = rules < MAX_RULES && beginsRule(first.text);
    const rule = begins ? takeRule(first, behind, isRule) : [first];
    joined.push({ text: joinTexts(rule), ...spanOf(first, rule.at(-1) ?? first) });
    at += rule.length;
    if (begins) rules += 1;
  }
  return joined;
}

/** The first word with as many behind it as make one rule with it, or alone. */
function takeRule(
  first: Argument,
  behind: readonly Argument[],
  isRule: (words: readonly Argument[]) => boolean,
): readonly Argument[] {
  const end = behind.findIndex((word) => !isWord(word));
  const words = [first, ...(end === -1 ? behind : behind.slice(0, end))];
  return words.map((_, at) => words.slice(0, at + 1)).findLast(isRule) ?? [first];
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
