import { isAddress, splitKeyed } from "../../keys.ts";
import { findNearest } from "../../nearest.ts";
import { findTerm, type OperatorName, TERM_KEYS, type TermField } from "../terms.ts";
import { refuseAt, refuseEmpty, refuseGlued, refuseSign, refuseUnknown, refuseUnknownSign } from "./errors.ts";
import type { Place } from "./expression.ts";
import { isMarked, isTerm, readKey, readSign } from "./keys.ts";
import { behind, type Piece, type Sign } from "./pieces.ts";
import { unescapeQuoted } from "./quotes.ts";
import { countUnmatched } from "./split-words.ts";

const JOINING: ReadonlyMap<string, Sign["kind"]> = new Map([
  ["and", "and"],
  ["&", "and"],
  ["&&", "and"],
  ["or", "or"],
  ["|", "or"],
  ["||", "or"],
  ["not", "not"],
]);

/** A key that is compared by a sign. */
type Compared = { readonly key: TermField; readonly operator: OperatorName };

const COMPARED = /^(\p{L}[\p{L}.]*)(==?|[<>]=?|!=)/u;
const COMPARISON = /^(?:==?|[<>]=?|!=)/;

/** What a word means, `raw` as it is typed. In an argument of its own it is alone. Throws for what looks like a term and is none. */
export function readPiece(raw: string, quoteAt: number | undefined, place: Place, isAlone: boolean): Piece {
  if (quoteAt === 0) return { kind: "quoted", place };
  const isQuoted = quoteAt !== undefined;
  const joining = JOINING.get(raw.toLowerCase());
  if (joining !== undefined) return { kind: joining, place };
  if (!isQuoted) refuseStraySigns(raw, place);
  if (/^\+\S/u.test(raw)) return { ...keyed("tag", "is", place, 1), isQuoted };
  return readColon(raw, isQuoted, place, isAlone) ?? readCompared(raw, isQuoted, place) ?? { kind: "word", place };
}

/** A key with a colon, or undefined for what is a text. */
function readColon(raw: string, isQuoted: boolean, place: Place, isAlone: boolean): Piece | undefined {
  const typed = splitKeyed(raw);
  if (!typed) return undefined;
  const known = readKey(typed.key);
  if (known?.key === "not") throw refuseEmpty("not", place);
  if (known) return { ...keyed(known.key, known.operator, place, typed.key.length + 1), isQuoted };
  if (isAddress(typed) || (typed.value === "" && !isAlone)) return undefined;
  const { key, value } = typed;
  throw refuseUnknown({ key, value: isQuoted ? unescapeQuoted(value.slice(1, -1)) : value }, place);
}

/** A key with a sign, or a sign alone. */
function readCompared(raw: string, isQuoted: boolean, place: Place): Piece | undefined {
  const [head = "", typed = "", sign = ""] = COMPARED.exec(raw) ?? [];
  if (head === "") {
    const [alone] = COMPARISON.exec(raw) ?? [];
    return alone === undefined ? undefined : { kind: "comparison", sign: alone, isQuoted, place };
  }
  const compared = readComparison(typed, sign, place);
  if (compared) return { ...keyed(compared.key, compared.operator, place, head.length), isQuoted, isSign: true };
  const near = findNearest(
    typed,
    TERM_KEYS.map(({ name }) => name),
  );
  if (near.length === 0) return undefined;
  throw refuseUnknownSign(
    typed,
    near.map((name) => name + raw.slice(typed.length)),
    place,
  );
}

/** A key and how a sign behind it compares, or undefined for a word that is no key. Throws `invalid_input` for a sign that it does not take. */
export function readComparison(typed: string, sign: string, place: Place): Compared | undefined {
  const known = readKey(typed);
  if (!known || known.key === "not") return undefined;
  const operator = readSign(sign);
  // `due.before<friday` compares twice.
  const isTaken = known.operator === undefined && operator && findTerm(known.key).operators.includes(operator);
  if (isTaken) return { key: known.key, operator };
  throw refuseSign(known.key, typed, sign, place);
}

function keyed(key: TermField, operator: OperatorName | undefined, place: Place, units: number) {
  return { kind: "keyed", key, operator, isSign: false, place, valuePlace: behind(place, units) } as const;
}

/** Throws for a parenthesis behind a term that closes nothing, and for two terms with a sign between them. */
function refuseStraySigns(raw: string, place: Place): void {
  const stray = countUnmatched(raw);
  if (stray > 0 && (stray === raw.length || isMarked(raw))) {
    throw refuseAt(behind(place, raw.length - stray), "this ) closes nothing; one that is looked for goes in quotes");
  }
  const parts = raw.split(/[|&]+/);
  if (parts.length > 1 && parts.every(isTerm)) {
    const at = parts[0]?.length ?? 0;
    throw refuseGlued(raw.charAt(at), { ...place, at: place.at + at, length: 1 });
  }
}
