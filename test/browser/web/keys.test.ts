import { expect, test } from "bun:test";
import { useBrowser } from "../in-browser.ts";
import { add, openAlone, row } from "./on-page.ts";

// What keys do, and what they leave alone: bun run test:browser

const { serve, open, expectNoOffence } = useBrowser({ expected: /status of 40[13]/ });

test("keys of the list leave the task beside it alone, and a page without rows scrolls", async () => {
  const origin = await serve({});
  const page = await open(origin);
  await openAlone(page);
  await add(page, "Pay rent");
  await row(page, "Pay rent").locator(".open").click();
  const panel = page.getByLabel("Task: Pay rent");
  await panel.getByRole("radio", { name: "none" }).focus();
  await page.keyboard.press("ArrowLeft");
  await panel.getByRole("radio", { name: "low", checked: true }).waitFor();
  await row(page, "Pay rent").getByLabel("low priority").waitFor();
  await panel.getByRole("button", { name: "Start" }).focus();
  await page.keyboard.press("Delete");
  await page.keyboard.press("x");
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
  await row(page, "Pay rent").waitFor();

  await page.setViewportSize({ width: 1280, height: 300 });
  await page.goto(`${origin}/#/settings`);
  await page.getByRole("heading", { name: "Settings" }).waitFor();
  await page.locator("main").focus();
  await page.keyboard.press("End");
  await page.waitForFunction("document.querySelector('main').scrollTop > 0");
  await expectNoOffence(page);
});

test("a field that is saved by Enter and left at once is saved once", async () => {
  const page = await open(await serve({}));
  await openAlone(page);
  await add(page, "Pay rent due:2030-01-04");
  await row(page, "Pay rent").locator(".open").click();
  const due = page.getByLabel("Due", { exact: true });
  await due.fill("+1d");
  await due.press("Enter");
  await due.press("Tab");
  await row(page, "Pay rent").getByText("5 Jan 2030").waitFor();
  await page.getByLabel("Add a task").fill("next");
  await page.getByLabel("Add a task").press("Enter");
  await row(page, "next").waitFor();
  expect(await row(page, "Pay rent").textContent()).toContain("5 Jan 2030");
});
