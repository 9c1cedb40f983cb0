import { MONTHS, WEEKDAYS } from "../../dates/names.ts";
import { suggestNearest } from "../../nearest.ts";
import { ADVERBS, UNITS, WEEKDAY_WORD } from "./vocabulary.ts";

const EXAMPLES =
  "Write for example: day, 2 weeks on mon,thu, weekday, 15th, last day, 3rd friday, 27 jan, day at 8:00, or 3 months when done. See: todo help repeating";

const LONG_NAMES =
  `monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october
  november december`.split(/\s+/);
const KNOWN_WORDS = [
  ...[...UNITS.keys(), ...ADVERBS.keys()].filter((word) => word.length > 2),
  ...WEEKDAYS,
  ...MONTHS,
  ...LONG_NAMES,
  ..."weekday workday other first second third fourth fifth last until times after completion when done keeping missed".split(
    " ",
  ),
];

/** What to write instead of words that people try, each with its form. */
const ADVICE: readonly (readonly [form: RegExp, advice: (word: string) => string])[] = [
  [
    /^(?:h|hrs?|hours?|hourly|min|mins|minutes?|seconds?)$/,
    () => "A day is the shortest. For times of day: day at 8:00, 20:00",
  ],
  [/^weekends?$/, () => "A weekend has two days. Write sat, or sat,sun for both."],
  [/^(?:morning|noon|afternoon|evening|night|midnight)s?$/, () => "Write the time: day at 20:00"],
  [/^(?:from|start|starting|starts|beginning)$/, () => "The due date is where it begins, such as due:2027-01-04."],
  [/^(?:bimonthly|semimonthly)$/, () => "Write 2 months, or 1st, 15th for twice a month."],
  [/^(?:semiannually|biannually|biyearly|biennially)$/, () => "Write 6 months or 2 years."],
  [/^\d+:\d+$/, (word) => `Put at before a time: at ${word}`],
  [WEEKDAY_WORD, () => "Weekdays go with weeks, and with commas between them: week on mon,thu"],
  [/^(?:once|twice|times?)$/, () => "Write the times of a day: day at 8:00, 20:00"],
  [/^(?:-|–|to)$/, () => "Name each weekday, mon,tue,wed, or write weekday for Monday to Friday."],
  [/^mo$/, () => "Write mon for Monday, or month."],
];

/** The hints for a word that is not understood. */
export function adviseOn(word: string): string[] {
  const known = ADVICE.find(([form]) => form.test(word));
  if (known !== undefined) return [known[1](word)];
  const nearest = KNOWN_WORDS.includes(word) ? [] : suggestNearest(word, KNOWN_WORDS);
  return [...nearest, EXAMPLES];
}

/** The hints for a word where a unit should stand, such as the weekday in `2 fridays`. */
export function adviseOnUnit(word: string, count: number | undefined): string[] {
  if (count === undefined || !WEEKDAY_WORD.test(word)) return adviseOn(word);
  return [`Write ${count} weeks on ${word.slice(0, 3)}`];
}
