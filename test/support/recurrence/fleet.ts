import {
  completeOccurrence,
  detachOccurrence,
  type OccurrenceEdit,
  skipOccurrence,
} from "../../../src/domain/recurrence/complete.ts";
import { dueDateOf, nextOccurrence, occurrencesBetween } from "../../../src/domain/recurrence/next.ts";
import { recordIdOf } from "../../../src/domain/recurrence/record-id.ts";
import { readSeries, type Series } from "../../../src/domain/recurrence/series.ts";
import { compareBytes } from "../../../src/domain/task/registers.ts";
import { commit, createDevice, type Device, fieldsOf, isThere, receive, settle, undo } from "./device.ts";

export const SERIES_ID = "019a0000-0000-7000-8000-0000000000c1";
export const CHILD_ID = "019a0000-0000-7000-8000-0000000000c2";

export const RULES = [
  "due 2026-11-23 FREQ=DAILY",
  "due 2026-11-23 FREQ=WEEKLY;BYDAY=MO,TH",
  "each 2026-11-23 FREQ=DAILY;INTERVAL=2",
  "each 2026-11-23 FREQ=DAILY;COUNT=4",
  "due 2026-11-23 FREQ=DAILY;UNTIL=20261127",
  "done 2026-11-23 FREQ=DAILY;INTERVAL=3",
  "done 2026-11-23 FREQ=WEEKLY;BYDAY=SA",
  "due 2026-11-23T09:00[Europe/Berlin] FREQ=DAILY;BYHOUR=9,18",
] as const;

/** `choice` picks the other device, the rule or the number of days. */
export type Step = {
  readonly device: number;
  readonly act: Act;
  readonly choice: number;
  readonly hours: number;
};

export type Plan = {
  readonly rule: number;
  /** The first one is never old: without one that settles, nothing does. */
  readonly devices: readonly { readonly isOld: boolean; readonly skew: number }[];
  readonly steps: readonly Step[];
};

export type Outcome = {
  readonly isAgreed: boolean;
  /** Whether settling once more changes anything. */
  readonly isSettled: boolean;
  /** Live tasks beyond the first that stand for one occurrence. */
  readonly doubled: number;
  /** The occurrence that is to be done although it was done, and nobody took that back. */
  readonly doneAgain: string | null;
  /** Occurrences that were done by who knows series, but have no record. */
  readonly lost: readonly string[];
  /** Whether the child is done for an occurrence that is over. */
  readonly isTickStale: boolean;
};

/** An occurrence that was done, skipped or detached: where, and how many commits that device had then. */
type Done = { readonly occurrence: string; readonly device: Device; readonly depth: number };

type Fleet = {
  readonly devices: readonly Device[];
  readonly done: Done[];
  /** Occurrences that somebody took back. */
  readonly taken: Set<string>;
};

const START = Date.parse("2026-11-20T08:00:00.000Z");
/** Two are enough to carry all to everybody, two more what was settled. */
const MAX_ROUNDS = 6;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Lets devices do what the plan says, apart from each other, and then lets all of them meet. */
export function runPlan(plan: Plan): Outcome {
  const devices = plan.devices.map((kind, index) => createDevice(String(index + 1).padStart(8, "0"), kind));
  const fleet: Fleet = { devices, done: [], taken: new Set() };
  createSeries(devices, RULES[plan.rule % RULES.length] ?? RULES[0]);
  let time = START;
  for (const step of plan.steps) {
    time += step.hours * HOUR_MS;
    act(fleet, step, time);
  }
  const isAgreed = meet(devices);
  return { isAgreed, ...judge(fleet) };
}

function createSeries(devices: readonly Device[], rule: string): void {
  const [first] = devices;
  const series = readSeries(rule);
  if (first === undefined || series === null) throw new Error("a fleet needs a device and a rule");
  commit(first, START, [
    {
      id: SERIES_ID,
      fields: {
        title: "Water plants",
        created_at: new Date(START).toISOString(),
        recurrence: rule,
        occurrence: series.start,
        due_date: dueDateOf(series, series.start),
        wait_until: "2026-11-21",
      },
    },
    { id: CHILD_ID, fields: { title: "Fill the can", parent: SERIES_ID, created_at: new Date(START).toISOString() } },
  ]);
  // Nobody takes back that the series is there.
  first.commits.pop();
  for (const device of devices.slice(1)) receive(device, first, SERIES_ID, [CHILD_ID]);
}

