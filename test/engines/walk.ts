import { expect } from "bun:test";
import type { Browser } from "./browser.ts";
import { serveAccounts, waitFor } from "./served.ts";

const ADA = { email: "ada@example.com", password: "seven tall green lamps" };
const ADD = '[aria-label="Add a task"]';
const TITLE = ".panel .field textarea";
const ROUNDS = 3;

type Walk = { readonly server: ReturnType<typeof serveAccounts>; readonly sees: (text: string) => Promise<void> };

/** Goes on without the server in every way, and finds all of it there when it is back. */
export function walkOffline(browser: Browser): Promise<void> {
  return withAccount(browser, async ({ server, sees }) => {
    await browser.enter(ADD, "Pay rent due:friday +home");
    await sees("Pay rent");
    await browser.enter(ADD, "Call Ann");
    await sees("Call Ann");
    await waitFor(async () => (await server.titlesOf(ADA)).length === 2);
    await browser.reload();
    await sees("Pay rent");

    await server.stop();
    await browser.reload();
    await sees("Pay rent");
    await browser.enter(ADD, "Book flights");
    await sees("Added “Book flights”");
    await browser.click('[aria-posinset="1"] .open');
    await browser.enter(TITLE, "Pay the rent");
    await sees("Changed “Pay the rent”");
    await browser.click('[aria-label="Close"]');
    await browser.click('[aria-label="Complete: Call Ann"]');
    await sees("Completed “Call Ann”");
    await browser.click(".toast button");
    await sees("Undid");
    await browser.click('[aria-label="Complete: Book flights"]');
    await sees("Completed “Book flights”");
    await sees("3 to send");
    await (browser.restart ?? browser.reload)();
    await browser.open(`${server.origin}/`);
    await sees("Pay the rent");
    await sees("Call Ann");
    await sees("3 to send");

    await server.start();
    await browser.reload();
    await sees("Synced");
    expect(await server.titlesOf(ADA)).toEqual(["Call Ann", "Pay the rent"]);
  });
}

/** Leaves the page and comes back, again and again. What a browser kept of it meanwhile must not keep a lock. */
export function walkBackAndForth(browser: Browser): Promise<void> {
  return withAccount(browser, async ({ server, sees }) => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      await browser.open(`${server.origin}/device`);
      await sees("Sign in");
      await server.addFor(ADA, `Feed the cat ${round}.`);
      await browser.back();
      await sees(`Feed the cat ${round}.`);
      await browser.enter(ADD, `Call Ann ${round}.`);
      await waitFor(async () => (await server.titlesOf(ADA)).includes(`Call Ann ${round}.`));
      await browser.forward();
      await sees("Sign in");
      await browser.back();
      await sees(`Call Ann ${round}.`);
      await sees("Synced");
    }
  });
}

/** Signs up on the page of a server, and goes on from there. */
async function withAccount(browser: Browser, walk: (given: Walk) => Promise<void>): Promise<void> {
  const server = serveAccounts();
  let seen = "";
  const sees = (text: string) =>
    waitFor(
      async () => {
        // While one page takes the place of another there is none to be read.
        seen = await browser.text().catch(() => "");
        return seen.includes(text);
      },
      () => `${text}, but: ${seen}`,
    );
  try {
    await server.start();
    await browser.open(`${server.origin}/`);
    await sees("Create an account");
    await browser.click(".door .link");
    await browser.type('[name="email"]', ADA.email);
    await browser.enter('[name="password"]', ADA.password);
    await sees("Synced");
    await walk({ server, sees });
  } finally {
    await server.remove();
  }
}
