import { type Driver, DRIVERS } from "../../test/support/postgres/stores.ts";
import { MANY, type Measure } from "../http/case.ts";
import { formatRate, formatTime } from "../http/table.ts";
import { MERGE_STEPS, type MergeFigure, type MergeStep } from "../merge.ts";
import { formatRows } from "../page.ts";

/** One operation through one driver. */
export type Served = Omit<Measure<unknown>, "side"> & {
  readonly driver: Driver;
  readonly operation: string;
  readonly connections: number;
};

export type Merged = {
  readonly driver: Driver;
  readonly users: number;
  readonly steps: Readonly<Record<MergeStep, MergeFigure>>;
};

type Known = Readonly<Record<string, string>>;

/** What was measured before this program was written, with many connections. */
const PROTOTYPE: Readonly<Record<Driver, Known>> = {
  bun: { "list of 50": "7,700/s", "get one": "17,000/s" },
  neon: { "list of 50": "4,300/s", "get one": "9,600/s" },
};
const ORIGINAL: Known = { "list of 50": "400/s", "get one": "1,100/s" };

const NAMES: Readonly<Record<Driver, string>> = { bun: "Bun.sql", neon: "Neon's" };

const LEAST: Readonly<Record<string, number>> = { "list of 50": 4000, "get one": 11_000 };
const MAX_MS = 60;
const LEAST_MERGED = 30_000;

/** What comes before and behind the figures of known programs. */
const HEADERS = [
  ["operation", "connections", "driver", "todo"],
  ["prototype", "FastAPI original"],
  ["p50", "p99", "errors", "requests to Neon for each", "memory after", "at most"],
];

/** A case a row. `requests` says how many of them to Neon an operation takes. */
export function formatServed(served: readonly Served[], requests: ReadonlyMap<string, number>): string {
  const rows = served.map((each) =>
    [describeCase(each), compare(each), describeMeasure(each, requests.get(each.operation))].flat(),
  );
  return formatRows(HEADERS.flat(), rows);
}

function describeCase({ operation, connections, driver, figure }: Served): string[] {
  return [operation, String(connections), NAMES[driver], formatRate(figure.perSecond)];
}

function compare({ operation, connections, driver }: Served): string[] {
  if (connections !== MANY) return ["–", "–"];
  return [PROTOTYPE[driver][operation] ?? "–", ORIGINAL[operation] ?? "not measured"];
}

function describeMeasure({ driver, figure, memory }: Served, requests = 0): string[] {
  return [
    formatTime(figure.p50),
    formatTime(figure.p99),
    String(figure.errors),
    driver === "neon" ? requests.toFixed(1) : "–",
    `${memory.now.toFixed(0)} MB`,
    `${memory.most.toFixed(0)} MB`,
  ];
}

/** Rows a second of each step. */
export function formatMerges(merged: readonly Merged[]): string {
  return formatRows(
    ["rows merged in batches of 500", "driver", ...MERGE_STEPS, "requests to Neon for each batch"],
    merged.map(({ driver, users, steps }) => {
      const all = MERGE_STEPS.map((step) => steps[step]);
      const requests = sum(all.map((figure) => figure.requests)) / sum(all.map((figure) => figure.batches));
      return [
        users === 1 ? "one user" : `${users} users at once`,
        NAMES[driver],
        ...all.map((figure) => formatRate(rateOf(figure))),
        driver === "neon" ? requests.toFixed(1) : "–",
      ];
    }),
  );
}

/** What was wanted, and whether it was reached through each driver. */
export function formatWanted(served: readonly Served[], merged: readonly Merged[]): string {
  const wanted: readonly (readonly [what: string, judge: (of: Outcome) => string])[] = [
    ...Object.entries(LEAST).map(([operation, least]): [string, (of: Outcome) => string] => [
      `${operation}: at least ${formatRate(least)}`,
      ({ many }) => judgeRates(many.filter((each) => each.operation === operation).map(ratePerSecond), least),
    ]),
    [`p99 of every operation under ${MAX_MS} ms`, ({ many }) => judgeTimes(many.map(({ figure }) => figure.p99))],
    ["no error", ({ all }) => judgeErrors(sum(all.map(({ figure }) => figure.errors)))],
    [`merge: at least ${formatRate(LEAST_MERGED)} in each step`, ({ merges }) => judgeRates(merges, LEAST_MERGED)],
  ];
  const outcomes = DRIVERS.map((driver) => pickOutcome(driver, served, merged));
  return formatRows(
    [`wanted on PostgreSQL, with ${MANY} connections`, ...DRIVERS.map((driver) => NAMES[driver])],
    wanted.map(([what, judge]) => [what, ...outcomes.map(judge)]),
  );
}

/** What one driver did: all cases, those with many connections, and the rates of merges. */
type Outcome = {
  readonly all: readonly Served[];
  readonly many: readonly Served[];
  readonly merges: readonly number[];
};

function pickOutcome(driver: Driver, served: readonly Served[], merged: readonly Merged[]): Outcome {
  const all = served.filter((each) => each.driver === driver);
  const steps = merged.filter((each) => each.driver === driver).flatMap((each) => Object.values(each.steps));
  return { all, many: all.filter(({ connections }) => connections === MANY), merges: steps.map(rateOf) };
}

function ratePerSecond({ figure }: Served): number {
  return figure.perSecond;
}

function judgeErrors(errors: number): string {
  return errors === 0 ? "none: reached" : `${errors}: missed`;
}

function judgeRates(rates: readonly number[], least: number): string {
  const [low, high] = [Math.min(...rates), Math.max(...rates)];
  const said = rates.length === 1 ? formatRate(low) : `${formatRate(low)} to ${formatRate(high)}`;
  return `${said}: ${low >= least ? "reached" : "missed"}`;
}

function judgeTimes(times: readonly number[]): string {
  const [low, high] = [Math.min(...times), Math.max(...times)];
  return `${formatTime(low)} to ${formatTime(high)}: ${high < MAX_MS ? "reached" : "missed"}`;
}

function rateOf({ rows, milliseconds }: MergeFigure): number {
  return rows / (milliseconds / 1000);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
