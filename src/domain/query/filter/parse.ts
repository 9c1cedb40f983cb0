import type { LocalTime } from "../../dates/local-time.ts";
import { countCodePoints } from "../../task/text.ts";
import { refuseAt, refuseLoneWord } from "./errors.ts";
import { type Expression, join, listLeaves, negate, type Place, type Text, textAt } from "./expression.ts";
import { groupPieces, type Token } from "./group-pieces.ts";
import { lexArguments } from "./lex.ts";
import { MAX_FILTER_CHARACTERS, MAX_FILTER_LEVELS, MAX_FILTER_WORDS } from "./limits.ts";
import { span } from "./pieces.ts";

/** A filter as it is typed: arguments, each read by itself, and words that are text whatever they look like. */
export type TypedWords = { readonly terms: readonly string[]; readonly literal?: readonly string[] };

/**
 * The syntax tree of a filter. `not` binds before `and`, that before `or`, and terms side by side are joined by `and`. Dates are read only
 * to know how far they go. Throws `invalid_input` with the place of what is not understood.
 */
export function parseFilter({ terms, literal = [] }: TypedWords, system: LocalTime): Expression {
  const text = [...terms, ...(literal.length > 0 ? ["--", ...literal] : [])].join(" ");
  refuseLong(text);
  const lexed = lexArguments(terms, text);
  const texts = locateLiteral(literal, text);
  refuseMany([...lexed.flat(), ...texts]);
  const expression = parseTokens([...groupPieces(lexed, system), ...texts], text);
  const [only, another] = listLeaves(expression);
  const refusal =
    only?.kind === "text" && !only.isQuoted && !another ? refuseLoneWord(only.text, only.place) : undefined;
  if (refusal) throw refusal;
  return expression;
}

/** The tokens of one filter, of which `at` is the next. */
type State = { readonly tokens: readonly Token[]; readonly end: Place; at: number; depth: number };

/** No parenthesis that closes nothing is a token, so the tree has them all. */
function parseTokens(tokens: readonly Token[], text: string): Expression {
  if (tokens.length === 0) return { kind: "and", operands: [] };
  return parseOr({ tokens, end: { text, at: text.length, length: 0 }, at: 0, depth: 0 });
}

function parseOr(state: State): Expression {
  const operands = [parseAnd(state)];
  while (state.tokens[state.at]?.kind === "or") {
    state.at += 1;
    operands.push(parseAnd(state));
  }
  return join("or", operands);
}

function parseAnd(state: State): Expression {
  const operands = [parseNot(state)];
  for (let next = state.tokens[state.at]; next && next.kind !== "or" && next.kind !== "close";) {
    if (next.kind === "and") state.at += 1;
    operands.push(parseNot(state));
    next = state.tokens[state.at];
  }
  return join("and", operands);
}

function parseNot(state: State): Expression {
  let isTurned = false;
  while (state.tokens[state.at]?.kind === "not") {
    isTurned = !isTurned;
    state.at += 1;
  }
  const operand = parseOperand(state);
  return isTurned ? negate(operand) : operand;
}

function parseOperand(state: State): Expression {
  const next = state.tokens[state.at];
  if (next?.kind === "term" || next?.kind === "text") {
    state.at += 1;
    return next;
  }
  if (next?.kind !== "open") throw refuseMissing(state);
  state.at += 1;
  state.depth += 1;
  if (state.depth > MAX_FILTER_LEVELS)
    throw refuseAt(next.place, `parentheses stand in each other more than ${MAX_FILTER_LEVELS} times`);
  const expression = parseParenthesized(state, next.place);
  state.depth -= 1;
  return expression;
}

function parseParenthesized(state: State, place: Place): Expression {
  const first = state.tokens[state.at];
  if (first?.kind === "close") throw refuseAt(span(place, first.place), "nothing stands in these parentheses");
  if (!first) throw refuseOpen(place);
  const expression = parseOr(state);
  if (state.tokens[state.at]?.kind !== "close") throw refuseOpen(place);
  state.at += 1;
  return expression;
}

function refuseOpen(place: Place) {
  return refuseAt(place, "this ( is not closed; one that is looked for goes in quotes");
}

/** The error where a term is missing: behind a sign, or before one. */
function refuseMissing({ tokens, end, at }: State) {
  const [before, next] = [tokens[at - 1], tokens[at]];
  const hints = ["To look for the word itself, put it in quotes."];
  if (before && before.kind !== "open") {
    return refuseAt(next?.place ?? end, `something is missing behind "${textAt(before.place)}"`, hints);
  }
  const place = next?.place ?? end;
  return refuseAt(place, `something is missing before "${textAt(place)}"`, hints);
}

function locateLiteral(literal: readonly string[], text: string): Text[] {
  const start = text.length - literal.join(" ").length;
  const before = (index: number) => literal.slice(0, index).reduce((sum, each) => sum + each.length + 1, start);
  return literal.map((each, index) => ({
    kind: "text",
    text: each,
    isQuoted: true,
    place: { text, at: before(index), length: each.length },
  }));
}

function refuseLong(text: string): void {
  if (text.length <= MAX_FILTER_CHARACTERS || countCodePoints(text) <= MAX_FILTER_CHARACTERS) return;
  const at = Array.from(text).slice(0, MAX_FILTER_CHARACTERS).join("").length;
  const message = `a filter can have ${MAX_FILTER_CHARACTERS} characters`;
  throw refuseAt({ text, at, length: text.length - at }, message);
}

function refuseMany(pieces: readonly { readonly place: Place }[]): void {
  const tooMuch = pieces[MAX_FILTER_WORDS];
  if (tooMuch) throw refuseAt(tooMuch.place, `a filter can have ${MAX_FILTER_WORDS} words and signs`);
}
