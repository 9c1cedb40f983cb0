import { expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { useBrowser } from "../in-browser.ts";
import { holds, row } from "./on-page.ts";
import { walkScreens } from "./walk-screens.ts";

// The page enlarged, without motion, and in the colours of the system: bun run test:browser

/** Each test has an address of its own, at which the browser knows nobody. */
const SIGNUP = { TODO_SIGNUP: "open" };

const { serve, open } = useBrowser({ expected: /status of 40[13]/ });

/** What is left of 1280 × 1024 pixels at 400 % (WCAG 2.2, 1.4.10). */
const ENLARGED = { width: 320, height: 256 };

/** Gives the focus to each control in turn, and names those that can't be seen then, or not that they have it. */
const LIST_OUT_OF_REACH = `(async () => {
  const place = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.querySelector(".panel") ?? document;
  const controls = [...place.querySelectorAll("a[href], button, input, textarea, select, summary, [tabindex]")].filter(
    (each) => each.tabIndex >= 0 && !each.disabled && each.checkVisibility({ visibilityProperty: true }),
  );
  const faults = [];
  for (const each of controls) {
    each.focus();
    // What follows from that is drawn then.
    await new Promise((resolve) => setTimeout(resolve));
    const { left, right, top, bottom } = each.getBoundingClientRect();
    const shown = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    const found = [
      document.activeElement !== each && "takes no focus",
      (left < 0 || right > innerWidth) && !each.closest(".sidebar") && "is cut off",
      !(each.contains(shown) || shown?.contains(each)) && "is behind " + shown?.outerHTML.slice(0, 60),
      (outlineStyle === "none" || parseFloat(outlineWidth) < 1) && "does not show its focus",
    ].filter(Boolean);
    const name = each.getAttribute("aria-label") ?? (each.textContent.trim() || each.outerHTML.slice(0, 80));
    faults.push(...found.map((fault) => name + " " + fault));
  }
  return faults;
})()`;

/** Names what has to be scrolled sideways. The strip of all lists on a phone may. */
const LIST_TOO_WIDE = `[...document.querySelectorAll("*")].filter((each) => {
    const scrolls = each === document.documentElement || /auto|scroll/.test(getComputedStyle(each).overflowX);
    return scrolls && each.scrollWidth > each.clientWidth && !each.matches(".sidebar");
  }).map((each) => each.outerHTML.slice(0, 60) + " is too wide by " + (each.scrollWidth - each.clientWidth))`;

async function listFaults(page: Page): Promise<string[]> {
  // The focus that scripts give is shown if the last thing that was pressed is a key.
  await page.keyboard.press("Shift");
  return [...(await page.evaluate<string[]>(LIST_TOO_WIDE)), ...(await page.evaluate<string[]>(LIST_OUT_OF_REACH))];
}

test("at 400 % everything can be reached without scrolling sideways, and one sees where the focus is", async () => {
  const page = await open(await serve(SIGNUP), ENLARGED);
  const faults: Record<string, string[]> = {};
  await walkScreens(page, async (name) => {
    for (const forcedColors of ["none", "active"] as const) {
      await page.emulateMedia({ forcedColors, reducedMotion: "reduce" });
      const found = await listFaults(page);
      if (found.length > 0) faults[`${name}, forced colours ${forcedColors}`] = found;
    }
  });
  expect(faults).toEqual({});
}, 120_000);

/** Notes by name which animations and transitions begin. */
const NOTE_MOTION = `globalThis.motion = [];
  for (const kind of ["animationstart", "transitionrun"]) {
    addEventListener(kind, (event) => motion.push(event.animationName ?? event.propertyName), true);
  }`;

test("nothing moves for whoever asked for less motion", async () => {
  const page = await open(await serve(SIGNUP));
  await page.evaluate(NOTE_MOTION);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await walkScreens(page, async (name) => {
    const moving = "[...motion, ...document.getAnimations().map(({ constructor }) => constructor.name)]";
    expect([name, await page.evaluate(moving)]).toEqual([name, []]);
  });
  // For others something does.
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await row(page, "Pay rent").getByRole("button").click();
  await holds(page, "motion.length > 0");
});
