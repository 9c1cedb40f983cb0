import type { WireProjectStats, WireStats } from "../../contract/stats.ts";
import { PERIODS_HINT } from "../../domain/dates/forms.ts";
import { lastDayOf, type Period } from "../../domain/dates/period.ts";
import type { LocalTime } from "../../domain/dates/local-time.ts";
import { endToday, splitPeriod } from "../../domain/dates/split-period.ts";
import { TodoError } from "../../domain/errors.ts";
import type { Condition } from "../../domain/query/query.ts";
import { compareText } from "../../domain/task/text.ts";
import type { ActivityQuery, TaskActivity } from "../../ports/store.ts";
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
  const { system } = workspace;
  checkStatsPeriod(asked, system);
  const period = endToday(asked, system);
  const parts = splitPeriod(asked, system);
  const months = findMonths(asked);
  const { blocked } = await findBlocked(workspace);
  const tally = createStatsTally({ parts, blocked: new Set(blocked) }, system);
  const since = beginOf(period.from, system);
  for await (const page of listActivity(workspace, { where, since, ...(months && { months }) })) {
    for (const task of page) tally.add(task);
  }
  return {
    ...toWireDays(period),
    rows: tally.rows.map(({ part, ...counts }) => ({ ...toWireDays(part), ...counts })),
    projects: toWireProjects(tally, months !== undefined),
    ...tally.now,
    ...tally.punctuality,
  };
}

async function* listActivity(
  { store, user }: Workspace,
  query: Omit<ActivityQuery, "limit" | "after">,
): AsyncGenerator<readonly TaskActivity[]> {
  let after: string | undefined;
  do {
    const page = await store.findActivity(user, { ...query, limit: PAGE_SIZE, ...(after !== undefined && { after }) });
    yield page;
    after = page.length < PAGE_SIZE ? undefined : page.at(-1)?.id;
  } while (after !== undefined);
}

/** Throws `invalid_input` for a period that is to come, and for one that is too long. */
export function checkStatsPeriod(asked: Period, system: Pick<LocalTime, "today">): void {
  const { from, to } = endToday(asked, system);
  if (from >= to) throw new TodoError("invalid_input", "the period is still to come", { hints: [PERIODS_HINT] });
  if (Temporal.PlainDate.from(from).add({ years: MAX_YEARS }).toString() >= to) return;
  throw new TodoError("invalid_input", `a period of statistics has at most ${MAX_YEARS} years`);
}

/** Time is kept by month, so only whole months have one. */
function findMonths(period: Period): ActivityQuery["months"] {
  if (!period.from.endsWith("-01") || !period.to.endsWith("-01")) return undefined;
  return { first: period.from.slice(0, 7), last: lastDayOf(period).slice(0, 7) };
}

function toWireDays(period: Period) {
  return { from: period.from, to: lastDayOf(period) };
}

/** Those in which most was done first, then by name. */
function toWireProjects({ projects }: StatsTally, hasTime: boolean): WireProjectStats[] {
  return [...projects]
    .map(([project, { done, open, seconds }]) => ({
      project,
      done,
      open,
      tracked_minutes: hasTime ? Math.floor(seconds / SECONDS_A_MINUTE) : null,
    }))
    .filter(({ done, open, tracked_minutes: tracked }) => done + open + (tracked ?? 0) > 0)
    .toSorted((one, other) => other.done - one.done || compareNames(one.project, other.project));
}

/** No project comes last. */
function compareNames(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return compareText(one, other);
}
