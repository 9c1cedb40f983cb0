import { expect, test } from "bun:test";
import { OPENING } from "../../support/stores/test-user.ts";
import { createBrowser, createPage } from "./pages.ts";

async function openPage() {
  const page = createPage(createBrowser(), () => OPENING);
  await page.open();
  await page.whole();
  return page;
}

test("the log says in words what each field was and is", async () => {
  const page = await openPage();
  const [id = ""] = (await page.ask("add", { text: "Pay rent due:2026-11-27 estimate:25min +home" })).ids;
  const [added] = await page.ask("log", { id, limit: 1 });
  expect(added?.changes.map(({ name }) => name)).toEqual(["due", "estimate", "+home"]);
  await page.ask("edit", { ids: [id], words: "due:2026-11-28 estimate:1h30min +bills every:month" });
  const [edit] = await page.ask("log", { id, limit: 1 });
  expect(edit).toMatchObject({ verb: "changed", device: null, title: "Pay rent" });
  const said = edit?.changes.map(({ name, before, after }) => [name, before, after]);
  expect(said).toEqual([
    ["due", "Fri 27 Nov", "Sat 28 Nov"],
    ["repetition", null, "every month on the 28th"],
    ["estimate", "25 min", "1 h 30 min"],
    ["+bills", null, "+bills"],
  ]);
});

test("what was replaced can be put back, as a new edit", async () => {
  const page = await openPage();
  const [id = ""] = (await page.ask("add", { text: "Pay rent due:2026-11-27 +home" })).ids;
  await page.ask("edit", { ids: [id], words: "Pay the rent due: -home +flat" });
  const [edit] = await page.ask("log", { id, limit: 1 });
  const values = Object.fromEntries((edit?.changes ?? []).map(({ field, old }) => [field, old]));
  expect(await page.ask("putBack", { id, values })).toMatchObject({ words: "Changed “Pay rent”" });
  expect(page.tasks.get(id)).toMatchObject({ title: "Pay rent", dueDate: "2026-11-27", tags: ["home"] });
  expect((await page.ask("log", { id, limit: 9 })).map(({ verb }) => verb)).toEqual(["changed", "changed", "added"]);
});
