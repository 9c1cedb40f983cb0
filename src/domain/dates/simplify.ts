/** No date is longer. Without an end, a sum could go on for ever. */
const MAX_CHARACTERS = 100;

/** A text as the forms of dates expect it: lower case, single spaces. Undefined if it is too long for a date. */
export function simplifyDate(text: string): string | undefined {
  const simple = text.trim().toLowerCase().replace(/\s+/g, " ");
  return simple.length > MAX_CHARACTERS ? undefined : simple;
}
