import type { BrowserContext, Page } from "playwright-core";

type Watched = {
  readonly offences: string[];
  readonly isHere: (url: string) => boolean;
  readonly expected: RegExp | undefined;
};

/** Notes what a page must not do: ask another host for something, break its policy, or fail. */
export async function watchOffences(context: BrowserContext, { offences, isHere, expected }: Watched): Promise<void> {
  await context.addInitScript({
    content: `addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) =>
      console.error("against the policy:", violatedDirective, blockedURI, sourceFile));`,
  });
  context.on("request", (request) => {
    if (!isHere(request.url())) offences.push(`a request to ${request.url()}`);
  });
  context.on("console", (message) => {
    if (!["error", "warning"].includes(message.type()) || expected?.test(message.text())) return;
    offences.push(`on the console: ${message.text()}`);
  });
  context.on("weberror", (error) => offences.push(`not caught: ${error.error().message}`));
}

/** Waits until the test knows of all that a page has done so far. */
export async function hearOut(page: Page): Promise<void> {
  // A page that is on its way to another address can't be asked.
  await page.evaluate("new Promise((resolve) => setTimeout(resolve))").catch(() => {});
}
