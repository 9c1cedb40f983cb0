import { test } from "bun:test";
import { useBrowser } from "../in-browser.ts";
import { add, newPerson, openAlone, openDevice, row, signUp, synced } from "./on-page.ts";

// Who begins without an account and gets one later: bun run test:browser

const { serve, open, expectNoOffence } = useBrowser({ expected: /status of 40[13]/ });

test("what was done without an account comes into one when the person says so, and not before", async () => {
  const origin = await serve({ TODO_SIGNUP: "open" });
  const page = await open(origin);
  await openAlone(page);
  await add(page, "Pay rent");
  await row(page, "Pay rent").waitFor();
  await page.goto(`${origin}/#/settings`);
  await page.getByRole("button", { name: "Sign in to an account" }).click();
  const person = newPerson();
  await signUp(page, person);
  await page.getByText("0 tasks").waitFor();
  await page.getByRole("button", { name: "Leave them there" }).click();
  await page.reload();
  await page.getByText("0 tasks").waitFor();

  await page.goto(`${origin}/#/settings`);
  await page.getByRole("button", { name: "Bring them into this account" }).click();
  await page.getByText("1 task came along").waitFor();
  await page.goto(`${origin}/#/all`);
  await row(page, "Pay rent").waitFor();
  await synced(page);
  await (await openDevice(origin, person)).sees("Pay rent");
  await expectNoOffence(page);
});
