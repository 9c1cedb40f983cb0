import { ACCENTS, PLAIN_LETTERS } from "../../domain/task/text.ts";

/** The same as `foldName` in the domain. The collation "C" of the columns has no capitals but those of ASCII. */
export function foldNameOf(text: string): string {
  return `replace(${lower(text)}, 'ς', 'σ')`;
}

/** The same as `foldText` in the domain. Of ASCII, which most texts are, the rest would change nothing and take four times as long. */
export function foldTextOf(text: string): string {
  const isAscii = `octet_length(${text}) = length(${text})`;
  return `(case when ${isAscii} then lower(${text} collate "C") collate "C" else ${foldLetters(text)} collate "C" end)`;
}

function foldLetters(text: string): string {
  const bare = `regexp_replace(normalize(${lower(text)}, NFD), '[${ACCENTS}]', '', 'g')`;
  const replaceLetter = (sql: string, [letter, plain]: [string, string]) => `replace(${sql}, '${letter}', '${plain}')`;
  return `normalize(${Object.entries(PLAIN_LETTERS).reduce(replaceLetter, bare)}, NFC)`;
}

function lower(text: string): string {
  return `lower(${text} collate "und-x-icu")`;
}
