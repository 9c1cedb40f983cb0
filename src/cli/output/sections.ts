import { type DueGroup, localDayOf } from "../../domain/dates/due-groups.ts";
import type { System } from "../../ports/system.ts";
import { formatDayName, formatTime } from "./dates.ts";
import type { TaskOutput } from "./output.ts";
import { createRows, joinSmallPages, type Pages } from "./print.ts";
import type { Row } from "./row.ts";
import { createLayout, formatRow, measureColumns, type Widths } from "./table.ts";

export const GROUP_NAMES = {
  overdue: "Overdue",
  today: "Today",
  this_week: "This week",
  later: "Later",
  no_date: "No date",
} as const satisfies Record<DueGroup, string>;

/** Under which heading a row stands, and what it says of its date there. */
export type PlaceRow = (row: Row) => { readonly heading: string; readonly when: string };

/** The place of a row under the user's day of a date, with the time of a moment. */
export function placeUnderDay(date: string, system: System): ReturnType<PlaceRow> {
  return { heading: formatDayName(localDayOf(date, system.timeZone()), system), when: formatTime(date, system) };
}

/** The lines of a table in sections, page by page. Rows of a section follow each other. */
export async function* formatSections(output: TaskOutput, pages: Pages, placeRow: PlaceRow): AsyncGenerator<string> {
  const layout = createLayout(output);
  let widths: Widths | undefined;
  let last: string | undefined;
  for await (const tasks of joinSmallPages(pages)) {
    const rows = (await createRows(output, tasks, layout)).map((row) => ({ ...row, ...placeRow(row) }));
    const page = measureColumns(rows, layout, widths);
    widths = page;
    const lines = rows.flatMap((row) => {
      const start =
        row.heading === last ? [] : [...(last === undefined ? [] : [""]), output.paint("bold", row.heading)];
      last = row.heading;
      return [...start, ...formatRow(row, page, layout)];
    });
    yield lines.map((line) => `${line}\n`).join("");
  }
}
