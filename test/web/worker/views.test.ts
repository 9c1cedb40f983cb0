import { expect, test } from "bun:test";
import { OPENING } from "../../support/stores/test-user.ts";
import { createBrowser, createPage } from "./pages.ts";

async function openPage(text: string) {
  const page = createPage(createBrowser(), () => OPENING);
  await page.open();
  await page.whole();
  await page.ask("add", { text });
  return page;
}

test("a filter is read as the command line reads it, without what is closed or hidden", async () => {
  const page = await openPage("milk");
  const hidden = { kind: "not", condition: { kind: "waiting", now: expect.anything() } };
  const open = [{ kind: "status", status: "pending" }, hidden];
  expect(await page.ask("filter", { text: "" })).toMatchObject(open);
  expect(await page.ask("filter", { text: "+shop" })).toMatchObject([...open, { kind: "tagged", tag: "shop" }]);
  expect(await page.ask("filter", { text: "status:completed" })).toEqual([{ kind: "status", status: "completed" }]);
});

test("a filter that is not understood says where", async () => {
  const page = await openPage("milk");
  expect(await page.refuse("filter", { text: "milk due.before:fridayy" })).toMatchObject({
    code: "invalid_input",
    hints: ["Did you mean friday?"],
    at: 16,
    length: 7,
  });
});

test("hints that name commands are for terminals", async () => {
  const page = await openPage("milk");
  const failure = await page.refuse("filter", { text: "under:kqvkqv" });
  expect(failure).toMatchObject({ code: "not_found", hints: [] });
});

test("what to do next comes with the reason", async () => {
  const page = await openPage("milk due:2026-11-19\nlater due:2027-01-01\nhidden wait:2027-01-01");
  const next = await page.ask("next", null);
  expect(next.map(({ id, reason }) => [page.tasks.get(id)?.title, reason])).toEqual([
    ["milk", "overdue"],
    ["later", "none"],
  ]);
});

test("the agenda has the days that are asked for", async () => {
  const page = await openPage("milk due:2026-11-21");
  const { days } = await page.ask("agenda", { days: 2 });
  expect(days.map(({ day, items }) => [day, items.map(({ task }) => task.title)])).toEqual([
    ["2026-11-20", []],
    ["2026-11-21", ["milk"]],
  ]);
  expect(await page.refuse("agenda", { days: 0 })).toMatchObject({ code: "invalid_input" });
});

test("a saved filter is listed, used and removed, and the page hears that there are others", async () => {
  const page = await openPage("milk");
  await page.ask("saveFilter", { name: "shopping", text: "+shop" });
  expect(page.notices.at(-1)).toEqual({ kind: "filters" });
  expect(await page.ask("filters", null)).toEqual([{ name: "shopping", text: "+shop" }]);
  expect(await page.ask("filter", { text: "filter:shopping" })).toContainEqual({ kind: "tagged", tag: "shop" });
  expect(await page.refuse("saveFilter", { name: "off", text: "+shop" })).toMatchObject({ code: "invalid_input" });
  await page.ask("removeFilter", { name: "shopping" });
  expect(await page.ask("filters", null)).toEqual([]);
  expect(page.notices.filter(({ kind }) => kind === "filters")).toHaveLength(2);
});
