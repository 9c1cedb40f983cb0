import { formatClock } from "../../../src/domain/task/clock.ts";
import type { Registers, Scalar } from "../../../src/domain/task/registers.ts";
import type { RemoteTask } from "../../../src/ports/store.ts";
import type { Random } from "../random.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** The days from which dates are drawn. */
const FIRST_DAY = Date.UTC(2026, 9, 1);
const DAYS = 20;
const HOURS = [0, 6, 23];
/** So many tasks have the same parents and dependencies to choose from. */
const FAMILY = 10;
/** The first so many tasks are the series. */
export const SERIES = 4;

/** Words that fold in different ways, and what a pattern, JSON or a path could take for something else. */
export const WORDS = [
  ["Pay", "rent", "RENT", "Über", "ubermorgen", "Straße", "strasse", "İstanbul", "ısırgan", "Łódź", "café", "passport"],
  [
    "ΟΔΟΣ",
    "οδός",
    "Ærø",
    "日本",
    "が",
    "한국",
    "🦊",
    "a%b",
    "a_b",
    'say "hi"',
    "it's",
    "back\\slash",
    "null",
    "true",
    "10",
    "A",
  ],
  ["two\nlines", "(draft", "x".repeat(40)],
].flat();
export const PROJECTS = [
  "House",
  "HOUSE",
  "House.Attic",
  "house/Cellar",
  "Houseboat",
  "Ärzte",
  "ärzte.Zahn",
  "Arzte",
  "Work",
  "a%b",
  "",
  ".",
];
export const TAGS = [
  "home",
  "Home",
  "homes",
  "work",
  "é",
  "É",
  'a"b',
  "a\\b",
  "a.b",
  "$",
  "",
  "__proto__",
  "🦊",
  "wor\u212a",
];
const PRIORITIES: readonly Scalar[] = ["high", "medium", "low", "urgent", "", 1, null];
const ODD_DATES: readonly Scalar[] = [
  "",
  "soon",
  "2026-11-2",
  "2026-11-20T",
  "9999-12-31",
  "😀😀😀😀😀",
  "é".repeat(10),
  7,
  true,
  null,
];
const ESTIMATES: readonly Scalar[] = [0, 1, 15, 30, 60, 120, 525_600, 525_601, 1.5, 1e21, -5, "30", null];
const RULES: readonly Scalar[] = ["due 2026-11-23 FREQ=WEEKLY;BYDAY=MO", "", null];

/** Ids that no task of a population has. */
export const ABSENT_IDS = ["019a0000-0000-7000-8000-00000000ffff", "nobody"];

/** The id of the task at a place. */
export function idAt(place: number): string {
  return `019a0000-0000-7000-8000-${place.toString(16).padStart(12, "0")}`;
}

/** Tasks as devices leave them: mostly what this version writes, and in each field at times what only another one would. */
export function makePopulation(random: Random, size: number): RemoteTask[] {
  return Array.from({ length: size }, (_, place) => ({
    id: idAt(place),
    registers: makeRegisters(random, place, size),
  }));
}

/** A day or a moment in whole seconds. */
export function drawDate(random: Random): string {
  const moment = drawMoment(random);
  return random.chance(0.5) ? moment.slice(0, 10) : `${moment.slice(0, 19)}Z`;
}

/** A moment with milliseconds. */
export function drawMoment(random: Random): string {
  return new Date(
    FIRST_DAY + random.below(DAYS) * DAY_MS + random.pick(HOURS) * HOUR_MS + random.pick([0, 0, 500]),
  ).toISOString();
}

function makeRegisters(random: Random, place: number, size: number): Registers {
  const registers: Record<string, string> = {};
  const clocks = Array.from({ length: 3 }, () => drawClock(random));
  const set = (key: string, value: Scalar) =>
    Object.defineProperty(registers, key, {
      value: random.pick(clocks) + JSON.stringify(value),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  const sometimes = (part: number, key: string, draw: () => Scalar) => {
    if (random.chance(part)) set(key, draw());
  };
  const relative = () => drawRelative(random, place, size);
  sometimes(0.97, "title", () => drawText(random, 4));
  sometimes(0.3, "description", () => random.pick([drawText(random, 6), drawText(random, 6), null, ""]));
  sometimes(0.6, "due_date", () => drawOddDate(random));
  sometimes(0.3, "scheduled_date", () => drawOddDate(random));
  sometimes(0.3, "wait_until", () => drawOddDate(random));
  sometimes(0.4, "completed_at", () => drawOddMoment(random));
  sometimes(0.2, "deleted_at", () => drawOddMoment(random));
  sometimes(0.95, "created_at", () => drawOddMoment(random));
  sometimes(0.1, "started_at", () => drawOddMoment(random));
  sometimes(0.1, "cancelled", () => random.pick([true, true, false, "true", null]));
  sometimes(0.6, "priority", () => random.pick(PRIORITIES));
  sometimes(0.6, "project", () => random.pick([...PROJECTS, null, 5]));
  sometimes(0.3, "estimate", () => random.pick(ESTIMATES));
  sometimes(0.4, "parent", () => random.pick([relative(), relative(), relative(), null, 3]));
  sometimes(0.1, "recurrence", () => random.pick(RULES));
  sometimes(0.2, "series", () => random.pick([idAt(random.below(SERIES)), null]));
  sometimes(0.2, "occurrence", () => random.pick([drawDate(random), drawDate(random), "", null]));
  sometimes(0.1, "rank", () => random.pick(["a0", "Zz", "é", "", null]));
  for (let count = random.below(4); count > 0; count -= 1) {
    set(`tag:${random.pick(TAGS)}`, random.pick([true, true, true, false, "true", null, 1]));
  }
  for (let count = random.chance(0.2) ? 3 : 0; count > 0; count -= 1) {
    set(`dep:${relative()}`, random.pick([true, true, false, null]));
    set(`note:${idAt(random.below(9))}`, random.pick([drawText(random, 4), null, 5]));
    set(`remind:${random.pick(["-PT30M", "-P1D"])}`, random.pick([true, false, "x"]));
  }
  if (Object.keys(registers).length === 0) set("title", "");
  const latest = Object.values(registers).toSorted().at(-1)?.slice(0, 24) ?? "";
  if (random.chance(0.1)) {
    const time = random.pick([Date.parse(drawMoment(random)), 0, 253_402_300_800_000, -1, 0.5, "5"]);
    registers["wall_clock"] = random.pick([latest, latest, drawClock(random)]) + JSON.stringify(time);
  }
  return registers;
}

function drawClock(random: Random): string {
  return formatClock(
    (BigInt(Date.parse(drawMoment(random))) << 16n) + BigInt(random.below(3)),
    random.pick(["a1b2c3d4", "ffffffff"]),
  );
}

function drawText(random: Random, words: number): string {
  return Array.from({ length: 1 + random.below(words) }, () => random.pick(WORDS)).join(random.pick([" ", ", "]));
}

function drawOddDate(random: Random): Scalar {
  return random.chance(0.9) ? drawDate(random) : random.pick(ODD_DATES);
}

function drawOddMoment(random: Random): Scalar {
  if (random.chance(0.8)) return drawMoment(random);
  return random.chance(0.5) ? `${drawMoment(random).slice(0, 19)}Z` : random.pick(ODD_DATES);
}

/** The id of a task near another one, or of none. */
function drawRelative(random: Random, place: number, size: number): string {
  if (random.chance(0.05)) return random.pick(ABSENT_IDS);
  return idAt(Math.min(size - 1, place - (place % FAMILY) + random.below(FAMILY)));
}
