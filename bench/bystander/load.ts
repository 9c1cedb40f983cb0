/** Asks for one thing over and over, so many times at once, until it is ended: `bun load.ts URL TOKEN CONCURRENCY ASK`. */
import type { Ask } from "./asks.ts";

/** What a limit refuses is asked for again soon. */
const PAUSE_MS = 50;

const [url = "", token = "", concurrency = "1", ask = "{}"] = process.argv.slice(2);
const { method, path, json }: Ask = JSON.parse(ask);

async function askForEver(): Promise<never> {
  for (;;) {
    const begin = performance.now();
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    await response.bytes();
    console.log(`${response.status} ${performance.now() - begin}`);
    if (response.status >= 400) await Bun.sleep(PAUSE_MS);
  }
}

await Promise.all(Array.from({ length: Number(concurrency) }, askForEver));
