import { expect } from "bun:test";
import type { Browser } from "./browser.ts";
import { serveAccounts, waitFor } from "./served.ts";

const ADA = { email: "ada@example.com", password: "seven tall green lamps" };
const ADD = '[aria-label="Add a task"]';

/** Signs up, plans, goes on without the server, and finds all of it there when it is back. */
export async function walkOffline(browser: Browser): Promise<void> {
  const server = serveAccounts();
  let seen = "";
  const sees = (text: string) =>
    waitFor(
      async () => {
        seen = await browser.text();
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
    await browser.enter(ADD, "Pay rent due:friday +home");
    await sees("Pay rent");
    await waitFor(async () => (await server.titlesOf(ADA)).length === 1);
    await browser.reload();
    await sees("Pay rent");

    await server.stop();
    await browser.reload();
    await sees("Pay rent");
    await browser.enter(ADD, "Book flights");
    await sees("Book flights");
    await sees("1 to send");

    await server.start();
    await browser.reload();
    await sees("Synced");
    expect(await server.titlesOf(ADA)).toEqual(["Book flights", "Pay rent"]);
  } finally {
    await server.remove();
  }
}
