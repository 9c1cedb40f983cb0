import type { Page } from "playwright-core";
import { add, goTo, newPerson, row, signUp } from "./on-page.ts";

const PLACES = {
  today: "Today",
  next: "Next",
  upcoming: "Upcoming",
  tree: "Tree",
  done: "Done",
  log: "Log",
  settings: "Settings",
};

/** Shows each screen and dialog of a page that nobody uses yet, and looks at it when it is there. Ends with the list. */
export async function walkScreens(page: Page, look: (name: string) => Promise<void>): Promise<void> {
  await page.getByLabel("E-mail").waitFor();
  await look("sign-in");
  await signUp(page, newPerson());
  await look("empty");
  await add(page, "Pay rent due:today priority:high +home project:House");
  await add(page, "Water the plants every:week due:tomorrow");
  await row(page, "Water the plants").waitFor();
  await page.getByLabel("Add a task").fill("Buy paint due:2030-01-05 +shop");
  await page.locator("#understood").getByText("2030").waitFor();
  await look("list");
  await page.getByLabel("Add a task").fill("");
  await page.getByLabel("Search and filter").fill("due:fridy");
  await page.locator("#search-error").getByText("fridy").waitFor();
  await look("search that is not understood");
  await page.getByLabel("Search and filter").fill("");
  await row(page, "Pay rent").getByRole("button").click();
  await page.getByLabel("Title", { exact: true }).waitFor();
  await look("task");
  await page.getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("s");
  await page.getByRole("toolbar", { name: "Chosen tasks" }).waitFor();
  await look("chosen tasks");
  await page.keyboard.press("t");
  await page.getByRole("dialog").getByRole("textbox").waitFor();
  await look("dialog for a day");
  // By key, because what is suggested lies over the button until that has the focus.
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).press("Enter");
  await page.getByRole("toolbar", { name: "Chosen tasks" }).getByRole("button", { name: "None" }).click();
  for (const [place, title] of Object.entries(PLACES)) {
    await goTo(page, place);
    await page.getByRole("heading", { name: title, level: 1 }).waitFor();
    await look(place);
  }
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("dialog").waitFor();
  await look("sign-out");
  await closeDialog(page);
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await look("keys");
  await closeDialog(page);
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").waitFor();
  await look("palette");
  await closeDialog(page);
  await goTo(page, "all");
  await row(page, "Pay rent").waitFor();
}

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
}
