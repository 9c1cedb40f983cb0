import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ForeignTask } from "../../../src/formats/found.ts";
import { readIcs } from "../../../src/formats/ics/read.ts";
import { findPublicData } from "../../support/public-data.ts";

const folder = findPublicData("import/ics");

function readTasks(name: string): ForeignTask[] {
  const text = readFileSync(join(folder, name), "utf8");
  return [...readIcs(text, { zone: "Europe/Berlin" })].filter((each) => each.kind === "task");
}

test("tasks of Nextcloud, Apple and Evolution come with their parts, zones and repetition", () => {
  const tasks = readTasks("garden.ics");
  expect(tasks.map(({ left }) => left)).toEqual([[], [], []]);
  expect(tasks.map(({ record }) => record)).toMatchObject([
    { title: "Build the bed", due_date: "2026-06-01", priority: "low", tags: ["Outside, sunny", "Wood work"] },
    {
      title: "Buy boards",
      due_date: "2026-05-10T07:00:00.000Z",
      parent: "11111111-aaaa-4bbb-8ccc-000000000001",
      reminders: ["-PT30M"],
      project: "Garden",
    },
    {
      title: "Water",
      due_date: "2026-05-03T16:00:00.000Z",
      recurrence: { rule: "FREQ=DAILY;INTERVAL=2", start: "2026-05-03T18:00", time_zone: "Europe/Berlin" },
    },
  ]);
});

test("the examples of RFC 5545 are read", () => {
  expect(readTasks("rfc5545-todo-with-alarm.ics")).toMatchObject([
    { record: { title: "Submit Income Taxes", reminders: ["1998-04-03T12:00:00Z"] }, left: ["ORGANIZER", "ATTENDEE"] },
  ]);
  expect(readTasks("rfc5545-todo.ics")).toMatchObject([
    { record: { due_date: "2007-05-01", tags: ["FAMILY", "FINANCE"] }, left: ["CLASS"] },
  ]);
});
