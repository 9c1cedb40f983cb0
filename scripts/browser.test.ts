import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { findBinary } from "../test/support/binary.ts";

// Opens the pages of the documentation in a real browser, which is not everywhere: bun run test:browser

const executablePath = process.env["CHROMIUM"] || "/usr/bin/chromium";
if (!existsSync(executablePath)) {
  throw new Error(
    `${executablePath} is not there. Install Chromium (apt-get install chromium) or name yours in CHROMIUM.`,
  );
}
const binary = findBinary();

const TITLE = "Water the plants";
const PATIENCE_MS = 15_000;
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 390, height: 844 };

const folder = mkdtempSync(join(tmpdir(), "todo-browser-"));
const home = join(folder, "home");
mkdirSync(home);
/** All that the program and the browser get to see, so that neither reads or writes anything of the user's. */
const env = {
  PATH: process.env["PATH"] ?? "",
  HOME: home,
  XDG_DATA_HOME: join(folder, "xdg"),
  TMPDIR: folder,
  TODO_DB: join(folder, "todo.db"),
};

type Described = { readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly summary?: string }>>>> };

let server: ReturnType<typeof startServer> | undefined;
let browser: BrowserContext | undefined;
let origin = "";
/** What a page must not do: ask another host for something, break its policy, or fail. */
const offences: string[] = [];

beforeAll(async () => {
  todo("add", ...TITLE.split(" "));
  server = startServer();
  origin = await readOrigin(server);
  browser = await openBrowser();
}, 60_000);

afterEach(async () => {
  offences.length = 0;
  await Promise.all((browser?.pages() ?? []).map((page) => page.close()));
});

let removed: Promise<void> | undefined;
/** Once, because an interrupted run gets here from the signal and from its last test. */
const removeAll = () => (removed ??= closeAndRemove());
afterAll(removeAll);
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void removeAll().finally(() => process.exit(1)));

async function closeAndRemove(): Promise<void> {
  await browser?.close();
  server?.kill();
  await server?.exited;
  rmSync(folder, { recursive: true, force: true });
}

/** What a command prints. Throws where it does not end with 0. */
function todo(...args: string[]): string {
  const { exitCode, stdout, stderr } = Bun.spawnSync([binary, ...args], { env, cwd: folder });
  if (exitCode !== 0) throw new Error(`todo ${args.join(" ")} ended with ${exitCode}: ${stderr.toString()}`);
  return stdout.toString();
}

function startServer() {
  const command = [binary, "serve", "--port", "0"];
  return Bun.spawn(command, {
    env,
    cwd: folder,
    stdin: "ignore",
    stdout: "pipe",
    stderr: Bun.file(join(folder, "log")),
  });
}

async function readOrigin({ stdout }: ReturnType<typeof startServer>): Promise<string> {
  let said = "";
  const decoder = new TextDecoder();
  // Leaving the loop must not close the pipe, which the server goes on writing to.
  for await (const chunk of stdout.values({ preventCancel: true })) {
    said += decoder.decode(chunk, { stream: true });
    const address = /^Listening on (http:\S+)\n/.exec(said)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error(`todo serve ended and said: ${said}${await Bun.file(join(folder, "log")).text()}`);
}

async function openBrowser(): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath,
    env,
    // Playwright would end this process before it is tidied up.
    handleSIGINT: false,
    handleSIGTERM: false,
    artifactsDir: join(folder, "artifacts"),
    viewport: WIDE,
    // Chromium's sandbox refuses to work for root.
    chromiumSandbox: process.getuid?.() !== 0,
    // Without names there are no other hosts, also for what the browser does on its own.
    args: ["--disable-gpu", "--no-proxy-server", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
  });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.addInitScript({
    content: `addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) =>
      console.error("against the policy:", violatedDirective, blockedURI, sourceFile));`,
  });
  context.on("request", (request) => {
    if (!isHere(request.url())) offences.push(`a request to ${request.url()}`);
  });
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) offences.push(`on the console: ${message.text()}`);
  });
  context.on("weberror", (error) => offences.push(`not caught: ${error.error().message}`));
  return context;
}

function isHere(url: string): boolean {
  return [`${origin}/`, "data:", `blob:${origin}/`].some((start) => url.startsWith(start));
}

async function open(path: string, size = WIDE): Promise<Page> {
  if (!browser) throw new Error("there is no browser");
  const page = await browser.newPage();
  await page.setViewportSize(size);
  const response = await page.goto(origin + path);
  expect(response?.status()).toBe(200);
  return page;
}

/** Opens an operation of Swagger UI and answers its block. */
async function unfold(page: Page, method: string, path: string) {
  const operation = page.locator(`.opblock-${method}`, { has: page.locator(`[data-path="${path}"]`) });
  await operation.locator(".opblock-summary-control").click();
  await operation.locator(".opblock-body").waitFor();
  return operation;
}

/** Looks at a page when it has come to rest: what it does last is told a little later, and what unfolds moves. */
async function expectNoOffence(page: Page, { fits = false } = {}): Promise<void> {
  await page.waitForTimeout(1000);
  expect(offences).toEqual([]);
  if (fits) expect(await page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth")).toBe(0);
}

describe("/docs", () => {
  test("authorises with a token and runs GET /api/tasks", async () => {
    const page = await open("/docs");
    await page.locator(".auth-wrapper > .authorize").click();
    const dialog = page.locator(".dialog-ux");
    await dialog.locator("input").first().fill(todo("token").trim());
    await dialog.getByRole("button", { name: "Apply credentials" }).click();
    await dialog.locator(".btn-done").click();
    const operation = await unfold(page, "get", "/api/tasks");
    await operation.getByRole("button", { name: "Try it out" }).click();
    await operation.getByRole("button", { name: "Execute" }).click();
    const answer = operation.locator(".live-responses-table");
    await answer.locator(".highlight-code").first().waitFor();
    expect(await answer.locator("tbody .response-col_status").textContent()).toContain("200");
    expect(await answer.textContent()).toContain(TITLE);
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
  const { paths }: Described = JSON.parse(await (await fetch(`${origin}/openapi.json`)).text());
  const summaries = Object.values(paths).flatMap((operations) =>
    Object.values(operations).map(({ summary }) => summary),
  );
  expect(summaries.length).toBeGreaterThan(0);
  return summaries.filter((summary) => summary !== undefined);
}
