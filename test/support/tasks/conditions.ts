import {
  type Bound,
  type Condition,
  type DateField,
  type Part,
  SEARCHED,
  STATUSES,
  type TextField,
} from "../../../src/domain/query/query.ts";
import { PRIORITIES } from "../../../src/domain/task/task.ts";
import type { Random } from "../random.ts";
import { ABSENT_IDS, drawDate, drawMoment, idAt, PROJECTS, SERIES, TAGS, WORDS } from "./population.ts";

const DATES: readonly DateField[] = ["dueDate", "scheduledDate", "waitUntil", "completedAt", "createdAt", "updatedAt"];
const PARTS: readonly Part[] = [
  "tags",
  "description",
  "notes",
  "reminders",
  "subtasks",
  "parent",
  "recurrence",
  "record",
  "startedAt",
];
const FIELDS: readonly (readonly TextField[])[] = [
  SEARCHED,
  ["title"],
  ["description"],
  ["note"],
  ["project"],
  ["note", "title", "description", "project"],
];
const MINUTES = [0, 1, 30, 60, 525_600, 525_601];
const MAX_DEPTH = 3;

/** The kinds of conditions that are drawn, each as often as the others. */
const DRAW = {
  status: (random) => ({ kind: "status", status: random.pick(STATUSES) }),
  tag: (random) => ({ kind: "tag", tag: random.pick([...TAGS, "nobody"]) }),
  tagged: (random) => ({ kind: "tagged", tag: random.pick([...TAGS, "HOME", "work"]) }),
  project: (random) => ({ kind: "project", project: random.pick([...PROJECTS, null]) }),
  in_project: (random) => ({ kind: "in_project", project: random.pick([...PROJECTS, "house", "house.attic"]) }),
  priority: (random) => ({ kind: "priority", priority: random.pick([...PRIORITIES, null]) }),
  estimate: drawEstimate,
  dated: drawDated,
  text: (random) => ({ kind: "text", text: drawText(random), fields: random.pick(FIELDS) }),
  has: (random) => ({ kind: "has", part: random.pick(PARTS) }),
  waiting: (random) => ({ kind: "waiting", now: drawBound(random) }),
  waits_for: (random, size) => ({ kind: "waits_for", id: drawId(random, size) }),
  among: (random, size) => ({ kind: "among", ids: drawIds(random, size) }),
  child_of: (random, size) => ({ kind: "child_of", parents: drawIds(random, size) }),
  root: () => ({ kind: "root" }),
  closed_subtask: () => ({ kind: "closed_subtask" }),
  record_of: (random) => ({
    kind: "record_of",
    series: random.chance(0.5) ? [idAt(random.below(SERIES))] : Array.from({ length: SERIES }, (_, at) => idAt(at)),
    ...(random.chance(0.5) && { from: drawDate(random) }),
  }),
} as const satisfies { readonly [Kind in Exclude<Condition["kind"], "and" | "or" | "not">]: Draw };

type Draw = (random: Random, size: number) => Condition;

const DRAWS: readonly Draw[] = Object.values(DRAW);

/** Conditions of a filter about a population of that size: some alone, most joined and turned round. */
export function drawFilter(random: Random, size: number): Condition[] {
  const pending: readonly Condition[] = random.chance(0.4) ? [{ kind: "status", status: "pending" }] : [];
  return [...pending, ...Array.from({ length: 1 + random.below(2) }, () => drawCondition(random, size, 0))];
}

function drawCondition(random: Random, size: number, depth: number): Condition {
  const draw = (): Condition => drawCondition(random, size, depth + 1);
  if (depth >= MAX_DEPTH || random.chance(0.6)) return random.pick(DRAWS)(random, size);
  if (random.chance(0.3)) return { kind: "not", condition: draw() };
  return { kind: random.pick(["and", "or"]), conditions: Array.from({ length: random.below(4) }, draw) };
}

function drawDated(random: Random): Condition {
  const [from, before] = [drawBound(random), drawBound(random)];
  return {
    kind: "dated",
    date: random.pick(DATES),
    ...(random.chance(0.6) && { from }),
    ...(random.chance(0.6) && { before }),
  };
}

function drawEstimate(random: Random): Condition {
  const [from, to] = [random.pick(MINUTES), random.pick(MINUTES)];
  return { kind: "estimate", ...(random.chance(0.6) && { from }), ...(random.chance(0.6) && { to }) };
}

/** A point in time where the user is an hour ahead of UTC, or less. */
function drawBound(random: Random): Bound {
  if (random.chance(0.1)) return { day: "9999-12-31T24:00:00Z", moment: "9999-12-31T24:00:00Z" };
  const moment = `${drawMoment(random).slice(0, 19)}Z`;
  const ahead = random.pick([0, 3_600_000, -3_600_000]);
  return { day: new Date(Date.parse(moment) + ahead).toISOString().slice(0, 10), moment };
}

function drawText(random: Random): string {
  const word = random.pick([...WORDS, "", "uber", "STRASSE", "istanbul", "lodz", "aero", "οδος", '"', "\\", "nt, p"]);
  const text = random.chance(0.3) ? word.slice(0, 3) : word;
  return (random.chance(0.3) ? text.toUpperCase() : text).toWellFormed();
}

function drawId(random: Random, size: number): string {
  return random.chance(0.1) ? random.pick(ABSENT_IDS) : idAt(random.below(size));
}

function drawIds(random: Random, size: number): string[] {
  const count = random.pick([0, 1, 5, 500]);
  return Array.from({ length: count }, () => drawId(random, size));
}
