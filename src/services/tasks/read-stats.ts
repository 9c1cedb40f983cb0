import type { WireProjectStats, WireStats } from "../../contract/stats.ts";
import { PERIODS_HINT } from "../../domain/dates/forms.ts";
import { lastDayOf, type Period } from "../../domain/dates/period.ts";
import type { LocalTime } from "../../domain/dates/local-time.ts";
import { endToday, splitPeriod } from "../../domain/dates/split-period.ts";
import { TodoError } from "../../domain/errors.ts";
import type { Condition } from "../../domain/query/query.ts";
import { compareText } from "../../domain/task/text.ts";
import type { ActivityQuery, Months, TrackedTime } from "../../ports/store.ts";
import type { Workspace } from "../workspace.ts";
import { beginOf, createStatsTally, type StatsTally } from "./stats-tally.ts";
import { findBlocked } from "./tree/find-blocked.ts";

const MAX_YEARS = 20;
const SECONDS_A_MINUTE = 60;
/** A server answers others between two pages. */
const PAGE_SIZE = 2_000;

/**
 * What was done and added in a period up to today, and what is open now, of the tasks that meet all conditions. Throws
 * `invalid_input` for a period that is to come or is too long.
 */
export async function readStats(workspace: Workspace, asked: Period, where: readonly Condition[]): Promise<WireStats> {
  const { store, user, system } = workspace;
  checkStatsPeriod(asked, system);
  const period = endToday(asked, system);
  const months = findMonths(asked);
  const { blocked } = await findBlocked(workspace);
  const tally = createStatsTally({ parts: splitPeriod(asked, system), blocked: new Set(blocked) }, system);
  await countActivity(workspace, { kind: "open", where }, tally);
  await countActivity(workspace, { kind: "closed", where, since: beginOf(period.from, system) }, tally);
  const times = months && (await store.sumTrackedTime(user, where, months));
  return {
    ...toWireDays(period),
    rows: tally.rows.map(({ part, ...counts }) => ({ ...toWireDays(part), ...counts })),
    projects: toWireProjects(tally, times),
    ...tally.now,
    ...tally.punctuality,
  };
}

async function countActivity(
  { store, user }: Workspace,
  query: Omit<ActivityQuery, "limit" | "after">,
  tally: StatsTally,
): Promise<void> {
  let page = await store.findActivity(user, { ...query, limit: PAGE_SIZE });
  for (;;) {
    for (const task of page.tasks) tally.add(task);
    if (!page.next) return;
    page = await store.findActivity(user, { ...query, limit: PAGE_SIZE, after: page.next });
  }
}

/** Throws `invalid_input` for a period that is to come, and for one that is too long. */
export function checkStatsPeriod(asked: Period, system: Pick<LocalTime, "today">): void {
  const { from, to } = endToday(asked, system);
  if (from >= to) throw new TodoError("invalid_input", "the period is still to come", { hints: [PERIODS_HINT] });
  if (Temporal.PlainDate.from(from).add({ years: MAX_YEARS }).toString() >= to) return;
  throw new TodoError("invalid_input", `a period of statistics has at most ${MAX_YEARS} years`);
}

/** Time is kept by month, so only whole months have one. */
function findMonths(period: Period): Months | undefined {
  if (!period.from.endsWith("-01") || !period.to.endsWith("-01")) return undefined;
  return { first: period.from.slice(0, 7), last: lastDayOf(period).slice(0, 7) };
}

function toWireDays(period: Period) {
  return { from: period.from, to: lastDayOf(period) };
}

/** Those in which most was done first, then by name. */
function toWireProjects({ projects }: StatsTally, times: readonly TrackedTime[] | undefined): WireProjectStats[] {
  const seconds = new Map(times?.map((time) => [time.project, time.seconds]));
  const names = new Set([...projects.keys(), ...seconds.keys()]);
  return [...names]
    .map((project) => ({
      project,
      ...(projects.get(project) ?? { done: 0, open: 0 }),
      tracked_minutes: times ? Math.floor((seconds.get(project) ?? 0) / SECONDS_A_MINUTE) : null,
    }))
    .filter(({ done, open, tracked_minutes: tracked }) => done + open + (tracked ?? 0) > 0)
    .toSorted((one, other) => other.done - one.done || compareNames(one.project, other.project));
}

/** No project comes last. */
function compareNames(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return compareText(one, other);
}
