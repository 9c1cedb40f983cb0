import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ForeignTask } from "../../../src/formats/found.ts";
import { readMarkdown } from "../../../src/formats/markdown/read.ts";
import { findPublicData } from "../../support/public-data.ts";

const folder = findPublicData("import/markdown");

function readTasks(name: string): ForeignTask[] {
  const text = readFileSync(join(folder, name), "utf8");
  return [...readMarkdown(text, { zone: "UTC" })].filter((each) => each.kind === "task");
}

test("both forms of Obsidian Tasks say the same", () => {
  const [signs, words] = ["obsidian-tasks-emoji.md", "obsidian-tasks-dataview.md"].map((name) =>
    readTasks(name).map(({ record, left }) => ({
      ...record,
      left,
      project: null,
      depends_on: record.depends_on?.length,
    })),
  );
  expect(signs).toEqual(words ?? []);
  expect(signs).toHaveLength(19);
});

test("a list of GitHub comes with its headings and subtasks, and without code", () => {
  expect(readTasks("todo.md").map(({ record }) => [record.title, record.project, record.parent !== undefined])).toEqual(
    [
      ["Sort the bottles", "Cellar", false],
      ["Buy crates", "Cellar", true],
      ["Label them", "Cellar", true],
      ["Fix the light", "Cellar", false],
      ["Read the meter", "Cellar", false],
      ["Oil it", "Cellar/Door", false],
      ["Replace it", "Cellar/Door", false],
    ],
  );
});
