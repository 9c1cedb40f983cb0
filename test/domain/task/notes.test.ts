import { describe, expect, test } from "bun:test";
import { noteFields, pickNote, removedNoteFields } from "../../../src/domain/task/notes.ts";
import { timeOfId } from "../../../src/domain/task/time.ts";
import { TASK } from "../../support/tasks/task.ts";

const ID = "01a1f82f-1e80-7001-89c7-042307825391";
const NOTED = { ...TASK, notes: [{ id: ID, text: "one" }] };

describe("a note", () => {
  test("is added, changed and removed by one field, and by none where it is so already", () => {
    expect(noteFields(TASK, { id: ID, text: "one" })).toEqual({ [`note:${ID}`]: "one" });
    expect(noteFields(NOTED, { id: ID, text: "two" })).toEqual({ [`note:${ID}`]: "two" });
    expect(noteFields(NOTED, { id: ID, text: "one" })).toEqual({});
    expect(removedNoteFields(NOTED, ID)).toEqual({ [`note:${ID}`]: null });
    expect(removedNoteFields(TASK, ID)).toEqual({});
  });

  test("can be changed in a task that is full, and not added", () => {
    const notes = Array.from({ length: 100 }, (_, at) => ({ id: at === 0 ? ID : `${at}`, text: "x" }));
    expect(noteFields({ ...TASK, notes }, { id: ID, text: "y" })).toEqual({ [`note:${ID}`]: "y" });
    expect(() => noteFields({ ...TASK, notes }, { id: "new", text: "y" })).toThrow("has 100 notes");
  });

  test("is picked by its place, from 1", () => {
    expect(pickNote(NOTED, 1).text).toBe("one");
    expect(() => pickNote(TASK, 1)).toThrow("has no notes, so there is no note 1");
  });

  test("has its time in its id, and one that can be written whatever the id is", () => {
    expect(timeOfId(ID)).toBe("2026-11-20T09:00:00.000Z");
    expect(timeOfId("ffffffff-ffff-4fff-bfff-ffffffffffff")).toBe("9999-12-31T23:59:59.999Z");
    expect(timeOfId("x")).toBe("1970-01-01T00:00:00.000Z");
  });
});
