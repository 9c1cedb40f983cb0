import { expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { useHomes } from "../../support/cli/home.ts";
import { logIn } from "../../support/cli/people.ts";
import { useBrowser } from "../in-browser.ts";
import { add, goTo, holds, keptForOffline, newPerson, openDevice, row, signIn, signUp, synced } from "./on-page.ts";

// How a session of the page ends, and who can't take it: bun run test:browser

/** Each test has an address of its own, at which the browser knows nobody. */
const SIGNUP = { TODO_SIGNUP: "open" };
/** A server says every 15 seconds whether a session is still one. */
const REVOKED_TIMEOUT_MS = 40_000;

const newHome = useHomes();
const { serve, open } = useBrowser({ expected: /ERR_INTERNET_DISCONNECTED|status of 40[13]/ });

type Session = { readonly id: string; readonly current: boolean };

async function askToSignOut(page: Page) {
  await goTo(page, "settings");
  await page.getByRole("button", { name: "Sign out" }).click();
  return page.getByRole("dialog", { name: "Sign out?" });
}

test("a sign-out says how many changes were not sent, a no keeps them, and a yes leaves nothing to the next person", async () => {
  const [person, origin] = [newPerson(), await serve(SIGNUP)];
  const page = await open(origin);
  const context = page.context();
  // Cookies are of a host, whatever its port: those of other tests are here too.
  await context.clearCookies();
  await signUp(page, person);
  await add(page, "A secret on the server");
  await (await openDevice(origin, person)).sees("A secret on the server");
  await keptForOffline(page);
  await context.setOffline(true);
  await add(page, "A secret of this browser");
  await add(page, "Another secret");
  await page.locator("summary", { hasText: "2 to send" }).waitFor();

  let dialog = await askToSignOut(page);
  await dialog.getByText("2 tasks have changes that were not sent").waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await goTo(page, "all");
  await page.getByText("3 tasks", { exact: true }).waitFor();
  await page.reload();
  await row(page, "Another secret").waitFor();

  dialog = await askToSignOut(page);
  await dialog.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("E-mail").waitFor();
  expect(await page.evaluate("indexedDB.databases()")).toEqual([]);
  // The server hears of it as soon as it can.
  await Promise.all([
    page.waitForResponse((response) => response.url() === `${origin}/api/web/logout` && response.status() === 204),
    context.setOffline(false),
  ]);
  await holds(page, "localStorage['todo.sign-outs'] === undefined");
  expect(await context.cookies()).toEqual([]);
  expect(await page.evaluate("JSON.stringify(localStorage) + document.cookie")).not.toMatch(/acct_|@example\.com/);

  await page.addInitScript({
    content: `new MutationObserver(() => { globalThis.leaked ||= document.body?.textContent.includes("ecret"); })
      .observe(document, { childList: true, subtree: true, characterData: true });`,
  });
  await page.reload();
  await signUp(page, newPerson());
  await page.getByText("Nothing here.").waitFor();
  await goTo(page, "log");
  await page.getByRole("heading", { name: "Log", level: 1 }).waitFor();
  expect(await page.evaluate("globalThis.leaked")).toBe(false);
});

test("a sign-out while a sync hangs says what was not sent, too", async () => {
  const page = await open(await serve(SIGNUP));
  await signUp(page, newPerson());
  // The server never answers.
  await page.route("**/api/sync", () => {});
  await add(page, "Pay rent");
  await page.locator("summary", { hasText: "Syncing…" }).waitFor();
  const dialog = await askToSignOut(page);
  await dialog.getByText("1 task has changes that were not sent").waitFor();
  await dialog.getByRole("button", { name: "Save them as a file first" }).waitFor();
});

test("a browser that another device locks out says so, keeps its tasks, and sends them after the next sign-in", async () => {
  const [person, origin, laptop] = [newPerson(), await serve(SIGNUP), newHome()];
  const page = await open(origin);
  await signUp(page, person);
  await add(page, "Made before");
  await synced(page);
  await logIn(laptop, origin, person.email);
  const sessions: readonly Session[] = JSON.parse(await laptop.print("sessions", "--json"));
  await laptop.print("sessions", "revoke", sessions.find(({ current }) => !current)?.id ?? "");

  await page.locator("summary", { hasText: "Sign in again" }).waitFor({ timeout: REVOKED_TIMEOUT_MS });
  await add(page, "Made while locked out");
  await row(page, "Made while locked out").waitFor();
  await row(page, "Made before").waitFor();
  await goTo(page, "settings");
  await page.getByRole("button", { name: "Sign in again" }).click();
  await signIn(page, person);
  await page.getByText("2 tasks", { exact: true }).waitFor();
  await laptop.print("sync");
  expect((await laptop.tasks()).map(({ title }) => title).toSorted()).toEqual(["Made before", "Made while locked out"]);
}, 90_000);
