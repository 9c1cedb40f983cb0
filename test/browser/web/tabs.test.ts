import { expect, test } from "bun:test";
import { useBrowser } from "../in-browser.ts";
import { add, newPerson, openDevice, rename, row, signUp, synced } from "./on-page.ts";

// Several pages of one browser: bun run test:browser

/** Each test has an address of its own, at which the browser knows nobody. */
const SIGNUP = { TODO_SIGNUP: "open" };

const { serve, open } = useBrowser({ expected: /status of 40[13]/ });

const TABS = ["one", "two", "three"];
const EACH = 60;

test("three tabs that add and edit at once lose nothing, and each shows what the others did", async () => {
  const person = newPerson();
  const origin = await serve(SIGNUP);
  const first = await open(origin);
  await signUp(first, person);
  const pages = [first, await open(origin), await open(origin)];
  await Promise.all(
    pages.map(async (page, tab) => {
      const titles = Array.from({ length: EACH }, (_, at) => `Task ${at + 1} of tab ${TABS[tab]}.`);
      for (const title of titles) await add(page, title);
      for (const title of titles) {
        await page.getByLabel("Search and filter").fill(`"${title}"`);
        await rename(page, title, `Edited ${title}`);
      }
    }),
  );
  const all = `${TABS.length * EACH} tasks`;
  for (const page of pages) {
    for (const filter of ["Edited", ""]) {
      await page.getByLabel("Search and filter").fill(filter);
      await page.getByText(all, { exact: true }).waitFor();
    }
  }
  await Promise.all(pages.map(synced));
  const titles = await (await openDevice(origin, person)).titles();
  expect([titles.length, new Set(titles).size]).toEqual([TABS.length * EACH, TABS.length * EACH]);
  expect(titles.filter((title) => !title.startsWith("Edited "))).toEqual([]);
}, 240_000);

test("a sign-out in one tab ends the others, and leaves nothing for the next person", async () => {
  const person = newPerson();
  const origin = await serve(SIGNUP);
  const page = await open(origin);
  // Cookies are of a host, whatever its port: those of other tests are here too.
  await page.context().clearCookies();
  await signUp(page, person);
  await add(page, "A secret of the first");
  await synced(page);
  const other = await open(origin);
  await row(other, "A secret of the first").waitFor();

  await page.goto(`${origin}/#/settings`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();
  for (const each of [page, other]) await each.getByLabel("E-mail").waitFor();
  expect(await page.evaluate("indexedDB.databases().then((all) => all.length)")).toBe(0);
  expect(await page.evaluate("document.cookie + (localStorage.getItem('todo.accounts') ?? '')")).not.toContain(
    person.email,
  );
  expect(await page.context().cookies()).toEqual([]);

  await signUp(page, newPerson());
  await page.getByText("Nothing here.").waitFor();
  expect(await row(page, "A secret of the first").count()).toBe(0);
});
