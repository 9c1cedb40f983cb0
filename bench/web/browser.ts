import { type BrowserContext, chromium } from "playwright-core";

const VIEW = { width: 1280, height: 900 };
const STEP_TIMEOUT_MS = 180_000;
export const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Starts Chromium with a profile, as it was left or new. */
export async function startBrowser(profile: string): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    chromiumSandbox: process.getuid?.() !== 0,
    viewport: VIEW,
  });
  context.setDefaultTimeout(STEP_TIMEOUT_MS);
  return context;
}
