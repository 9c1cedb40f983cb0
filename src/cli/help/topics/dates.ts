import { DATE_FORMS, type DateForm, DUE_SHIFT_FORM, FIELD_FORMS, PERIOD_FORMS } from "../../../domain/dates/forms.ts";
import type { Section } from "../sections.ts";

/** The help on dates, made from the forms that the reader of dates knows. */
export const DATES: readonly Section[] = [
  {
    paragraphs: [
      "A due date is a day, or a moment if it has a time. These forms work in due:WHEN, --due WHEN and the due terms of filters. Case does not matter.",
    ],
  },
  {
    heading: "Examples",
    examples: [
      "todo add Pay rent due:friday",
      'todo add "Call Ann" due:"tomorrow at 9"',
      "todo edit kqv due+1w",
      "todo list due.before:eom",
    ],
  },
  { heading: "Forms", rows: DATE_FORMS.map(toRow) },
  { heading: "When editing, also", rows: [toRow(DUE_SHIFT_FORM)] },
  { heading: "Periods, as in todo completed last month", rows: PERIOD_FORMS.map(toRow) },
  { heading: "Other fields", rows: Object.values(FIELD_FORMS).map(toRow) },
];

function toRow({ name, examples, meaning }: DateForm) {
  return [name, meaning, examples] as const;
}
