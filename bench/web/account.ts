import { writeFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { PASSWORD } from "../auth/sample.ts";
import { makeSample } from "../sample.ts";
import { EMAIL, openPlace } from "../sync/place.ts";

/** Each of so many tasks has the word that is searched. */
const EVERY = 100;
export const SEARCHED = "dentist";

/** An account on a server, how many open tasks it has by now, and how many of them were added while it was measured. */
export type Account = { readonly url: string; tasks: number; added: number };

/** Starts the built program with an account that has so many tasks. */
export async function openAccount(folder: string, size: number): Promise<Account> {
  const place = await openPlace(folder);
  const device = place.newDevice();
  const file = `${place.folder}/sample.ndjson`;
  const tasks = makeSample(size).map((task, at) =>
    at % EVERY === 0 ? { ...task, title: `Call the ${SEARCHED} ${at}` } : task,
  );
  writeFileSync(file, tasks.map((task) => `${JSON.stringify(task)}\n`).join(""));
  await device.run(["import", file]);
  await place.logIn(device);
  await device.run(["sync", "--yes"]);
  return { url: place.url, tasks: size, added: 0 };
}

/** Waits until the sidebar has counted all tasks. What stands over the list may be what was there last. */
export async function untilAllCounted(page: Page, { tasks }: Account): Promise<void> {
  await page.locator("nav .number").first().getByText(tasks.toLocaleString("en"), { exact: true }).waitFor();
}

/** Waits until all is on the server, and all that the server has is here. */
export async function untilSynced(page: Page): Promise<void> {
  await page.locator("summary", { hasText: /^Synced$/ }).waitFor();
}

/** Types who signs in, up to the key that does it. */
export async function typeCredentials(page: Page): Promise<void> {
  await page.getByLabel("E-mail").fill(EMAIL);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
}
