import { test } from "bun:test";
import type { Page } from "playwright-core";
import { useBrowser } from "../in-browser.ts";
import { add, newPerson, openAlone, openDevice, row, signUp, synced } from "./on-page.ts";
import { rewrite, useProxies } from "./proxy.ts";

// A browser whose clock is wrong and jumps: bun run test:browser

const { serve, open, admit, expectNoOffence } = useBrowser({
  expected: /status of (40[13]|422)|ERR_INTERNET_DISCONNECTED/,
});
const startProxy = useProxies();

const YEAR_MS = 365 * 24 * 3_600_000;

/** Moves the clock of a page, and of its worker, which no tool of the browser reaches. The worker says when it has. */
const MOVABLE_CLOCK = `{
  let ahead = 0;
  const real = Date.now;
  Date.now = () => real() + ahead;
  Temporal.Now.instant = () => Temporal.Instant.fromEpochMilliseconds(Date.now());
  Temporal.Now.plainDateISO = (zone = Temporal.Now.timeZoneId()) =>
    Temporal.Now.instant().toZonedDateTimeISO(zone).toPlainDate();
  const channel = new BroadcastChannel("clock");
  channel.addEventListener("message", ({ data }) => {
    if (typeof data !== "number") return;
    ahead = data;
    if (!("document" in globalThis)) channel.postMessage("moved");
  });
}
`;

async function moveClock(page: Page, aheadMs: number): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    const channel = new BroadcastChannel("clock");
    // The worker may not have begun.
    const asking = setInterval(() => channel.postMessage(${aheadMs}), 50);
    channel.addEventListener("message", ({ data }) => {
      if (data !== "moved") return;
      clearInterval(asking);
      resolve(channel.close());
    });
  })`);
}

/** A page with a clock that can be moved, and the server that it has. */
async function openWithClock() {
  const target = await serve({ TODO_SIGNUP: "open" });
  const origin = startProxy(target, async ({ url }, pass) => {
    const answer = await pass();
    return url.endsWith("/app/worker.js") ? rewrite(answer, (text) => MOVABLE_CLOCK + text) : answer;
  });
  admit(origin);
  const page = await open(origin);
  // What runs already has its own clock.
  await page.addInitScript({ content: MOVABLE_CLOCK });
  await page.reload();
  return { page, target };
}

async function rename(page: Page, from: string, to: string): Promise<void> {
  await row(page, from).getByRole("button").click();
  await page.getByLabel("Title", { exact: true }).fill(to);
  await page.getByLabel("Title", { exact: true }).press("Enter");
  await page.getByRole("button", { name: "Close" }).click();
}

test("edits under a clock that is a year wrong arrive, and later ones here and elsewhere count", async () => {
  const person = newPerson();
  const { page, target } = await openWithClock();
  await signUp(page, person);
  await add(page, "Rent");
  const device = await openDevice(target, person);
  await device.sees("Rent");
  let last = "Rent";
  for (const [when, ahead] of [
    ["ahead", YEAR_MS],
    ["right again", 0],
    ["behind", -YEAR_MS],
    ["right at last", 0],
  ] as const) {
    await moveClock(page, ahead);
    await rename(page, last, `Mine, ${when}`);
    await device.sees(`Mine, ${when}`);
    await device.rename(`Mine, ${when}`, `Theirs, ${when}`);
    await row(page, `Theirs, ${when}`).waitFor();
    last = `Theirs, ${when}`;
  }
  await synced(page);
  await expectNoOffence(page);
});

test("without a network the page says so also when its clock was set back since it has synced", async () => {
  const person = newPerson();
  const { page, target } = await openWithClock();
  await signUp(page, person);
  await moveClock(page, YEAR_MS);
  await add(page, "Pay rent");
  const device = await openDevice(target, person);
  await device.sees("Pay rent");
  await moveClock(page, 0);
  await page.context().setOffline(true);
  await add(page, "Call Ann");
  await page.locator("summary", { hasText: "Offline, 1 to send" }).waitFor();
  await page.context().setOffline(false);
  await device.sees("Call Ann", "Pay rent");
  await synced(page);
});

test("what was edited without a network under a clock that is behind gives way to what others edit later", async () => {
  const person = newPerson();
  const { page, target } = await openWithClock();
  await signUp(page, person);
  await add(page, "Flights");
  const device = await openDevice(target, person);
  await device.sees("Flights");
  await page.context().setOffline(true);
  await moveClock(page, -YEAR_MS);
  await rename(page, "Flights", "Flights to Lisbon");
  await row(page, "Flights to Lisbon").waitFor();
  await device.rename("Flights", "Flights to Porto");
  await page.context().setOffline(false);
  await row(page, "Flights to Porto").waitFor();
  await device.sees("Flights to Porto");
});

test("in a browser alone all can be done and undone while the clock jumps", async () => {
  const { page } = await openWithClock();
  await openAlone(page);
  await moveClock(page, YEAR_MS);
  await add(page, "Pay rent");
  await row(page, "Pay rent").waitFor();
  await moveClock(page, -YEAR_MS);
  await rename(page, "Pay rent", "Pay the rent");
  await row(page, "Pay the rent").waitFor();
  await moveClock(page, 0);
  await row(page, "Pay the rent").getByRole("checkbox").click();
  await page.getByText("Completed “Pay the rent”").waitFor();
  for (const title of ["Pay the rent", "Pay rent"]) {
    await page.locator("main").press("z");
    await page.getByRole("listitem").getByText(title, { exact: true }).waitFor();
  }
  await expectNoOffence(page);
});
