import type { Locator, Page } from "playwright-core";
import { firstTick, formatClock } from "../../../src/domain/task/clock.ts";
import { draftFields } from "../../../src/domain/task/fields.ts";
import { stampFields } from "../../../src/domain/task/registers.ts";
import type { Draft } from "../../../src/domain/task/task.ts";
import { PROTOCOL } from "../../../src/ports/sync.ts";

const SYNC_TIMEOUT_MS = 15_000;
/** The server takes so many changes in one request. */
const MAX_CHANGES = 500;
/** Of the clocks that a device makes which brings tasks. */
const NODE = "0000000a";

export type Credentials = { readonly email: string; readonly password: string };

/** Credentials of somebody whom the server does not know yet. */
export function newPerson(): Credentials {
  return { email: `${crypto.randomUUID()}@example.com`, password: "seven tall green lamps" };
}

/** Creates an account on the page, which shows its empty list then. */
export async function signUp(page: Page, person: Credentials): Promise<void> {
  await page.getByRole("button", { name: "Create an account" }).click();
  await enterCredentials(page, person);
  await page.getByRole("button", { name: "Create the account" }).click();
  await synced(page);
}

export async function signIn(page: Page, person: Credentials): Promise<void> {
  await enterCredentials(page, person);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await synced(page);
}

async function enterCredentials(page: Page, { email, password }: Credentials): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
}

/** Uses the page without an account. */
export async function openAlone(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Use it without an account" }).click();
}

/** Saves the database of a page that shows its settings, or why it can't open it. */
export async function saveDatabase(page: Page, path: string): Promise<void> {
  const button = page.getByRole("button", { name: "Save my database" });
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  await download.saveAs(path);
}

/** Shows a list or another screen, without a load. */
export async function goTo(page: Page, place: string): Promise<void> {
  await page.evaluate(`location.hash = "#/${place}"`);
}

/** Opens a file in a page that shows its settings, in the place of all that is there. */
export async function openFile(page: Page, path: string): Promise<void> {
  await page.locator("input[type=file]").setInputFiles(path);
  await page.getByRole("dialog").getByRole("button", { name: "Replace all" }).click();
}

/** Waits until the page has kept its files, so that it can do without the server. */
export async function keptForOffline(page: Page): Promise<void> {
  await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
}

/** Waits until everything is on the server. */
export async function synced(page: Page): Promise<void> {
  await page.locator("summary", { hasText: /^Synced$/ }).waitFor();
}

/** Adds a task by the line at the top. */
export async function add(page: Page, text: string): Promise<void> {
  await page.getByLabel("Add a task").fill(text);
  await page.getByLabel("Add a task").press("Enter");
}

/** The row of a task in the list, by its title. */
export function row(page: Page, title: string): Locator {
  return page.getByRole("listitem").filter({ hasText: title });
}

/** Waits until an expression is true in a page, whose policy forbids to wait there. It may be loaded anew meanwhile. */
export async function holds(page: Page, expression: string): Promise<void> {
  const end = Date.now() + SYNC_TIMEOUT_MS;
  while (!(await page.evaluate<boolean>(expression).catch(() => false))) {
    if (Date.now() > end) throw new Error(`this never holds: ${expression}`);
    await Bun.sleep(50);
  }
}

/** Waits until a field has a text. */
export async function reads(field: Locator, text: string): Promise<void> {
  const end = Date.now() + SYNC_TIMEOUT_MS;
  for (;;) {
    const found = await field.inputValue();
    if (found === text) return;
    if (Date.now() > end) throw new Error(`the field has: ${found}`);
    await Bun.sleep(50);
  }
}

/** Creates an account without the page. */
export async function register(origin: string, person: Credentials): Promise<void> {
  await post(`${origin}/api/auth/register`, { ...person, device: "test" });
}

/** Gives a task of the list another title. */
export async function rename(page: Page, from: string, to: string): Promise<void> {
  await row(page, from).getByRole("button").press("Enter");
  const title = page.getByRole("complementary", { name: `Task: ${from}` }).getByLabel("Title", { exact: true });
  await title.fill(to);
  await title.press("Enter");
}

/** Another device of the same person, which asks the server at `origin` directly. */
export async function openDevice(origin: string, person: Credentials) {
  const signedIn = await post(`${origin}/api/auth/login`, person);
  const headers = { authorization: `Bearer ${signedIn.access_token}`, "content-type": "application/json" };
  const list = async (status = "all"): Promise<readonly { readonly id: string; readonly title: string }[]> => {
    const response = await fetch(`${origin}/api/tasks?status=${status}&limit=200`, { headers });
    return JSON.parse(await response.text());
  };
  return {
    /** Waits until the server has tasks with these titles and no others. */
    sees: async (...titles: string[]) => {
      const end = Date.now() + SYNC_TIMEOUT_MS;
      let seen: readonly string[] = [];
      do {
        seen = (await list()).map(({ title }) => title).toSorted();
        if (seen.join("\n") === titles.toSorted().join("\n")) return;
        await Bun.sleep(100);
      } while (Date.now() < end);
      throw new Error(`the server has: ${seen.join(", ")}`);
    },
    titles: async (status?: "pending" | "completed") => (await list(status)).map(({ title }) => title).toSorted(),
    add: (title: string) => post(`${origin}/api/tasks`, { title }, headers),
    /** Brings many tasks by a sync. */
    bring: async (drafts: readonly Draft[]) => {
      const clock = formatClock(firstTick(Date.now()), NODE);
      const changes = drafts.map((draft) => ({
        id: Bun.randomUUIDv7(),
        registers: stampFields(draftFields(draft, new Date().toISOString()), clock),
      }));
      const request = { protocol: PROTOCOL, replica: NODE, user: signedIn.user.id, cursor: null, limit: 1 };
      for (let at = 0; at < changes.length; at += MAX_CHANGES) {
        await post(`${origin}/api/sync`, { ...request, changes: changes.slice(at, at + MAX_CHANGES) }, headers);
      }
    },
    rename: async (from: string, title: string) => {
      const task = (await list()).find((each) => each.title === from);
      await fetch(`${origin}/api/tasks/${task?.id}`, { method: "PATCH", headers, body: JSON.stringify({ title }) });
    },
  };
}

async function post(url: string, body: object, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${await response.text()}`);
  return JSON.parse(await response.text());
}
