import { expect, test } from "bun:test";
import { createBrowser, createPage } from "./pages.ts";

async function openPage() {
  const page = createPage(createBrowser());
  await page.open();
  await page.whole();
  return page;
}

test("what is typed becomes a task that the page is told of before the answer comes", async () => {
  const page = await openPage();
  const done = await page.ask("add", { text: "Pay rent due:2026-11-27 +home" });
  const [task] = page.tasks.values();
  expect(done).toEqual({ words: "Added “Pay rent”", ids: [task?.id ?? ""], notes: [] });
  expect(task).toMatchObject({ title: "Pay rent", dueDate: "2026-11-27", tags: ["home"] });
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
