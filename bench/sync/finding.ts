import { formatRows } from "../page.ts";

const FORMATS = {
  s: (found: number) => `${found.toFixed(2)} s`,
  ms: (found: number) => `${found.toFixed(found < 10 ? 2 : 1)} ms`,
  MB: (found: number) => `${found.toFixed(0)} MB`,
  bytes: (found: number) => `${found.toFixed(0)} bytes`,
  "/s": (found: number) => `${Math.round(found).toLocaleString("en")}/s`,
} as const;

/** A figure, and where something was wanted what it may be at most. */
export type Finding = {
  readonly what: string;
  readonly found: number;
  readonly unit: keyof typeof FORMATS;
  readonly most?: number;
};

/** A figure a row, beside what was wanted. */
export function formatFindings(findings: readonly Finding[]): string {
  return formatRows(
    ["sync", "wanted at most", "found", ""],
    findings.map(({ what, found, unit, most }) => {
      const format = FORMATS[unit];
      if (most === undefined) return [what, "–", format(found), ""];
      return [what, format(most), format(found), found <= most ? "reached" : "missed"];
    }),
  );
}

/** Half of the times are no longer than the first, and 95 of 100 no longer than the second. `most` is for the second. */
export function findTimes(what: string, times: readonly number[], most?: number): Finding[] {
  return [
    { what: `${what}: p50`, found: quantile(times, 0.5), unit: "ms" },
    { what: `${what}: p95`, found: quantile(times, 0.95), unit: "ms", ...(most !== undefined && { most }) },
  ];
}

/** The smallest value that such a part of all does not exceed. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.ceil(part * sorted.length) - 1] ?? Number.NaN;
}
