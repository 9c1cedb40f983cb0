import { z } from "zod";
import { firstTick, formatClock } from "../../src/domain/task/clock.ts";
import { stampFields } from "../../src/domain/task/registers.ts";
import { stopChildren } from "../children.ts";
import { type Finding, findTimes } from "./finding.ts";
import { type Caller, openPlace, send } from "./place.ts";

const MAX_MS = 50;
/** Hints that follow each other faster are put together. */
const EDIT_INTERVAL_MS = 250;
const NODE = "a1b2c3d4";
const HINT = "event: change\n";

const answer = z.object({ cursor: z.string(), changes: z.array(z.object({ id: z.string() })) });

/** Measures the time from the request of one replica with an edit to where another one, which listens, has the edit. */
export async function measureEvents(folder: string, rounds: number): Promise<Finding[]> {
  const place = await openPlace(folder);
  const writing = await place.newCaller();
  const listening = await listen(await place.newCaller());
  const id = Bun.randomUUIDv7();
  const times: number[] = [];
  // The first one shows that everybody is there.
  for (let round = 0; round <= rounds; round += 1) {
    await Bun.sleep(EDIT_INTERVAL_MS);
    const seen = listening.next();
    const begin = performance.now();
    await exchange(writing, null, [makeEdit(id, round)]);
    times.push((await seen) - begin);
  }
  listening.stop();
  await stopChildren();
  return findTimes("an edit to another replica over HTTP", times.slice(1), MAX_MS);
}

function makeEdit(id: string, round: number) {
  const fields = { title: `Water the tomatoes, ${round} times` };
  return { id, registers: stampFields(fields, formatClock(firstTick(Date.now()), NODE)) };
}

/** Follows the stream of hints, and with each hint takes what is new. */
async function listen(caller: Caller) {
  const stopping = new AbortController();
  let cursor: string | null = null;
  let onSeen: ((at: number) => void) | undefined;
  const take = async () => {
    const { cursor: next, changes } = await exchange(caller, cursor, []);
    cursor = next;
    if (changes.length > 0) onSeen?.(performance.now());
  };
  const headers = { accept: "text/event-stream", authorization: `Bearer ${caller.token}` };
  const response = await fetch(`${caller.url}/api/sync/events`, { headers, signal: stopping.signal });
  if (!response.ok) throw new Error(`the stream of hints answered ${response.status}`);
  const follow = async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) if (decoder.decode(chunk).includes(HINT)) await take();
  };
  void follow().catch(() => undefined);
  return {
    /** When it has the next change. */
    next: () => new Promise<number>((resolve) => (onSeen = resolve)),
    stop: () => stopping.abort(),
  };
}

async function exchange({ url, token, user }: Caller, cursor: string | null, changes: readonly unknown[]) {
  return answer.parse(await send(`${url}/api/sync`, { protocol: 1, replica: user, user, cursor, changes }, token));
}
