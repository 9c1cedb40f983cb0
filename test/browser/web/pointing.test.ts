import { expect, test } from "bun:test";
import { useBrowser } from "../in-browser.ts";
import { openAlone, reads, row } from "./on-page.ts";

// Who types nothing but titles: bun run test:browser

const { serve, open, expectNoOffence } = useBrowser({ expected: /status of 40[13]/ });

test("a task is planned by pointing alone, and another day leaves its time", async () => {
  const page = await open(await serve({}), { width: 320, height: 640 });
  await openAlone(page);
  await page.getByLabel("Add a task").fill("Pay rent");
  const words = page.getByRole("group", { name: "Words for the task" });
  await words.getByRole("button", { name: "Tomorrow" }).click();
  await words.getByRole("button", { name: "Urgent" }).click();
  await words.locator("input[type=date]").fill("2030-01-04");
  expect(await page.getByLabel("Add a task").inputValue()).toBe("Pay rent priority:high due:2030-01-04 ");
  await page.keyboard.press("Enter");
  await row(page, "Pay rent").getByText("4 Jan 2030").waitFor();

  await row(page, "Pay rent").locator(".open").click();
  const due = page.getByLabel("Due", { exact: true });
  await due.fill("2030-01-04 17:00");
  await due.press("Enter");
  await reads(due, "Fri 4 Jan 2030 17:00");
  await page.locator(".panel input[type=date]").first().fill("2030-01-11");
  await reads(due, "Fri 11 Jan 2030 17:00");
  await page.getByPlaceholder("Add a subtask").fill("Find the bill");
  await page.keyboard.press("Enter");
  await page.locator(".panel").getByText("Find the bill").waitFor();
  await page.getByRole("button", { name: "Close" }).click();
  await row(page, "Pay rent").getByLabel("0 of 1 subtasks are done").waitFor();
  await expectNoOffence(page, { fits: true });
});
