import { expect, test } from "bun:test";
import { compareByRank } from "../../../src/domain/tree/order.ts";
import { OPENING } from "../../support/stores/test-user.ts";
import { createBrowser, createPage } from "./pages.ts";

/** A page of a browser in which nobody has a server. */
async function openPage() {
  const page = createPage(createBrowser(), () => OPENING);
  await page.open();
  await page.whole();
  return page;
}

test("what is typed becomes a task that the page is told of before the answer comes", async () => {
  const page = await openPage();
  const done = await page.ask("add", { text: "Pay rent due:2026-11-27 +home recur:monthly" });
  const [task] = page.tasks.values();
  expect(done).toMatchObject({ words: "Added “Pay rent recur:monthly”", ids: [task?.id] });
  expect(done.notes).toHaveLength(1);
  expect(task).toMatchObject({ dueDate: "2026-11-27", tags: ["home"] });
});

test("several lines are added together, and taken back together", async () => {
  const page = await openPage();
  const done = await page.ask("add", { text: "milk +shop\n\nbread\r\n" });
  expect(done.words).toBe("Added 2 tasks");
  expect(page.titles()).toEqual(["bread", "milk"]);
  expect(await page.ask("undo", null)).toMatchObject({ words: "Undid: added 2 tasks" });
  expect(page.titles()).toEqual([]);
  expect(await page.ask("redo", null)).toMatchObject({ words: "Redid: added 2 tasks" });
  expect(page.titles()).toEqual(["bread", "milk"]);
});

test("with nothing to take back the page hears that there is nothing", async () => {
  const page = await openPage();
  expect(await page.ask("undo", null)).toBeNull();
  expect(await page.ask("redo", null)).toBeNull();
});

test("of several lines one that is wrong is shown, and none is added", async () => {
  const page = await openPage();
  const failure = await page.refuse("add", { text: "milk\nbread due:fridayy" });
  expect(failure).toMatchObject({ code: "invalid_input", hints: ["Did you mean friday?"], at: 5, length: 17 });
  expect(page.titles()).toEqual([]);
});

test("quotes that do not close are shown where they stand", async () => {
  const page = await openPage();
  expect(await page.refuse("add", { text: 'milk project:"My shop' })).toMatchObject({ at: 5, length: 16 });
  expect(await page.refuse("add", { text: "  " })).toMatchObject({ message: "title is empty", hints: [] });
});

test("a line is understood while it is typed, and nothing is added", async () => {
  const page = await openPage();
  const { task, pieces, issues } = await page.ask("preview", { text: "Pay rent due:2026-11-27 project:Hom" });
  expect(task).toMatchObject({ title: "Pay rent", due_date: "2026-11-27", project: "Hom" });
  expect(pieces.map(({ field }) => field)).toEqual(["due", "project"]);
  expect(issues).toEqual([]);
  expect(page.tasks.size).toBe(0);
});

test("an edit in words changes all that are chosen, and a title only one", async () => {
  const page = await openPage();
  const { ids } = await page.ask("add", { text: "milk due:2026-11-27\nbread due:2026-11-28" });
  const done = await page.ask("edit", { ids, words: "due+1d +shop" });
  expect(done).toEqual({ words: "Changed 2 tasks", ids });
  expect([...page.tasks.values()].map(({ dueDate, tags }) => [dueDate, tags])).toEqual([
    ["2026-11-28", ["shop"]],
    ["2026-11-29", ["shop"]],
  ]);
  expect(await page.refuse("edit", { ids, words: "butter" })).toMatchObject({ code: "usage" });
  await page.ask("edit", { ids: ids.slice(0, 1), words: "butter tags:" });
  expect(page.titles()).toEqual(["bread", "butter"]);
  expect(await page.refuse("edit", { ids, words: "" })).toMatchObject({ message: "no change is given" });
});

