/** In lower case, in all scripts: the collation "C" of the columns knows those of ASCII only. The same as `foldText` in the domain. */
export function foldOf(text: string): string {
  return `replace(lower(${text} collate "und-x-icu"), 'ς', 'σ')`;
}
