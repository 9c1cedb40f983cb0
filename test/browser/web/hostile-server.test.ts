import { expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { useBrowser } from "../in-browser.ts";
import { add, newPerson, openDevice, row, signUp, synced } from "./on-page.ts";
import { type Answer, rewrite, useProxies } from "./proxy.ts";

// A server that does not answer as one of todo does: bun run test:browser

const { serve, open, admit, expectNoOffence } = useBrowser({ expected: /Failed to load resource/ });
const startProxy = useProxies();

const SIGN_IN_TO_WIFI = "<!doctype html><title>Sign in to the Wi-Fi</title>";
const GARBAGE_BYTES = 10_000_000;

const foreign = (status: number) => `The server does not answer like one of todo (status ${status}).`;

/** What a server answers, and what the page says of it. */
const SPOILT: readonly (readonly [name: string, spoil: Answer, said: string])[] = [
  ["half an answer", () => new Response('{"user":"u","cursor":"'), foreign(200)],
  ["a page", () => new Response(SIGN_IN_TO_WIFI, { headers: { "content-type": "text/html" } }), foreign(200)],
  ["a crash", () => new Response(SIGN_IN_TO_WIFI, { status: 500 }), foreign(500)],
  ["nothing", () => new Response(null, { status: 204 }), foreign(204)],
  ["null", () => Response.json(null), foreign(200)],
  ["a refusal that is null", () => Response.json(null, { status: 400 }), foreign(400)],
  [
    "wrong types",
    () => Response.json({ user: 1, cursor: {}, changes: [null], account: [], token_url: 3 }),
    foreign(200),
  ],
  ["wrong types in a refusal", () => Response.json({ code: 7, detail: [], errors: 1 }, { status: 422 }), foreign(422)],
  ["a refusal that says nothing", () => Response.json({ code: "x", title: {} }, { status: 418 }), "with status 418."],
  ["redirects without end", ({ url }) => Response.redirect(url, 307), "The server can't be reached."],
  ["garbage", () => new Response(new Uint8Array(GARBAGE_BYTES).fill(0x7b)), foreign(200)],
];

/** A page that is signed in at a server which can be told to spoil what it answers, and another device that asks the real one. */
async function openSpoilt() {
  const person = newPerson();
  const target = await serve({ TODO_SIGNUP: "open" });
  let spoil: Answer | null = null;
  let asked = 0;
  const origin = startProxy(target, (request, pass) => {
    const isData = /^\/(api\/|app\/config)/.test(new URL(request.url).pathname);
    if (!spoil || !isData) return pass();
    asked += 1;
    return spoil(request, pass);
  });
  admit(origin);
  const page = await open(origin);
  await signUp(page, person);
  return {
    page,
    device: await openDevice(target, person),
    /** Answers so from now on. null: as the real server does. */
    answer: (next: Answer | null) => void ([spoil, asked] = [next, 0]),
    /** How many requests were spoilt since. */
    countAsked: () => asked,
  };
}

async function syncNow(page: Page): Promise<void> {
  await page.locator(".sync summary").click();
  await page.getByRole("button", { name: "Sync now" }).click();
  await synced(page);
  await page.locator(".sync summary").click();
}

test("whatever a server answers, tasks stay, the page says what is wrong, and all agree when it is honest again", async () => {
  const { page, device, answer } = await openSpoilt();
  const titles: string[] = [];
  for (const [name, spoil, said] of SPOILT) {
    answer(spoil);
    titles.push(`Behind ${name}`);
    await add(page, `Behind ${name}`);
    await page.getByText(said).waitFor({ state: "attached" });
    await page.locator("summary", { hasText: /^(Offline|Not synced)/ }).waitFor();
    await page.reload();
    await row(page, `Behind ${name}`).waitFor();
    answer(null);
    await syncNow(page);
  }
  await device.sees(...titles);
  await expectNoOffence(page);
}, 120_000);

test.each<[string, Answer]>([
  ["a page in the place of a token", () => new Response(SIGN_IN_TO_WIFI)],
  [
    "tokens without end",
    async (request, pass) => {
      if (!request.url.endsWith("/refresh")) return pass();
      return rewrite(await pass(), (text) => JSON.stringify({ ...JSON.parse(text), expires_in: 1e12 }));
    },
  ],
  [
    "tokens that it does not take",
    (request, pass) =>
      request.url.includes("/api/sync") ? Response.json({ code: "unauthorized" }, { status: 401 }) : pass(),
  ],
  [
    "the wish to be left alone for ever",
    (request, pass) =>
      request.url.includes("/api/sync")
        ? Response.json({ code: "unavailable" }, { status: 503, headers: { "retry-after": "1e12" } })
        : pass(),
  ],
])("a server that answers with %s is not asked all the time", async (_, spoil) => {
  const { page, answer, countAsked } = await openSpoilt();
  answer(spoil);
  await page.reload();
  await add(page, "Pay rent");
  await row(page, "Pay rent").waitFor();
  await expectNoOffence(page);
  expect(countAsked()).toBeLessThan(30);
});

test("a server that is silent keeps nobody from working, and what it says late is taken", async () => {
  const { page, device, answer } = await openSpoilt();
  const silence = Promise.withResolvers<void>();
  answer(async (_, pass) => {
    await silence.promise;
    return pass();
  });
  await add(page, "Pay rent");
  await page.locator("summary", { hasText: "Syncing…" }).waitFor();
  await add(page, "Call Ann");
  await row(page, "Call Ann").waitFor();
  await row(page, "Pay rent").getByRole("checkbox").click();
  await page.getByText("1 task", { exact: true }).waitFor();
  answer(null);
  silence.resolve();
  await synced(page);
  await device.sees("Call Ann", "Pay rent");
  await expectNoOffence(page);
});

/** What no program of ours writes, as the fields of tasks that a server sends. */
const HOSTILE: readonly Readonly<Record<string, unknown>>[] = [
  { title: "<img src=x onerror=alert(1)><script>alert(2)</script>" },
  { title: "\u202eright to left\u2066\u2028\u0300" },
  { title: "long ".repeat(10_000) },
  { title: 7, due_date: 8, priority: 9, project: true, completed_at: false },
  { title: "odd dates", due_date: "2026-99-99", scheduled: "nonsense" },
  { title: "odd wait", wait_until: "never" },
  { title: "no moment", created_at: "+275761-01-01T00:00:00Z", started_at: "soon" },
  { title: "no closing", completed_at: "nonsense" },
  { title: "no rule", recurrence: "moon 2026-11-23 FREQ=LUNAR", due_date: "2026-11-21", occurrence: "x" },
  { title: "its own parent", parent: "019a9f3c-51c8-7000-8000-000000000008", rank: "!!" },
  { title: "its own blocker", "depends:019a9f3c-51c8-7000-8000-000000000009": true },
  { title: "a tag", "tag:<b>": true, "tag:__proto__": true, "tag: ": true, project: "__proto__" },
  { title: "reminders", "reminder:soon": true, "note:1": "no id", "time:x": -1, estimate: -1 },
  { title: "__proto__", constructor: "x", toString: "y" },
];

test("hostile tasks are shown as texts, break no list, and run nothing", async () => {
  const { page, device, answer } = await openSpoilt();
  await add(page, "Pay rent");
  await device.sees("Pay rent");
  const clock = `${Date.now().toString(16).padStart(12, "0")}0000abcdef01`;
  const changes = HOSTILE.map((fields, at) => ({
    id: `019a9f3c-51c8-7000-8000-${String(at).padStart(12, "0")}`,
    revision: "1",
    registers: Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, clock + JSON.stringify(value)])),
  }));
  answer(async ({ url, method }, pass) => {
    const honest = await pass();
    if (!url.endsWith("/api/sync") || method !== "POST") return honest;
    return rewrite(honest, (text) => JSON.stringify({ ...JSON.parse(text), changes }));
  });
  await add(page, "Call Ann");
  await row(page, "odd dates").waitFor();
  answer(null);
  const lists = page.getByRole("navigation");
  for (const list of [
    "Today",
    "Upcoming",
    "Next",
    "Tree",
    "No date",
    "Waiting",
    "Done",
    "Deleted",
    "Log",
    "All open",
  ]) {
    await lists.getByRole("link", { name: list }).first().click();
    await page.getByRole("heading", { level: 1, name: list }).waitFor();
  }
  for (const title of await page.locator(".row .open .title").allInnerTexts()) {
    await page
      .locator(".row .open")
      .filter({ hasText: title.slice(0, 30) })
      .first()
      .click();
    await page.getByRole("complementary").getByText("History").waitFor();
    await page.getByRole("button", { name: "Close" }).click();
  }
  await page.reload();
  await row(page, "Pay rent").waitFor();
  await expectNoOffence(page);
});
