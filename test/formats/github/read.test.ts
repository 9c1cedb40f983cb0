import { expect, test } from "bun:test";
import { readGithub } from "../../../src/formats/github/read.ts";

const ISSUE = {
  number: 3,
  title: "Add a dark theme",
  body: "Please.\r\n",
  state: "OPEN",
  stateReason: "",
  createdAt: "2026-05-01T10:00:00Z",
  updatedAt: "2026-05-02T10:00:00Z",
  closedAt: null,
  url: "https://github.com/acme/site/issues/3",
  labels: [{ name: "help wanted" }],
  assignees: [],
  milestone: null,
  comments: [{ author: { login: "ann" }, body: "Yes,\r\nplease", createdAt: "2026-05-01T11:00:00Z" }],
};

const read = (...issues: readonly object[]) => [...readGithub(JSON.stringify(issues, null, 1))];

test("an issue comes with its address, labels and comments", () => {
  expect(read(ISSUE)).toEqual([
    {
      kind: "task",
      line: 2,
      key: ISSUE.url,
      record: {
        title: "Add a dark theme",
        description: `Please.\n\n${ISSUE.url}`,
        project: "acme/site",
        tags: ["help wanted"],
        notes: [{ at: Date.UTC(2026, 4, 1, 11), text: "ann: Yes,\nplease" }],
        created_at: "2026-05-01T10:00:00.000Z",
        updated_at: "2026-05-02T10:00:00.000Z",
        completed_at: null,
      },
      left: [],
    },
  ]);
});

test("what was closed is done, or cancelled if it was not planned, and what has no place is named", () => {
  const closed = {
    ...ISSUE,
    closedAt: "2026-05-03T10:00:00Z",
    milestone: { title: "v2" },
    assignees: [{ login: "kim" }],
  };
  expect(read({ ...closed, stateReason: "COMPLETED" })).toMatchObject([
    { record: { completed_at: "2026-05-03T10:00:00.000Z" }, left: ["milestone", "assignees"] },
  ]);
  expect(read({ ...closed, stateReason: "NOT_PLANNED" })).toMatchObject([{ record: { cancelled: true } }]);
});

test("what was not asked for is asked for", () => {
  expect(read({ number: 3, title: "x" })).toMatchObject([
    { kind: "problem", problem: expect.stringContaining("--json number,title") },
  ]);
});
