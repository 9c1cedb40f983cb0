import type { OperatorName, TermField } from "../terms.ts";
import type { Place } from "./expression.ts";

/** A sign that joins or turns round, or a parenthesis. */
export type Sign = { readonly kind: "open" | "close" | "and" | "or" | "not"; readonly place: Place };

/** The beginning of a term: a key, a comparison, and what stands behind these without a space. */
export type Keyed = {
  readonly kind: "keyed";
  readonly key: TermField;
  readonly operator: OperatorName | undefined;
  readonly isQuoted: boolean;
  /** True if the value may follow in an argument of its own, as it may behind a sign: `due < friday`. */
  readonly isSign: boolean;
  readonly place: Place;
  readonly valuePlace: Place;
};

/** A sign of comparison without its key, and what stands behind it without a space. */
export type Comparison = {
  readonly kind: "comparison";
  readonly sign: string;
  readonly isQuoted: boolean;
  readonly place: Place;
};

/** A piece of a filter, as it stands between spaces. */
export type Piece = Sign | Keyed | Comparison | { readonly kind: "quoted" | "word"; readonly place: Place };

/** A piece and the argument that it is in. */
export type Item = { readonly piece: Piece; readonly argument: number };

/** The place from the beginning of one to the end of another. */
export function span(from: Place, to: Place): Place {
  return { ...from, length: to.at + to.length - from.at };
}

/** The rest of a place behind so many code units. */
export function behind(place: Place, units: number): Place {
  return { ...place, at: place.at + units, length: place.length - units };
}
