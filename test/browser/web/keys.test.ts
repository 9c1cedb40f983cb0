import { expect, test } from "bun:test";
import { useBrowser } from "../in-browser.ts";
import { add, holds, openAlone, row } from "./on-page.ts";

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
  await holds(page, "document.querySelector('main').scrollTop > 0");
  await expectNoOffence(page);
});

test("words that count from a date are taken once, however often Enter is pressed", async () => {
  const page = await open(await serve({}));
  await openAlone(page);
  await add(page, "Pay rent due:2030-01-04");
  await row(page, "Pay rent").locator(".open").focus();
  await page.keyboard.press("t");
  await page.getByRole("dialog").getByRole("textbox").fill("due+1d");
  await page.evaluate(`{
    const form = document.querySelector("dialog form");
    form.requestSubmit();
    form.requestSubmit();
  }`);
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await row(page, "Pay rent").getByText("5 Jan 2030").waitFor();
});

test("who types elsewhere keeps the focus when the row goes that had it before", async () => {
  const page = await open(await serve({}));
  await openAlone(page);
  for (const title of ["Pay rent", "Call Ann", "Buy milk"]) await add(page, title);
  await row(page, "Buy milk").waitFor();
  await row(page, "Pay rent").locator(".open").focus();
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("/");
  await page.keyboard.type("call", { delay: 50 });
  await page.getByText("1 task", { exact: true }).waitFor();
  await page.keyboard.type(" ann");
  expect(await page.getByLabel("Search and filter").inputValue()).toBe("call ann");
});