function act(fleet: Fleet, step: Step, time: number): void {
  const device = fleet.devices[step.device % fleet.devices.length];
  const other = fleet.devices[step.choice % fleet.devices.length];
  if (device === undefined || other === undefined) throw new Error("the fleet is empty");
  PLAYS[step.act]({ fleet, device, other, choice: step.choice, time });
}

type Play = {
  readonly fleet: Fleet;
  readonly device: Device;
  readonly other: Device;
  readonly choice: number;
  readonly time: number;
};

/** What each act does. A version that knows no series only completes, renames, puts off and ticks. */
const PLAYS = {
  complete: (play: Play) => whileOpen(play, (occurrence) => close(play, occurrence, completeOccurrence)),
  "complete ahead": (play: Play) =>
    whileRepeating(play, (occurrence, series) => {
      const isTaken = hasRecord(play.device);
      const ahead = nextOccurrence(series, { after: occurrence, today: occurrence, isTaken });
      if (ahead !== null) close(play, ahead, completeOccurrence);
    }),
  skip: (play: Play) => whileRepeating(play, (occurrence) => close(play, occurrence, skipOccurrence)),
  detach: (play: Play) => whileRepeating(play, (occurrence) => close(play, occurrence, detachOccurrence)),
  "put off": (play: Play) =>
    whileOpen(play, (occurrence) => {
      const due_date = new Date(play.time + play.choice * DAY_MS).toISOString().slice(0, 10);
      commit(play.device, play.time, [
        { id: SERIES_ID, fields: { due_date, ...(!play.device.isOld && { occurrence }) } },
      ]);
    }),
  undo: takeBack,
  "change the rule": (play: Play) => whileRepeating(play, (occurrence) => changeRule(play, occurrence)),
  end: (play: Play) =>
    whileRepeating(play, () =>
      commit(play.device, play.time, [{ id: SERIES_ID, fields: { completed_at: readClock(play), recurrence: null } }]),
    ),
  rename: ({ device, choice, time }: Play) =>
    commit(device, time, [{ id: SERIES_ID, fields: { title: `Water plants ${choice}` } }]),
  "tick the child": (play: Play) =>
    whileOpen(play, (occurrence) => {
      const fields = { completed_at: readClock(play), ...(!play.device.isOld && { done_for: occurrence }) };
      commit(play.device, play.time, [{ id: CHILD_ID, fields }]);
    }),
  receive: ({ device, other }: Play) => receive(device, other, SERIES_ID, [CHILD_ID]),
  sync: ({ device, other }: Play) => {
    receive(device, other, SERIES_ID, [CHILD_ID]);
    receive(other, device, SERIES_ID, [CHILD_ID]);
  },
} as const;

export type Act = keyof typeof PLAYS;

export const ACTS = Object.keys(PLAYS).filter((name): name is Act => name in PLAYS);

function whileOpen({ device }: Play, work: (occurrence: string) => void): void {
  if (isOpen(device)) work(String(fieldsOf(device, SERIES_ID)["occurrence"]));
}

function whileRepeating(play: Play, work: (occurrence: string, series: Series) => void): void {
  const series = readSeries(String(fieldsOf(play.device, SERIES_ID)["recurrence"]));
  if (series !== null && !play.device.isOld) whileOpen(play, (occurrence) => work(occurrence, series));
}

function readClock({ device, time }: Play): string {
  return new Date(time + device.skew).toISOString();
}

