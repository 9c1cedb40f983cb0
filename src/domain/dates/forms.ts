/** One way to write a date, for people: examples, and the meaning of them all. */
export type DateForm = { readonly name: string; readonly examples: readonly string[]; readonly meaning: string };

/** The grammar of dates, for help and documents. Tests read every example and the hint. */
export const DATE_FORMS: readonly DateForm[] = [
  {
    name: "calendar day",
    examples: ["2026-11-21", "20261121", "21.11.2026", "21 nov 2026", "nov 21, 2026", "sat 21 nov 2026"],
    meaning: "that day; a weekday before it, as in lists, must be the right one",
  },
  {
    name: "ISO week",
    examples: ["2026-W50", "2026-W50-5"],
    meaning: "the Monday of that week, or the day from 1 to 7",
  },
  {
    name: "day of the year",
    examples: ["21 nov", "nov 21st", "21.11."],
    meaning: "the next one; today counts",
  },
  { name: "day of the month", examples: ["21st"], meaning: "in the next month that has such a day; today counts" },
  {
    name: "near day",
    examples: ["today", "eod", "tomorrow", "tmrw", "day after tomorrow", "yesterday"],
    meaning: "that day; eod means today",
  },
  { name: "weekday", examples: ["friday", "fri"], meaning: "the next one after today" },
  {
    name: "weekday of this week",
    examples: ["this friday"],
    meaning: "today counts; an error if it is over; weeks begin on Monday",
  },
  { name: "weekday of next week", examples: ["next friday"], meaning: "the Friday of next week" },
  { name: "weekday that is over", examples: ["last friday"], meaning: "the one before today; never today" },
  {
    name: "weekend",
    examples: ["weekend", "this weekend", "next weekend"],
    meaning: "the Saturday of this week or the next; on a weekend, weekend means today",
  },
  {
    name: "end of a period",
    examples: ["eow", "eom", "eoq", "eoy"],
    meaning: "the last day of this week, month, quarter or year; today counts",
  },
  {
    name: "start of a period",
    examples: ["sow", "som", "soq", "soy"],
    meaning: "the first day of the next week, month, quarter or year",
  },
  {
    name: "days from today",
    examples: ["+3d", "2w", "2 weeks", "+2weeks", "1mo", "1y", "-1d", "in 3 days", "in a month", "next week"],
    meaning: "counted from today; m and mo are months; 31 January and a month is 28 February",
  },
  {
    name: "days ago",
    examples: ["3 days ago", "a week ago", "2 months ago"],
    meaning: "counted back from today",
  },
  {
    name: "time from now",
    examples: ["now", "+2h", "in 2 hours", "in 30 min", "in an hour", "2 hours ago"],
    meaning: "counted from now, even when the clocks change in between",
  },
  {
    name: "time of day",
    examples: ["17:00", "5pm", "noon", "midnight", "at 9"],
    meaning: "today if that is still to come, otherwise tomorrow",
  },
  { name: "evening", examples: ["tonight"], meaning: "today at 20:00; after that, today without a time" },
  {
    name: "day and time",
    examples: ["friday 17:00", "9am friday", "tomorrow at 9", "tonight 21:30", "2026-11-21 15:00", "2026-11-21T15:00Z"],
    meaning: "in your time zone unless it says another; a bare number is an hour only after at",
  },
  {
    name: "sum",
    examples: ["eom+1d", "tomorrow+2w", "friday-1d", "friday 17:00+2h"],
    meaning: "a date and a shift; hours need a time to count from",
  },
];

/** What a task that is edited can have as its due date besides `DATE_FORMS`. */
export const DUE_SHIFT_FORM: DateForm = {
  name: "from the due date",
  examples: ["due+1d", "due-1w", "due+2h"],
  meaning: "counted from each task's own due date; days and more keep the time of day",
};

/** What the other fields with dates or times take. */
export const FIELD_FORMS = {
  nearDue: {
    name: "scheduled, wait",
    examples: ["friday", "due-3d", "due-1w"],
    meaning: "a date, or so long before the due date, counted once",
  },
  reminder: {
    name: "remind",
    examples: ["30min", "2h", "1d", "1w", "now", "friday 17:00"],
    meaning: "so long before the due date, at the due date, or at a moment of its own",
  },
  duration: {
    name: "estimate",
    examples: ["30min", "2h", "1h30m", "1.5h"],
    meaning: "hours and minutes; days are none, because a day of work has no fixed length",
  },
} as const satisfies Record<string, DateForm>;

/** What a period such as `last week` lasts. */
export const PERIOD_UNITS = ["week", "month", "quarter", "year"] as const;

/** The periods that are named as they are seen from today. */
export const NEAR_PERIODS: readonly string[] = [
  "today",
  "yesterday",
  ...PERIOD_UNITS,
  ...PERIOD_UNITS.map((unit) => `this ${unit}`),
  ...PERIOD_UNITS.map((unit) => `last ${unit}`),
];

/** The grammar of periods, for help and documents. Tests read every example and the hint. */
export const PERIOD_FORMS: readonly DateForm[] = [
  { name: "day", examples: ["today", "yesterday", "2026-11-21"], meaning: "that day" },
  {
    name: "this one",
    examples: ["this week", "week", "month", "quarter", "year"],
    meaning: "the whole one in which today is; weeks begin on Monday",
  },
  {
    name: "the last one",
    examples: ["last week", "last month", "last quarter", "last year"],
    meaning: "the whole one before this",
  },
  {
    name: "up to today",
    examples: ["last 30 days", "last 4 weeks", "last 3 months"],
    meaning: "so many days, weeks or months that end with today",
  },
  {
    name: "by name",
    examples: ["2026", "2026-11", "2026-W47", "november", "nov 2025"],
    meaning: "that year, month or ISO week; a month without a year is the one that began last",
  },
  {
    name: "range",
    examples: ["2026-11-01..2026-11-15", "2026-10..2026-11", "last month..today", "2026-11-16.."],
    meaning: "from the first day of one period to the last of another, or to today",
  },
];

/** What to write instead of a text that is no period. */
export const PERIODS_HINT =
  "Write a period such as today, this week, last month, 2026, 2026-11, november, last 30 days or 2026-11-01..2026-11-15.";
