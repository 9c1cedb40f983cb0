import { expect, test } from "bun:test";
import { useBrowser } from "../in-browser.ts";
import { add, keptForOffline, newPerson, openDevice, row, signUp, synced } from "./on-page.ts";

// The page without a network, in a real browser: bun run test:browser

/** Each test has an address of its own, at which the browser knows nobody. */
const SIGNUP = { TODO_SIGNUP: "open" };

const { serve, open, restart } = useBrowser({
  settings: { TODO_SIGNUP: "open" },
  expected: /ERR_INTERNET_DISCONNECTED|40[13]/,
});

test("what is planned without a network is there after a reload, and on the server when it is back", async () => {
  const person = newPerson();
  const origin = await serve(SIGNUP);
  let page = await open(origin);
  const context = page.context();
  await signUp(page, person);
  await add(page, "Pay rent due:friday");
  await add(page, "Call Ann");
  const device = await openDevice(origin, person);
  await device.sees("Call Ann", "Pay rent");

  await keptForOffline(page);
  await context.setOffline(true);
  await page.reload();
  await row(page, "Pay rent").waitFor();
  await add(page, "Book flights");
  await row(page, "Call Ann").getByRole("checkbox").click();
  await page.getByRole("button", { name: "Undo" }).click();
  await row(page, "Pay rent").getByRole("button").click();
  await page.getByLabel("Title", { exact: true }).fill("Pay the rent");
  await page.getByLabel("Title", { exact: true }).press("Enter");
  await page.locator("summary", { hasText: "to send" }).waitFor();
  await page.close();

  page = await context.newPage();
  await page.goto(origin);
  await row(page, "Book flights").waitFor();
  await context.setOffline(false);
  await device.sees("Book flights", "Call Ann", "Pay the rent");
});

test("what is planned without a network outlives the whole browser, and is on the server when the network is back", async () => {
  const person = newPerson();
  const origin = await serve(SIGNUP);
  let page = await open(origin);
  await signUp(page, person);
  for (const text of ["Pay rent due:friday", "Call Ann", "Water the plants"]) await add(page, text);
  const device = await openDevice(origin, person);
  await device.sees("Call Ann", "Pay rent", "Water the plants");

  await keptForOffline(page);
  await page.context().setOffline(true);
  await add(page, "Book flights");
  await row(page, "Pay rent").getByRole("button").click();
  await page.getByLabel("Title", { exact: true }).fill("Pay the rent");
  await page.getByLabel("Title", { exact: true }).press("Enter");
  await row(page, "Pay the rent").waitFor();
  await row(page, "Call Ann").getByRole("checkbox").click();
  await row(page, "Call Ann").waitFor({ state: "detached" });
  await row(page, "Water the plants").getByRole("checkbox").click();
  await row(page, "Water the plants").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await row(page, "Water the plants").waitFor();
  await page.getByText("Offline, ").first().waitFor();

  const browser = await restart();
  await browser.setOffline(true);
  page = await open(origin);
  for (const title of ["Book flights", "Pay the rent", "Water the plants"]) await row(page, title).waitFor();
  await page.getByText("3 tasks").waitFor();
  await page.getByText("Offline, ").first().waitFor();

  await browser.setOffline(false);
  await synced(page);
  expect(await device.titles("pending")).toEqual(["Book flights", "Pay the rent", "Water the plants"]);
  expect(await device.titles("completed")).toEqual(["Call Ann"]);
});

test("what another device adds shows by itself", async () => {
  const person = newPerson();
  const origin = await serve(SIGNUP);
  const page = await open(origin);
  await signUp(page, person);
  const device = await openDevice(origin, person);
  await device.add("Feed the cat");
  await row(page, "Feed the cat").waitFor();
});

test("of two edits of one title the later one counts, and the other can be put back everywhere", async () => {
  const person = newPerson();
  const origin = await serve(SIGNUP);
  const page = await open(origin);
  const context = page.context();
  await signUp(page, person);
  await add(page, "Flights");
  const device = await openDevice(origin, person);
  await device.sees("Flights");

  await context.setOffline(true);
  await row(page, "Flights").getByRole("button").click();
  await page.getByLabel("Title", { exact: true }).fill("Flights to Lisbon");
  await page.getByLabel("Title", { exact: true }).press("Enter");
  await page.locator("summary", { hasText: "to send" }).waitFor();
  await device.rename("Flights", "Flights to Porto");
  await context.setOffline(false);
  await row(page, "Flights to Porto").waitFor();

  await page.goto(`${origin}/#/log`);
  await page.getByText("overruled").first().waitFor();
  await page.getByRole("button", { name: "Put mine back" }).first().click();
  await page.goto(`${origin}/#/all`);
  await row(page, "Flights to Lisbon").waitFor();
  await device.sees("Flights to Lisbon");
});
