import { expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { useBrowser } from "../in-browser.ts";
import { add, openAlone, openFile, row, saveDatabase } from "./on-page.ts";

// A database that goes from the browser to the command line and back: bun run test:browser

const { origin, open, todo } = useBrowser({ expected: /status of 40[13]/ });

test("a saved database is one for every command, and the page opens what a command has written", async () => {
  const page = await open("/");
  await openAlone(page);
  await add(page, "Pay rent due:friday +home");
  await row(page, "Pay rent").waitFor();
  await page.goto(`${origin()}/#/settings`);
  const path = join(tmpdir(), `saved-${crypto.randomUUID()}.db`);
  try {
    await saveDatabase(page, path);
    expect(todo("--db", path, "doctor")).toContain("sound");
    expect(todo("--db", path, "list", "--color", "never")).toContain("Pay rent");
    todo("--db", path, "add", "Book flights");

    await openFile(page, path);
    await page.goto(`${origin()}/#/all`);
    await row(page, "Book flights").waitFor();
  } finally {
    rmSync(path, { force: true });
  }
});
