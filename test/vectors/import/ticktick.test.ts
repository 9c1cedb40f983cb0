import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readTicktick } from "../../../src/formats/ticktick/read.ts";
import { findPublicData } from "../../support/public-data.ts";

const folder = findPublicData("import/ticktick");

function readFile(name: string) {
  return [...readTicktick(readFileSync(join(folder, name), "utf8"), { zone: "UTC" })];
}

test("a backup of a real user comes whole, with days as they were in Copenhagen", () => {
  const tasks = readFile("real-anonymised.csv").filter((each) => each.kind === "task");
  expect(tasks).toHaveLength(30);
  expect(new Set(tasks.map(({ key }) => key)).size).toBe(30);
  expect(tasks[0]?.record).toMatchObject({ title: "Review quarterly report", due_date: "2026-03-10", project: "Work" });
});

test("parents, abandoned tasks, notes and cells of several lines are read", () => {
  const [parents, notes] = [readFile("abandoned-and-parents.csv"), readFile("notes-and-multiline.csv")];
  const kinds = [...parents, ...notes].map(({ kind }) => kind);
  expect([kinds.length, new Set(kinds)]).toEqual([23, new Set(["task"])]);
  expect(parents).toMatchObject([
    { record: { title: "Ship v2", priority: "high", tags: ["urgent", "eng"] } },
    { record: { title: "Write launch doc", parent: expect.any(String) } },
    { record: { title: "Notify legal", completed_at: "2026-01-05T00:00:00.000Z" } },
    { record: { title: "Water plants", recurrence: { rule: "FREQ=WEEKLY;INTERVAL=2" } } },
    { record: { title: "Complicated schedule" } },
    { record: { title: "Old idea", cancelled: true } },
  ]);
});
