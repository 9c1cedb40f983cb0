import { expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { useBrowser } from "../in-browser.ts";
import { add, newPerson, openAlone, openDevice, row, signUp, synced } from "./on-page.ts";

// A browser that has no space for more: bun run test:browser

const { serve, open, expectNoOffence } = useBrowser({ expected: /status of 40[13]/ });

/** Enough for the files of the page and some tasks. */
const QUOTA_BYTES = 8_000_000;

/** A page whose browser gives its address little room, which can be used up and given back. */
async function openSmall(origin: string) {
  // Browsers go on for a while with what they knew of the room, so it is little from the beginning.
  const context = (await open(`${origin}/app/icon.svg`)).context();
  const session = await context.newCDPSession(await context.newPage());
  const setQuota = (quotaSize?: number) =>
    session.send("Storage.overrideQuotaForOrigin", { origin, ...(quotaSize !== undefined && { quotaSize }) });
  await setQuota(QUOTA_BYTES);
  const page = await open(origin);
  return { page, fill: () => page.evaluate(FILL), giveRoom: () => setQuota() };
}

/** Writes to a database of its own until the browser takes no more. */
const FILL = `(async () => {
  const opening = indexedDB.open("filler", 1);
  opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore("bytes", { autoIncrement: true }));
  await new Promise((resolve) => opening.addEventListener("success", resolve));
  const put = (size) => new Promise((resolve) => {
    const transaction = opening.result.transaction("bytes", "readwrite");
    transaction.objectStore("bytes").put(crypto.getRandomValues(new Uint8Array(size)));
    transaction.addEventListener("complete", () => resolve(true));
    transaction.addEventListener("abort", () => resolve(false));
  });
  for (let size = 65536; size > 1024; size /= 2) while (await put(size));
  opening.result.close();
})()`;

/** Puts texts beside those of the page until the browser takes no more. */
const FILL_TEXTS = `(() => {
  let last = 0;
  for (let size = 1048576; size >= 1; size /= 2) {
    try {
      for (;;) localStorage.setItem(\`filler \${(last += 1)}\`, "x".repeat(size));
    } catch {}
  }
})()`;

const said = (page: Page) => page.getByRole("status").getByText("there is no space for more");

test("without room nothing is lost of what was there or what is typed, and it goes on when there is some", async () => {
  const { page, fill, giveRoom } = await openSmall(await serve({}));
  await openAlone(page);
  await add(page, "Pay rent");
  await row(page, "Pay rent").waitFor();
  await fill();

  await add(page, "Call Ann due:friday");
  await said(page).waitFor();
  expect(await said(page).innerText()).toContain("Nothing was written. Free some space on this device and try again.");
  expect(await page.getByLabel("Add a task").inputValue()).toBe("Call Ann due:friday");
  await page.getByRole("button", { name: "Dismiss" }).click();
  await row(page, "Pay rent").getByRole("checkbox").click();
  await said(page).waitFor();
  await page.getByRole("checkbox", { name: "Complete: Pay rent", checked: false }).waitFor();
  await page.getByRole("button", { name: "Dismiss" }).click();
  await page.getByLabel("Search and filter").fill("rent");
  await page.getByRole("button", { name: "Save this filter" }).click();
  await page.getByLabel("Name").fill("Rents");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await said(page).waitFor();
  expect(await page.getByLabel("Name").inputValue()).toBe("Rents");

  await page.reload();
  await row(page, "Pay rent").waitFor();
  await page.getByText("1 task", { exact: true }).waitFor();
  expect(await page.getByLabel("Add a task").inputValue()).toBe("Call Ann due:friday");
  await giveRoom();
  await page.getByLabel("Add a task").press("Enter");
  await row(page, "Call Ann").waitFor();
  await row(page, "Pay rent").getByRole("checkbox").click();
  await page.getByText("1 task", { exact: true }).waitFor();
  await expectNoOffence(page);
});

test("where the browser keeps no text for later, tasks are added all the same", async () => {
  const page = await open(await serve({}));
  await openAlone(page);
  await page.evaluate(FILL_TEXTS);
  await add(page, "Call Ann");
  await row(page, "Call Ann").waitFor();
  await page.getByLabel("Add a task").fill("Feed the cat");
  await page.getByLabel("Add a task").press("Enter");
  await row(page, "Feed the cat").waitFor();
  await expectNoOffence(page);
});

test("a sync without room says so, and brings everything when there is some", async () => {
  const person = newPerson();
  const origin = await serve({ TODO_SIGNUP: "open" });
  const { page, fill, giveRoom } = await openSmall(origin);
  await signUp(page, person);
  await add(page, "Pay rent");
  const device = await openDevice(origin, person);
  await device.sees("Pay rent");
  await fill();

  await device.add("Feed the cat");
  const badge = page.locator("summary", { hasText: "Disk full" });
  await badge.waitFor();
  await row(page, "Pay rent").waitFor();
  await giveRoom();
  await badge.click();
  await page.getByRole("button", { name: "Sync now" }).click();
  await row(page, "Feed the cat").waitFor();
  await synced(page);
  await add(page, "Call Ann");
  await device.sees("Call Ann", "Feed the cat", "Pay rent");
  await expectNoOffence(page);
});
