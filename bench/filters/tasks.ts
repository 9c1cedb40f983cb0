import { formatClock } from "../../src/domain/task/clock.ts";
import { handleOf } from "../../src/domain/task/handle.ts";
import { type Scalar, stampFields } from "../../src/domain/task/registers.ts";
import type { RemoteTask, Store } from "../../src/ports/store.ts";
import { createRandom, type Random } from "../../test/support/random.ts";

/** The Saturday on which the filters are asked, in Unix milliseconds. */
export const NOW = Date.UTC(2026, 10, 21, 9);

export const USER = "ann";
const TASKS = 100_000;
const BATCH = 1000;
const DAY_MS = 86_400_000;
/** Since when there are tasks. */
const AGE_DAYS = 800;
/** A parent, and the tasks that can be below it or wait for it. */
const FAMILY = 20;
const NODE = "a1b2c3d4";
const PARENT_PLACE = 40;

const VERBS = ["Call", "Pay", "Renew", "Book", "Fix", "Write to", "Order", "Clean", "Ask Ann about", "Review"];
const THINGS = [
  "the rent",
  "the roof",
  "the dentist",
  "a train to Leipzig",
  "Übersicht 2027",
  "chapter 3",
  "the invoice",
  "the bicycle",
];
const PROJECTS = ["House", "House.Attic", "House/Garden", "Work", "Work.Finance", "Club", "Travel"];
const TAGS = { home: 0.15, work: 0.12, later: 0.08, web: 0.08, shop: 0.08, errand: 0.05 };

/** The handle of a task that has others below it. */
export const PARENT = handleOf(idAt(PARENT_PLACE));

/** Fills a store with tasks as people have them, of which 48,600 are open. The same at every run. */
export async function fill(store: Store): Promise<void> {
  const random = createRandom(2026);
  await store.ensureUser(USER);
  for (let start = 0; start < TASKS; start += BATCH) {
    await store.merge(
      USER,
      Array.from({ length: BATCH }, (_, at) => makeTask(random, start + at)),
    );
  }
}

function idAt(place: number): string {
  return `019a0000-0000-7000-8000-${(place * 2_654_435_761).toString(16).padStart(12, "0").slice(-12)}`;
}

function makeTask(random: Random, place: number): RemoteTask {
  const created = NOW - random.below(AGE_DAYS) * DAY_MS - random.below(DAY_MS);
  const closed = Math.min(NOW, created + random.below(60) * DAY_MS);
  const changed = Math.min(NOW, closed + random.below(100) * DAY_MS);
  const fields: Record<string, Scalar> = {
    title: `${random.pick(VERBS)} ${random.chance(0.03) ? "the passport" : random.pick(THINGS)} (${place})`,
    created_at: new Date(created).toISOString(),
  };
  const put = (part: number, key: string, draw: () => Scalar) => {
    if (random.chance(part)) fields[key] = draw();
  };
  put(0.48, "completed_at", () => new Date(closed).toISOString());
  put(0.065, "deleted_at", () => new Date(closed).toISOString());
  put(
    0.3,
    "description",
    () => "As it was said on the phone, with the papers of last year and a copy of each for the office.",
  );
  put(0.6, "due_date", () => drawDate(random, 60, 150));
  put(0.15, "scheduled_date", () => drawDate(random, 30, 60));
  put(0.08, "wait_until", () => drawDate(random, 60, 60));
  put(0.45, "priority", () => random.pick(["high", "medium", "medium", "low"]));
  put(0.6, "project", () => random.pick(PROJECTS));
  put(0.3, "estimate", () => random.pick([15, 30, 45, 60, 120, 240]));
  put(0.02, "recurrence", () => "due 2026-11-23 FREQ=WEEKLY;BYDAY=MO");
  put(0.001, "started_at", () => new Date(NOW - DAY_MS).toISOString());
  const head = place - (place % FAMILY);
  if (place > head) put(head === PARENT_PLACE ? 1 : 0.1, "parent", () => idAt(head));
  put(0.04, `dep:${idAt(head + random.below(FAMILY))}`, () => true);
  put(0.05, `note:${idAt(place)}`, () => `Seen with ${random.pick(THINGS)}`);
  for (const [tag, part] of Object.entries(TAGS)) put(part, `tag:${tag}`, () => true);
  return { id: idAt(place), registers: stampFields(fields, formatClock(BigInt(changed) << 16n, NODE)) };
}

/** A day, or one time in five a moment of it. */
function drawDate(random: Random, back: number, ahead: number): string {
  const moment = new Date(NOW + (random.below(back + ahead) - back) * DAY_MS).toISOString();
  return random.chance(0.2) ? `${moment.slice(0, 10)}T15:00:00Z` : moment.slice(0, 10);
}
