import { expect, test } from "bun:test";
import { useBrowser } from "../in-browser.ts";

// What Lighthouse says of the first visit on a phone: bun run test:browser. It runs on Node, for which it is made.

const { origin } = useBrowser({ settings: { TODO_SIGNUP: "open" } });

test("a first visit on a phone is fast, and lacks nothing that Lighthouse asks for", async () => {
  const flags = `--headless=new --disable-gpu ${process.getuid?.() === 0 ? "--no-sandbox" : ""}`;
  const child = Bun.spawn(
    [
      "node",
      "node_modules/lighthouse/cli/index.js",
      `${origin()}/`,
      "--quiet",
      "--output=json",
      `--chrome-flags=${flags}`,
    ],
    { env: { ...process.env, CHROME_PATH: process.env["CHROMIUM"] || "/usr/bin/chromium" }, stderr: "ignore" },
  );
  const report = JSON.parse(await new Response(child.stdout).text());
  const { categories, audits } = report;
  expect([categories.accessibility.score, categories["best-practices"].score, categories.seo.score]).toEqual([1, 1, 1]);
  // Of the speed only what would be broken on any machine: bun run bench:web has the figures.
  expect(categories.performance.score).toBeGreaterThan(0.7);
  expect(audits["cumulative-layout-shift"].numericValue).toBeLessThan(0.05);
}, 120_000);
