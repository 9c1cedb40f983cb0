import { loadavg } from "node:os";
import { formatRows } from "../page.ts";

/** What is measured, in the order of the table. `most` is wanted at most, `mostOfMany` of 100,000 tasks. Times are milliseconds. */
const FIGURES = {
  signedIn: { what: "sign-in to synced and listed", most: 2500, mostOfMany: 15_000 },
  keyAtSignIn: { what: "longest answer to a key meanwhile", most: 100 },
  reloadedRow: { what: "reload to the first row", most: 300 },
  reloadedAll: { what: "reload to all counted", most: 1000, mostOfMany: 3000 },
  startedRow: { what: "new process of the browser to the first row", most: 400, mostOfMany: 300 },
  startedAll: { what: "new process of the browser to all counted", most: 1000, mostOfMany: 3000 },
  addedRow: { what: "Enter to the row drawn, p95 of 50", most: 50 },
  addedWord: { what: "Enter to “Added”, on disk, p95 of 50", most: 30 },
  searchFrame: { what: "longest frame while a word is searched", most: 50 },
  scrollFrame: { what: "median of 240 frames of scrolling", most: 17 },
  scrollLate: { what: "of these over 25 ms", most: 5, isCount: true },
  scrollBlank: { what: "of these with a blank row", most: 0, isCount: true },
  offlineRow: { what: "offline: reload to the first row", most: 500 },
} as const satisfies Record<string, Figure>;

type Figure = { readonly what: string; readonly most: number; readonly mostOfMany?: number; readonly isCount?: true };

export type FigureName = keyof typeof FIGURES;
export type Note = (name: FigureName, found: number) => void;

/** From this on what is wanted of many tasks counts. */
const MANY = 100_000;

/** What was found in each round. */
export function createFigures(size: number) {
  const found = new Map<string, number[]>();
  const load = loadavg()[0] ?? 0;
  return {
    note: ((name, value) => found.set(name, [...(found.get(name) ?? []), value])) satisfies Note,
    format: () => {
      const rows = Object.entries<Figure>(FIGURES).flatMap(([name, figure]) => {
        const all = (found.get(name) ?? []).toSorted((one, other) => one - other);
        return all.length === 0 ? [] : [formatFigure(figure, all, size)];
      });
      const title = `${size.toLocaleString("en")} tasks`;
      return `Load before: ${load.toFixed(1)}\n\n${formatRows([title, "wanted at most", "best", "median", "", "rounds"], rows)}`;
    },
  };
}

function formatFigure({ what, most, mostOfMany = most, isCount }: Figure, sorted: readonly number[], size: number) {
  const wanted = size < MANY ? most : mostOfMany;
  const [best = Number.NaN] = sorted;
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const show = (value: number) => (isCount ? String(value) : `${Number(value.toFixed(value < 20 ? 1 : 0))} ms`);
  return [what, show(wanted), show(best), show(median), best <= wanted ? "reached" : "missed", String(sorted.length)];
}