function close(play: Play, occurrence: string, write: typeof completeOccurrence): void {
  const { fleet, device, time } = play;
  const at = readClock(play);
  const given: OccurrenceEdit = {
    series: { id: SERIES_ID, fields: fieldsOf(device, SERIES_ID) },
    occurrence,
    at,
    system: { today: () => at.slice(0, 10), timeZone: () => "UTC" },
    isTaken: hasRecord(device),
    record: fieldsOf(device, recordIdOf(SERIES_ID, occurrence)),
    children: [{ id: CHILD_ID, fields: fieldsOf(device, CHILD_ID) }],
  };
  if (device.isOld) {
    commit(device, time, [{ id: SERIES_ID, fields: { completed_at: at } }]);
  } else {
    const { series, record, children } = write(given);
    commit(device, time, [{ id: SERIES_ID, fields: series }, record, ...children]);
  }
  fleet.done.push({ occurrence, device, depth: device.commits.length });
}

function changeRule({ device, choice, time }: Play, current: string): void {
  const recurrence = RULES[choice % RULES.length] ?? RULES[0];
  const series = readSeries(recurrence);
  if (series === null) throw new Error(`${recurrence} is no series`);
  const [first] = occurrencesBetween({ ...series, mode: "each" }, current.slice(0, 10), "9999-12-31", 1);
  const occurrence = first ?? series.start;
  const fields = { recurrence, occurrence, due_date: dueDateOf(series, occurrence) };
  commit(device, time, [{ id: SERIES_ID, fields }]);
}

function takeBack({ fleet: { done, taken }, device, time }: Play): void {
  const depth = device.commits.length;
  undo(device, time);
  const undone = done.filter((each) => each.device === device && each.depth === depth);
  for (const { occurrence } of undone) taken.add(occurrence);
}

function isOpen(device: Device): boolean {
  const fields = fieldsOf(device, SERIES_ID);
  return fields["completed_at"] == null && (device.isOld || fields["recurrence"] != null);
}

function hasRecord(device: Device): (occurrence: string) => boolean {
  return (occurrence) => isThere(device, recordIdOf(SERIES_ID, occurrence));
}

/** Everybody meets everybody until nothing changes. False if they don't agree after that. */
function meet(devices: readonly Device[]): boolean {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    for (const device of devices) for (const other of devices) receive(device, other, SERIES_ID, [CHILD_ID]);
    if (new Set(devices.map(printDevice)).size === 1) return true;
  }
  return false;
}

/** All that a device holds, as one text. */
export function printDevice({ tasks }: Device): string {
  return printTasks(tasks);
}

export function printTasks(tasks: ReadonlyMap<string, Readonly<Record<string, string>>>): string {
  const sorted = [...tasks].toSorted(([one], [other]) => compareBytes(one, other));
  const lines = sorted.map(([id, registers]) => [
    id,
    Object.entries(registers).toSorted(([one], [other]) => compareBytes(one, other)),
  ]);
  return JSON.stringify(lines);
}

function judge({ devices, done, taken }: Fleet): Omit<Outcome, "isAgreed"> {
  const [device] = devices;
  if (device === undefined) throw new Error("the fleet is empty");
  const fields = fieldsOf(device, SERIES_ID);
  const child = fieldsOf(device, CHILD_ID);
  const current = isOpen(device) ? String(fields["occurrence"]) : null;
  const records = [...device.tasks.keys()].filter((id) => fieldsOf(device, id)["series"] === SERIES_ID);
  const recorded = records.filter((id) => isThere(device, id)).map((id) => fieldsOf(device, id)["occurrence"]);
  const kept = done.filter(({ occurrence }) => !taken.has(occurrence));
  return {
    isSettled: !settle(device, SERIES_ID, [CHILD_ID]),
    doubled: recorded.length - new Set(recorded).size,
    doneAgain: kept.find(({ occurrence }) => occurrence === current)?.occurrence ?? null,
    lost: kept
      .filter((each) => !each.device.isOld && !recorded.includes(each.occurrence))
      .map(({ occurrence }) => occurrence),
    isTickStale:
      current !== null &&
      child["completed_at"] != null &&
      typeof child["done_for"] === "string" &&
      (child["done_for"] < current || recorded.includes(child["done_for"])),
  };
}
