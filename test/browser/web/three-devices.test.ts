import { expect, test } from "bun:test";
import type { BrowserContext, Page } from "playwright-core";
import { useHomes } from "../../support/cli/home.ts";
import { logIn } from "../../support/cli/people.ts";
import { useBrowser } from "../in-browser.ts";
import { add, goTo, newPerson, openDevice, rename, row, signIn, signUp } from "./on-page.ts";

// Two browsers and a command line of one account: bun run test:browser

const newHome = useHomes();
const { serve, open, openElsewhere } = useBrowser({ expected: /ERR_INTERNET_DISCONNECTED|status of 40[13]/ });

/** Notes which streams of hints a browser has open. */
function watchStreams(browser: BrowserContext): ReadonlySet<unknown> {
  const streams = new Set<unknown>();
  browser.on("request", (request) => {
    if (new URL(request.url()).pathname === "/api/sync/events") streams.add(request);
  });
  browser.on("requestfinished", (request) => streams.delete(request));
  browser.on("requestfailed", (request) => streams.delete(request));
  return streams;
}

/** Waits until the list of a page has these tasks and no others. */
async function shows(page: Page, titles: readonly string[]): Promise<void> {
  await page.getByText(`${titles.length} tasks`, { exact: true }).waitFor();
  for (const title of titles) await row(page, title).waitFor();
}

test("what was done on two browsers and a command line, also without a network, is the same on all in the end", async () => {
  const [person, laptop] = [newPerson(), newHome()];
  const origin = await serve({ TODO_SIGNUP: "open" });
  const desk = await open(origin);
  const streams = watchStreams(desk.context());
  await signUp(desk, person);
  for (const title of ["Buy milk", "Call Ann", "Book flights"]) await add(desk, title);
  const [second, third] = [await open(origin), await open(origin)];
  const phone = await openElsewhere(origin);
  await signIn(phone, person);
  const pages = [desk, second, third, phone];
  await logIn(laptop, origin, person.email);
  const server = await openDevice(origin, person);
  await server.sees("Buy milk", "Call Ann", "Book flights");
  for (const page of pages) await shows(page, ["Buy milk", "Call Ann", "Book flights"]);
  await laptop.print("sync");

  await phone.context().setOffline(true);
  await rename(phone, "Buy milk", "Buy oat milk");
  await add(phone, "From the phone");
  await shows(phone, ["Buy oat milk", "Call Ann", "Book flights", "From the phone"]);
  const known = new Map((await laptop.tasks()).map(({ title, id }) => [title, id]));
  await laptop.print("edit", known.get("Call Ann") ?? "", "--title", "Call Ann at noon");
  await laptop.print("rm", known.get("Book flights") ?? "");
  await laptop.print("add", "From the laptop");
  // Later than the edit of the phone, so this one counts.
  await rename(second, "Buy milk", "Buy soy milk");
  await add(third, "From the third tab");
  await server.sees("Buy soy milk", "Call Ann", "Book flights", "From the third tab");

  await phone.context().setOffline(false);
  await laptop.print("sync");
  const titles = ["Buy soy milk", "Call Ann at noon", "From the phone", "From the laptop", "From the third tab"];
  for (const page of pages) await shows(page, titles);
  await laptop.print("sync");
  expect((await laptop.tasks()).map(({ title }) => title).toSorted()).toEqual(titles.toSorted());
  await goTo(phone, "log");
  await phone.getByText("overruled").first().waitFor();
  await goTo(third, "deleted");
  await row(third, "Book flights").waitFor();
  // A browser has few connections to a server, so its tabs share one stream.
  expect(streams.size).toBe(1);
}, 90_000);
