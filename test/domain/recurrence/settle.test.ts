import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { recordIdOf } from "../../../src/domain/recurrence/record-id.ts";
import { settleSeries } from "../../../src/domain/recurrence/settle.ts";
import { isClock } from "../../../src/domain/task/clock.ts";
import {
  type Fields,
  mergeRegisters,
  readValue,
  type Registers,
  stampFields,
} from "../../../src/domain/task/registers.ts";
import { printTasks } from "../../support/recurrence/fleet.ts";

type Tasks = Readonly<Record<string, Registers>>;

/** What five devices know of a series, and what all of them hold once they met and it is settled. */
type Vector = {
  readonly about: string;
  readonly series: string;
  readonly children: readonly string[];
  readonly merges: readonly Tasks[];
  readonly settled: Tasks;
};

const CLOCK = "019a9f3c51c80000a1b2c3d4";
const FOLDER = new URL("../../fixtures/settle/", import.meta.url);
const VECTORS = readdirSync(FOLDER)
  .toSorted()
  .map((file): Vector => JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")));

function merge(tasks: Map<string, Registers>, other: Iterable<readonly [string, Registers]>): void {
  for (const [id, registers] of other) tasks.set(id, mergeRegisters(tasks.get(id) ?? {}, registers));
}

/** Settles the series, and answers what changed. */
function settle(tasks: Map<string, Registers>, { series, children }: Vector): ReadonlyMap<string, Registers> {
  const changes = settleSeries((id) => tasks.get(id), series, children);
  merge(tasks, changes);
  return changes;
}

function listOrders<Item>(items: readonly Item[]): Item[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, at) => listOrders(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}

function mergeAll(vector: Vector, order: readonly Tasks[]): Map<string, Registers> {
  const tasks = new Map<string, Registers>();
  for (const each of order) merge(tasks, Object.entries(each));
  settle(tasks, vector);
  return tasks;
}

/** The same, but settled after each of them as well. */
function mergeOneByOne(vector: Vector, order: readonly Tasks[]): Map<string, Registers> {
  const tasks = new Map<string, Registers>();
  for (const each of order) {
    merge(tasks, Object.entries(each));
    settle(tasks, vector);
  }
  return tasks;
}

function readLiveRecords(tasks: ReadonlyMap<string, Registers>): unknown[] {
  const records = [...tasks.values()].filter(({ series, deleted_at }) => series && readValue(deleted_at) === null);
  return records.map(({ occurrence }) => readValue(occurrence));
}

describe.each(VECTORS)("$about", (vector) => {
  const orders = listOrders(vector.merges);

  test("gives the same bytes in every order", () => {
    expect(orders).toHaveLength(120);
    const expected = printTasks(new Map(Object.entries(vector.settled)));
    for (const order of orders) expect(printTasks(mergeAll(vector, order))).toBe(expected);
  });

  test("changes nothing when it is settled again", () => {
    const tasks = new Map(Object.entries(vector.settled));
    expect([...settle(tasks, vector)]).toEqual([]);
  });

  test("ends in one state where everybody settles on the way too, with one record for each occurrence", () => {
    const replicas = orders.map((order) => mergeOneByOne(vector, order));
    const met = new Map<string, Registers>();
    for (const replica of replicas) merge(met, replica);
    settle(met, vector);
    expect([...settle(met, vector)]).toEqual([]);
    const records = readLiveRecords(met);
    expect(records).toHaveLength(new Set(records).size);
  });

  test("gives no new value an old clock, and only clocks that are some", () => {
    const before = new Map<string, Registers>();
    for (const each of vector.merges) merge(before, Object.entries(each));
    for (const [id, registers] of settleSeries((key) => before.get(key), vector.series, vector.children)) {
      for (const [key, register] of Object.entries(registers)) {
        const old = before.get(id)?.[key]?.slice(0, 24) ?? "";
        expect({ key, isClock: isClock(register.slice(0, 24)), isLater: register.slice(0, 24) > old }).toEqual({
          key,
          isClock: true,
          isLater: true,
        });
      }
    }
  });
});

describe("what a broken writer left", () => {
  const SERIES_ID = "019a0000-0000-7000-8000-0000000000c1";
  const FIELDS = { recurrence: "due 2026-11-23 FREQ=DAILY", occurrence: "2026-11-23", due_date: "2026-11-23" };

  /** The current occurrence once the task is settled. */
  function settleFields(fields: Fields): unknown {
    const tasks = new Map([[SERIES_ID, stampFields(fields, CLOCK)]]);
    const changes = settleSeries((id) => tasks.get(id), SERIES_ID);
    return readValue(changes.get(SERIES_ID)?.["occurrence"]);
  }

  test.each(["", "soon", "2026-02-30", "2026-11-23T25:00", "1969-12-31", 7, true, null])(
    "is kept where the occurrence is %p",
    (occurrence) => {
      expect(settleFields({ ...FIELDS, occurrence, completed_at: "2026-11-23T08:00:00.000Z" })).toBeNull();
    },
  );

  test.each(["", "yesterday", "+012026-11-23T08:00:00.000Z", "1960-11-23T08:00:00.000Z", 7, true])(
    "counts as done on its day where it was completed at %p",
    (completed_at) => {
      expect(settleFields({ ...FIELDS, completed_at })).toBe("2026-11-24");
      const recurrence = "done 2026-11-23 FREQ=DAILY";
      expect(settleFields({ ...FIELDS, recurrence, completed_at })).toBe("2026-11-24");
    },
  );

  test("is kept where a field has no clock", () => {
    const registers = { ...stampFields({ ...FIELDS, completed_at: "2026-11-23T08:00:00.000Z" }, CLOCK), due_date: "x" };
    const tasks = new Map([[SERIES_ID, registers]]);
    expect(settleSeries((id) => tasks.get(id), SERIES_ID).has(SERIES_ID)).toBe(false);
  });

  test("is kept where nothing says when the last occurrence became a task of its own", () => {
    const recurrence = "due 2026-11-23 FREQ=DAILY;COUNT=1";
    const record = stampFields({ series: SERIES_ID, occurrence: "2026-11-23", created_at: null }, CLOCK);
    const tasks = new Map([
      [SERIES_ID, stampFields({ ...FIELDS, recurrence }, CLOCK)],
      [recordIdOf(SERIES_ID, "2026-11-23"), record],
    ]);
    expect([...settleSeries((id) => tasks.get(id), SERIES_ID)]).toEqual([]);
  });

  test("is no error where there is no such task", () => {
    expect(settleSeries(() => undefined, SERIES_ID, ["019a0000-0000-7000-8000-0000000000c2"]).size).toBe(0);
  });
});
