import type { LocalTime } from "../../dates/local-time.ts";
import { TodoError, tryRead } from "../../errors.ts";
import { groupPieces, type Token } from "./group-pieces.ts";
import { lexArguments } from "./lex.ts";
import { parseFilter, type TypedWords } from "./parse.ts";
import { quote } from "./quotes.ts";

/** What may stand between two arguments that become one text. Without an `and` a word would go on with what is before it. */
const SEPARATORS = [" ", " and "];

/** The arguments of a filter as one text that means the same. Throws `invalid_input` where there is none, and as `parseFilter` does. */
export function joinArguments(words: TypedWords, system: LocalTime): string {
  parseFilter(words, system);
  const { terms, literal = [] } = words;
  const [first = "", ...others] = [...terms, ...literal.map(quote)];
  const texts = [first];
  let joined = first;
  for (const other of others) {
    texts.push(other);
    const expected = describeTokens(texts, system);
    const candidates = SEPARATORS.map((separator) => joined + separator + other);
    joined = candidates.find((text) => describeTokens([text], system) === expected) ?? candidates[0] ?? joined;
  }
  if (describeTokens([joined], system) === describeTokens(texts, system)) return joined;
  throw new TodoError("invalid_input", "these arguments mean something else as one text", {
    hints: ["Type the filter as one argument, in single quotes."],
  });
}

/** What a filter says, whatever stands where. An `and` says nothing. Undefined for what can't be read, or not yet. */
function describeTokens(texts: readonly string[], system: LocalTime): string | undefined {
  const tokens = tryRead(() => groupPieces(lexArguments(texts, texts.join(" ")), system));
  return tokens && JSON.stringify(tokens.filter(({ kind }) => kind !== "and").map(withoutPlace));
}

function withoutPlace(token: Token) {
  if (token.kind === "term") return [token.key, token.operator, token.value];
  return token.kind === "text" ? [token.text] : token.kind;
}
