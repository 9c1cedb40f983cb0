import type { LocalTime } from "../../domain/dates/local-time.ts";
import { NONE } from "../../domain/keys.ts";
import type { Argument } from "../../domain/quick-add/argument.ts";
import { readTokens, refuseEmpty, type Token } from "../../domain/quick-add/tokens.ts";
import { type Understood, understand } from "../../domain/quick-add/words.ts";
import { FIELD_KEYS, type FieldKey } from "../../domain/task/field-keys.ts";

/** The values of the options that set the same fields as words. `--no-due` makes `due` false. */
export type FieldFlags = { readonly [Key in FieldKey]?: string | readonly string[] | false } & {
  readonly tag?: readonly string[];
};

/**
 * Reads quick-add words: the keys of `FIELD_KEYS` (also in short: `pri:H`, `p1`) and `+tag` count if they are whole words,
 * the rest is the title as it was typed. An argument that begins with a key is one word, so `due:"next friday"` works.
 * Words behind the key of a date that make one date with it belong to it. Words after `--` (`literal`) are title. Throws
 * as `understand` does, and `usage` for a key without a value.
 */
export function readWords(
  args: readonly Argument[],
  literal: readonly string[],
  flags: FieldFlags,
  system: LocalTime,
): Understood {
  const { tokens, kept } = readTokens(args, "add", system);
  refuseEmpty(tokens);
  return understand([...tokens, ...readFlags(flags)], [...kept, ...literal], system);
}

/**
 * Reads the words of an edit. A key without a value clears its field, `tags:` takes all tags off and `not:+tag` one.
 * Throws as `understand` does.
 */
export function readEditWords(args: readonly Argument[], flags: FieldFlags, system: LocalTime): Understood {
  const { tokens, kept } = readTokens(args, "edit", system);
  return understand([...tokens, ...readFlags(flags)], kept, system);
}

/** The tokens that mean the same as flags. */
function readFlags(flags: FieldFlags): Token[] {
  const fields = FIELD_KEYS.flatMap(({ name }) => {
    const given = flags[name];
    if (given === undefined) return [];
    const values = typeof given === "object" ? given : [given === false ? NONE : given];
    return values.map((value) => ({ key: name, value }));
  });
  return [...fields, ...(flags.tag ?? []).map((value) => ({ key: "tag", value }) as const)];
}
