import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { settleSeries } from "../../../src/domain/recurrence/settle.ts";
import { isClock } from "../../../src/domain/task/clock.ts";
import { mergeRegisters, readValue, type Registers } from "../../../src/domain/task/registers.ts";
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
