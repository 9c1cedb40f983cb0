import { describe, expect, test } from "bun:test";
import { refusalOf } from "../../support/errors.ts";
import { openInMemory } from "../../support/server/api.ts";
import { newId } from "../../support/stores/test-user.ts";
import { createSeriesUser } from "./series/series-user.ts";

const NOTE = { id: newId(), text: "paid by Ann" };

describe("a completion with a note", () => {
  async function setUp(every?: string) {
    const user = createSeriesUser(openInMemory());
    const task = await user.add("Pay rent", every === undefined ? {} : { every });
    const { store, workspace } = user;
    const actions = async () => (await store.history(workspace.user, {})).map(({ action }) => action);
    return { ...user, task, actions };
  }

  test("is one change, which one undo takes back", async () => {
    const { complete, get, undo, actions, task } = await setUp();
    await complete("Pay rent", { note: NOTE });
    expect(await get("Pay rent")).toMatchObject({ completedAt: expect.any(String), notes: [NOTE] });
    expect(await actions()).toEqual(["complete", "add"]);
    await undo();
    expect(await get("Pay rent")).toEqual({
      ...task,
      revision: expect.any(Number),
      updatedAt: expect.any(String),
    });
  });

  test("of what was done already is the note alone", async () => {
    const { complete, get, actions } = await setUp();
    await complete("Pay rent");
    await complete("Pay rent", { note: NOTE });
    expect((await get("Pay rent")).notes).toEqual([NOTE]);
    expect(await actions()).toEqual(["note", "complete", "add"]);
  });

  test("of a task that repeats is a note to the occurrence that was done", async () => {
    const { complete, get, all } = await setUp("16th");
    await complete("Pay rent", { note: NOTE });
    expect((await get("Pay rent")).notes).toEqual([]);
    expect((await all()).filter(({ series }) => series !== null).map(({ notes }) => notes)).toEqual([[NOTE]]);
  });

  test("of an occurrence that was done already is a note to its record alone", async () => {
    const { complete, get, record, actions } = await setUp("16th");
    await complete("Pay rent");
    await complete("Pay rent", { occurrence: "2026-11-16", note: NOTE });
    expect((await get("Pay rent")).notes).toEqual([]);
    expect((await record("2026-11-16")).notes).toEqual([NOTE]);
    expect((await actions())[0]).toBe("note");
  });

  test("is no note to the parts that are completed too", async () => {
    const { add, complete, get, task } = await setUp();
    await add("Call the bank", { parent: task.id });
    await complete("Pay rent", { note: NOTE, subtasks: "include" });
    expect((await get("Pay rent")).notes).toEqual([NOTE]);
    expect(await get("Call the bank")).toMatchObject({ completedAt: expect.any(String), notes: [] });
  });

  test("changes nothing where the note is refused", async () => {
    const { complete, get, task } = await setUp();
    const tooLong = { ...NOTE, text: "x".repeat(2001) };
    const refused = await refusalOf(complete("Pay rent", { note: tooLong }));
    expect(refused.message).toContain("at most 2000 are allowed");
    expect(await get("Pay rent")).toEqual(task);
  });
});
