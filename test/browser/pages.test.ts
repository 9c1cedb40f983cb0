import { beforeAll, describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { useBrowser } from "./in-browser.ts";

// Opens the pages of a server of the API alone in a real browser, which is not everywhere: bun run test:browser

const TITLE = "Water the plants";
const NARROW = { width: 390, height: 844 };

const { origin, todo, open, expectNoOffence } = useBrowser({ args: ["--no-web"] });

type Described = { readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly summary?: string }>>>> };

beforeAll(() => void todo("add", ...TITLE.split(" ")));

/** Opens an operation of Swagger UI and answers its block. */
async function unfold(page: Page, method: string, path: string) {
  const operation = page.locator(`.opblock-${method}`, { has: page.locator(`[data-path="${path}"]`) });
  await operation.locator(".opblock-summary-control").click();
  await operation.locator(".opblock-body").waitFor();
  return operation;
}

/** Gives Swagger UI a token of the owner. */
async function authorize(page: Page): Promise<void> {
  await page.locator(".auth-wrapper > .authorize").click();
  const dialog = page.locator(".dialog-ux");
  await dialog
    .locator("input")
    .first()
    .fill(todo("auth", "token", "--local").trim());
  await dialog.getByRole("button", { name: "Apply credentials" }).click();
  await dialog.locator(".btn-done").click();
}

describe("/", () => {
  test("says what this is and leads to the other pages, on a narrow screen too", async () => {
    const page = await open("/", NARROW);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await expectNoOffence(page, { fits: true });
    for (const [name, path] of [
      ["Let a device in", "device"],
      ["Try the API", "docs"],
      ["Read the API", "redoc"],
    ] as const) {
      expect(await page.getByRole("link", { name }).getAttribute("href")).toBe(path);
    }
  });
});

/** Red, green and blue of a colour, 0 to 255. */
function readChannels(color: string): number[] {
  return (color.match(/\d+/g) ?? []).slice(0, 3).map(Number);
}

test.each(["/", "/docs", "/redoc", "/device"])("%s is dark where the system is", async (path) => {
  const page = await open(path);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.reload();
  await page.locator("h1").first().waitFor();
  const background: string = await page.evaluate("getComputedStyle(document.body).backgroundColor");
  const text: string = await page.evaluate("getComputedStyle(document.querySelector('h1')).color");
  expect(Math.max(...readChannels(background))).toBeLessThan(80);
  expect(Math.min(...readChannels(text))).toBeGreaterThan(160);
  await expectNoOffence(page);
});

describe("/docs", () => {
  test("authorises with a token and runs GET /api/tasks", async () => {
    const page = await open("/docs");
    await authorize(page);
    const operation = await unfold(page, "get", "/api/tasks");
    await operation.getByRole("button", { name: "Try it out" }).click();
    await operation.getByRole("button", { name: "Execute" }).click();
    const answer = operation.locator(".live-responses-table");
    await answer.locator(".highlight-code").first().waitFor();
    expect(await answer.locator("tbody .response-col_status").textContent()).toContain("200");
    expect(await answer.textContent()).toContain(TITLE);
    await expectNoOffence(page);
  });

  test("makes a task at the first click, and another one at the second", async () => {
    const page = await open("/docs");
    await authorize(page);
    const operation = await unfold(page, "post", "/api/tasks");
    await operation.getByRole("button", { name: "Try it out" }).click();
    for (const tasks of [1, 2]) {
      await operation.getByRole("button", { name: "Execute" }).click();
      await operation.locator(".live-responses-table .highlight-code").first().waitFor();
      const status = operation.locator(".live-responses-table tbody .response-col_status").first();
      expect(await status.textContent()).toContain("201");
      if (tasks === 1) await operation.getByRole("button", { name: "Clear" }).click();
    }
    expect(todo("list", "Pay rent", "--quiet").trim().split("\n")).toHaveLength(2);
    await expectNoOffence(page);
  });

  test("fits a narrow screen, also with an operation open", async () => {
    const page = await open("/docs", NARROW);
    await unfold(page, "get", "/api/tasks");
    await expectNoOffence(page, { fits: true });
  });
});

describe("/redoc", () => {
  test("shows each operation and finds one", async () => {
    const page = await open("/redoc");
    const titles = await listSummaries();
    for (const name of titles) await page.locator("h2", { hasText: name }).first().waitFor();
    await page.getByLabel("Search").fill(titles[0] ?? "");
    await page
      .locator('[data-role="search:results"]')
      .getByText(titles[0] ?? "")
      .first()
      .waitFor();
    await expectNoOffence(page);
  });

  test("fits a narrow screen", async () => {
    const page = await open("/redoc", NARROW);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await expectNoOffence(page, { fits: true });
  });
});

async function listSummaries(): Promise<string[]> {
  const { paths }: Described = JSON.parse(await (await fetch(`${origin()}/openapi.json`)).text());
  const summaries = Object.values(paths).flatMap((operations) =>
    Object.values(operations).map(({ summary }) => summary),
  );
  expect(summaries.length).toBeGreaterThan(0);
  return summaries.filter((summary) => summary !== undefined);
}
