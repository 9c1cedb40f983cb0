import { describe, expect, test } from "bun:test";
import { draftFields, orderFields, patchFields } from "../../../src/domain/task/fields.ts";
import { readTask } from "../../../src/domain/task/read-task.ts";
import { stampFields } from "../../../src/domain/task/registers.ts";
import { refusal } from "../../support/errors.ts";

const NOW = "2026-11-20T09:00:00.000Z";
const CLOCK = "019a9f3c51c80000a1b2c3d4";

const before = readTask({
  id: "id",
  handle: "kqvz",
  revision: 1,
  registers: stampFields(
    draftFields({ title: "Buy milk", project: "Home", priority: "low", tags: ["shop", "food"] }, NOW),
    CLOCK,
  ),
});

describe("the fields of a new task", () => {
  test("are only those that were given, and when it was made", () => {
    expect(draftFields({ title: "x" }, NOW)).toEqual({ title: "x", created_at: NOW });
    expect(draftFields({ title: "x", description: null, dueDate: null }, NOW)).toEqual({ title: "x", created_at: NOW });
  });

  test("have each tag as a field of its own", () => {
    expect(draftFields({ title: "x", tags: ["b", "a"] }, NOW)).toMatchObject({ "tag:a": true, "tag:b": true });
  });

  test("read back as the draft", () => {
    expect(before).toMatchObject({ title: "Buy milk", project: "Home", priority: "low", tags: ["food", "shop"] });
  });
});

describe("the fields of an edit", () => {
  test("are none when nothing is said or nothing is new", () => {
    expect(patchFields(before, {})).toEqual({});
    expect(patchFields(before, { title: "Buy milk", project: "Home", dueDate: null, tags: ["shop", "food"] })).toEqual(
      {},
    );
  });

  test("are those that differ, and null clears", () => {
    const patch = { title: "Buy oat milk", project: null, priority: "low", dueDate: "2026-11-21" } as const;
    expect(patchFields(before, patch)).toEqual({ title: "Buy oat milk", project: null, due_date: "2026-11-21" });
  });

  test("replace all tags with tags, add with addTags and take off with removeTags", () => {
    expect(patchFields(before, { tags: ["shop", "new"] })).toEqual({ "tag:new": true, "tag:food": false });
    expect(patchFields(before, { addTags: ["new", "shop"], removeTags: ["food", "unknown"] })).toEqual({
      "tag:new": true,
      "tag:food": false,
    });
    expect(patchFields(before, { tags: [] })).toEqual({ "tag:food": false, "tag:shop": false });
  });

  test("take off a tag in any case, or only the one that is spelled so if there is that one", () => {
    expect(patchFields(before, { removeTags: ["FOOD"] })).toEqual({ "tag:food": false });
    const twice = { ...before, tags: ["Food", "food"] };
    expect(patchFields(twice, { removeTags: ["food"] })).toEqual({ "tag:food": false });
    expect(patchFields(twice, { removeTags: ["FOOD"] })).toEqual({ "tag:Food": false, "tag:food": false });
    expect(patchFields(before, { addTags: ["Food"], removeTags: ["food"] })).toEqual({
      "tag:Food": true,
      "tag:food": false,
    });
  });

  test("are refused when more than 50 tags would be left", () => {
    const tag = Array.from({ length: 49 }, (_, number) => `t${number}`);
    expect(refusal(() => patchFields(before, { addTags: tag })).message).toContain(
      "a task can have 50 tags, these are 51",
    );
  });
});

test("the fields of a change are shown in one order, whatever order they come in: tags and unknown ones last, by bytes", () => {
  const ordered = ["title", "due_date", "created_at", "deleted_at", "mood", "tag:a", "tag:z", "tag:ø", "tag:å"];
  const shown = [...ordered.slice(0, 7), "tag:å", "tag:ø"];
  expect(orderFields(ordered.toReversed())).toEqual(shown);
  expect(orderFields(ordered)).toEqual(shown);
});
