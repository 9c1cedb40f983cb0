/** One way to say how a task repeats, for people: examples, and the meaning of them all. */
export type EveryForm = { readonly name: string; readonly examples: readonly string[]; readonly meaning: string };

/** The grammar of `every:`, for help and documents. Tests read every example. */
export const EVERY_FORMS: readonly EveryForm[] = [
  { name: "days", examples: ["day", "3 days", "other day"], meaning: "counted from the first day" },
  {
    name: "weeks",
    examples: ["mon", "mon,thu", "other tue", "2 weeks on mon,thu", "week"],
    meaning: "without a weekday, on that of the first day",
  },
  { name: "workdays", examples: ["workday", "weekday"], meaning: "Monday to Friday" },
  {
    name: "days of a month",
    examples: ["1st", "1st, 15th", "month on the 31st", "last day", "2nd last day", "month"],
    meaning: "in a shorter month its last day; without a day, on that of the first one",
  },
  {
    name: "weekdays of a month",
    examples: ["3rd friday", "last fri", "1st and 3rd mon", "last workday"],
    meaning: "counted from the beginning or the end of the month",
  },
  {
    name: "quarters and years",
    examples: ["quarter on the 10th", "year", "27 jan", "29 feb", "year on the 1st mon of sep"],
    meaning: "29 February is the 28th in other years",
  },
  {
    name: "times of day",
    examples: ["day at 8:00", "day at 8:00, 20:00", "workday at 9:00"],
    meaning: "in your time zone, also when the clocks change",
  },
];

/** What may stand behind any of `EVERY_FORMS`, or before it. */
export const EVERY_MODES: readonly EveryForm[] = [
  {
    name: "after completion",
    examples: ["3 months when done", "3 weeks on sat after completion", "!10d"],
    meaning: "counted from the day on which it was done; a shell leaves ! alone between single quotes",
  },
  {
    name: "missed occurrences",
    examples: ["quarter on the 10th keeping missed"],
    meaning: "stay due one by one; otherwise a late completion passes them over and names them",
  },
  {
    name: "an end",
    examples: ["week for 10 times", "month on the 1st until 2027-06-30"],
    meaning: "the last one counts",
  },
];