test("a change by fields sets these alone", async () => {
  const page = await openPage();
  const { ids } = await page.ask("add", { text: "Pay rent due:2026-11-27 +home" });
  await page.ask("patch", { ids, patch: { dueDate: null, every: "month on the 1st" } });
  const [task] = page.tasks.values();
  expect(task).toMatchObject({ dueDate: "2026-12-01", tags: ["home"], recurrence: expect.stringContaining("MONTHLY") });
  expect(await page.ask("series", { id: task?.id ?? "", count: 2 })).toEqual({
    words: "every month on the 1st",
    coming: ["2027-01-01", "2027-02-01"],
  });
});

test("what is done with tasks is said in words, also that nothing was to be done", async () => {
  const page = await openPage();
  const { ids } = await page.ask("add", { text: "milk\nbread" });
  expect(await page.ask("act", { ids, action: "complete" })).toEqual({ words: "Completed 2 tasks", ids });
  expect(await page.ask("act", { ids, action: "complete" })).toEqual({ words: "Nothing was changed", ids: [] });
  expect(await page.ask("act", { ids: ids.slice(1), action: "reopen" })).toMatchObject({ words: "Reopened “bread”" });
  expect(await page.ask("act", { ids, action: "delete" })).toMatchObject({ words: "Deleted 2 tasks" });
  expect(page.titles()).toEqual([]);
  expect(await page.refuse("act", { ids, action: "complete" })).toMatchObject({ code: "not_found", hints: [] });
  expect(await page.ask("act", { ids, action: "restore" })).toMatchObject({ words: "Restored 2 tasks" });
  expect(page.titles()).toEqual(["bread", "milk"]);
});

test("a task that repeats is counted once when it is done, and when that is taken back", async () => {
  const page = await openPage();
  const { ids } = await page.ask("add", { text: "Water plants every:week due:2026-11-20" });
  expect(await page.ask("act", { ids, action: "complete" })).toMatchObject({ words: "Completed “Water plants”" });
  expect(page.tasks.get(ids[0] ?? "")?.dueDate).toBe("2026-11-27");
  expect(await page.ask("undo", null)).toMatchObject({ words: "Undid: completed “Water plants”" });
  expect(await page.ask("act", { ids, action: "skip" })).toMatchObject({ words: "Skipped “Water plants”" });
});

test("a task is moved under another one, and before a part of that", async () => {
  const page = await openPage();
  const { ids } = await page.ask("add", { text: "Trip\nflights\nhotel" });
  const [parent = "", flights = "", hotel = ""] = ids;
  await page.ask("move", { id: flights, place: { parent } });
  await page.ask("move", { id: hotel, place: { parent, before: flights } });
  const [one, other] = [page.tasks.get(flights), page.tasks.get(hotel)];
  expect([one?.parent, other?.parent]).toEqual([parent, parent]);
  const children = [one, other].flatMap((task) => task ?? []).toSorted(compareByRank);
  expect(children.map(({ title }) => title)).toEqual(["hotel", "flights"]);
});

test("a note is added to a task and taken off", async () => {
  const page = await openPage();
  const [id = ""] = (await page.ask("add", { text: "Pay rent" })).ids;
  expect(await page.ask("note", { id, text: "called" })).toMatchObject({ words: "Changed the notes of “Pay rent”" });
  const [note] = page.tasks.get(id)?.notes ?? [];
  expect(note?.text).toBe("called");
  await page.ask("removeNote", { id, note: note?.id ?? "" });
  expect(page.tasks.get(id)?.notes).toEqual([]);
});

test("the log has what was done to all tasks, or to one", async () => {
  const page = await openPage();
  const [id = ""] = (await page.ask("add", { text: "milk\nbread" })).ids;
  await page.ask("act", { ids: [id], action: "complete" });
  const verbs = async (of?: string) =>
    (await page.ask("log", { ...(of && { id: of }), limit: 10 })).map(({ verb }) => verb);
  expect(await verbs()).toEqual(["completed", "added", "added"]);
  expect(await verbs(id)).toEqual(["completed", "added"]);
});
