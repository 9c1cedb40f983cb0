import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ForeignRecord, Found } from "../../../src/formats/found.ts";
import { readTaskwarrior } from "../../../src/formats/taskwarrior/read.ts";
import { findPublicData } from "../../support/public-data.ts";

const folder = findPublicData("import/taskwarrior");

function readFile(name: string, zone = "America/New_York"): Found[] {
  return [...readTaskwarrior(readFileSync(join(folder, name), "utf8"), { zone })];
}

function listTasks(found: readonly Found[]): ForeignRecord[] {
  return found.flatMap((each) => (each.kind === "task" ? each.record : []));
}

const PAINT = {
  title: "Buy paint",
  due_date: "2026-05-18T21:30:00.000Z",
  priority: "high",
  project: "House",
  notes: [{ at: Date.UTC(2026, 4, 1, 12, 3), text: 'Two litres — "outdoor"' }],
} as const;

test("what Debian's Taskwarrior 2.6.2 has exported is read as it was meant", () => {
  const found = readFile("made-by-2.6.2.json");
  expect(found.flatMap((each) => (each.kind === "task" ? each.left : each.kind))).toEqual(["field size"]);
  expect(listTasks(found)).toMatchObject([
    {
      title: "Paint the fence",
      due_date: "2026-05-20",
      project: "House.Outside",
      priority: "medium",
      tags: ["weekend"],
      depends_on: ["94d43829-6e9c-4be5-b21d-f28446eee9e3"],
      completed_at: null,
    },
    { ...PAINT, completed_at: null },
    { title: "Clean the gutters", due_date: "2026-10-31", scheduled_date: "2026-10-10", wait_until: "2026-10-01" },
    { title: "Pay the insurance", due_date: "2026-05-31", recurrence: { start: "2026-05-31" } },
    { title: "Water the beds", due_date: "2026-05-06", recurrence: null },
    {
      title: "Water the beds",
      due_date: "2026-05-09",
      recurrence: { rule: "FREQ=DAILY;INTERVAL=3;UNTIL=20260801", start: "2026-05-03" },
    },
    { title: "Water the beds", due_date: "2026-05-03", completed_at: "2026-05-07T12:01:00.000Z" },
  ]);
});

test("some days later the newest instance has the rule, and what was done is done", () => {
  const tasks = listTasks(readFile("made-by-2.6.2.later.json"));
  expect(tasks.find(({ title }) => title === "Buy paint")).toMatchObject({
    ...PAINT,
    completed_at: "2026-05-09T12:00:00.000Z",
  });
  const beds = tasks.filter(({ title }) => title === "Water the beds");
  expect(
    beds.map(({ due_date, completed_at, recurrence }) => [
      due_date,
      completed_at !== null,
      recurrence !== null && recurrence !== undefined,
    ]),
  ).toEqual([
    ["2026-05-09", false, false],
    ["2026-05-12", false, true],
    ["2026-05-06", true, false],
    ["2026-05-03", true, false],
  ]);
});

test("ten years of a user's tasks come whole", () => {
  const found = readFile("dstask-author.json");
  expect(found.filter(({ kind }) => kind === "task")).toHaveLength(68);
  expect(found.filter(({ kind }) => kind === "problem" || kind === "skipped")).toEqual([]);
});

test("the texts that Taskwarrior's own import is tested with are read, or refused as there", () => {
  const texts: readonly string[] = JSON.parse(readFileSync(join(folder, "import-payloads.json"), "utf8"));
  const outcomes = texts.map((text) => [...readTaskwarrior(text, { zone: "UTC" })].map(({ kind }) => kind).join(" "));
  expect(outcomes).toEqual([
    "task task task",
    "task",
    "task",
    "task task task",
    "task",
    "task",
    "task",
    "task",
    "task task",
    "problem",
    "problem",
    "problem",
    "problem",
    "problem",
    "task",
    "task",
  ]);
});
