import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { useBrowser } from "../in-browser.ts";
import { add, newPerson, row, signUp } from "./on-page.ts";
import { walkScreens } from "./walk-screens.ts";

// What everybody can see and reach, by axe and by keyboard: bun run test:browser

/** Each test has an address of its own, at which the browser knows nobody. */
const SIGNUP = { TODO_SIGNUP: "open" };

const { serve, open, expectNoOffence } = useBrowser({ expected: /status of 40[13]/ });

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const PHONE = { width: 320, height: 640 };

/** Names what axe finds wrong with a page as it stands. */
async function listFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}

test("each screen can be read by everybody, in light and dark, wide and narrow", async () => {
  const origin = await serve(SIGNUP);
  const page = await open(origin);
  const faults = new Map<string, string[]>();
  const look = async (name: string) => {
    for (const colorScheme of ["light", "dark"] as const) {
      // While something moves, its colours are others for a moment.
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      faults.set(`${name}, ${colorScheme}`, await listFaults(page));
    }
  };
  await walkScreens(page, look);
  await page.setViewportSize(PHONE);
  await look("list on a phone");
  await page.emulateMedia({ forcedColors: "active" });
  faults.set("forced colours", await listFaults(page));
  expect(Object.fromEntries([...faults].filter(([, found]) => found.length > 0))).toEqual({});
  await expectNoOffence(page, { fits: true });
}, 180_000);

test("a week is planned by keys alone, and the focus never gets lost", async () => {
  const origin = await serve(SIGNUP);
  const page = await open(origin);
  await signUp(page, newPerson());
  await page.keyboard.press("a");
  await page.keyboard.type("Call Ann due:today");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Book flights");
  await page.keyboard.press("Enter");
  await row(page, "Book flights").waitFor();
  await page.evaluate("document.activeElement.blur()");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("t");
  await page.getByRole("dialog").getByRole("textbox").waitFor();
  await page.keyboard.type("tomorrow");
  await page.keyboard.press("Enter");
  await row(page, "Book flights").getByText("tomorrow").waitFor();
  await page.locator("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("k");
  await page.keyboard.press("x");
  await row(page, "Call Ann").waitFor({ state: "detached" });
  await page.locator(":focus", { hasText: "Book flights" }).waitFor();
  await page.keyboard.press("z");
  await row(page, "Call Ann").waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await page.getByRole("heading", { name: "Today", level: 1 }).waitFor();
});

test("a title is text, whatever is in it", async () => {
  const origin = await serve(SIGNUP);
  const page = await open(origin);
  await signUp(page, newPerson());
  const titles = [
    "<img src=x onerror=alert(1)><script>alert(2)</script>",
    "\u202Eevil\u202C \u2066bidi\u2069 title",
    "x".repeat(400),
    "javascript:alert(3) data:text/html,<b>b</b>",
  ];
  for (const title of titles) {
    await add(page, `-- ${title}`);
    await row(page, title.slice(0, 20)).waitFor();
  }
  await row(page, "<img").getByRole("button").click();
  expect(await page.getByLabel("Title", { exact: true }).inputValue()).toBe(titles[0] ?? "");
  await expectNoOffence(page);
});
