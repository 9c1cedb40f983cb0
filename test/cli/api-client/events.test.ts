import { afterEach, beforeEach, describe, expect, jest, test } from "bun:test";
import { listenToEvents } from "../../../src/cli/api-client/events.ts";
import { SITE } from "../../support/cli/online.ts";
import { useTerminals } from "../../support/cli/terminal.ts";
import { HELLO, HINT, KEEP_ALIVE } from "../../support/server/hints.ts";
import { refusalOf } from "../../support/errors.ts";

const openTerminal = useTerminals();

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Lets everything run that waits for nothing but other code. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Lets so many seconds pass. */
async function goOn(seconds: number): Promise<void> {
  jest.advanceTimersByTime(seconds * 1000);
  await settle();
}

/** Somebody who listens to a server of which the test decides what it says. */
async function openListener() {
  const stop = new AbortController();
  const state = { hints: 0, isOver: false };
  let send: (block: string) => void = () => undefined;
  const fetch = async (_: string, { signal }: RequestInit): Promise<Response> => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        send = (block) => controller.enqueue(new TextEncoder().encode(`${block}\n\n`));
        signal?.addEventListener("abort", () => controller.error(signal.reason));
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  };
  const { io } = openTerminal({ fetch });
  const onHint = () => void (state.hints += 1);
  const ended = listenToEvents(io, { server: SITE, token: "x", onHint, signal: stop.signal });
  ended.catch(() => undefined).finally(() => (state.isOver = true));
  await settle();
  const say = async (block: string) => {
    send(block);
    await settle();
  };
  return { state, ended, say, stop: () => stop.abort() };
}

describe("a stream of hints", () => {
  test("stays open for as long as the server says something every 15 seconds", async () => {
    const { state, ended, say, stop } = await openListener();
    await say(HELLO);
    for (let times = 0; times < 8; times += 1) {
      await goOn(15);
      await say(KEEP_ALIVE);
    }
    expect(state.isOver).toBe(false);
    await say(HINT);
    expect(state.hints).toBe(2);
    stop();
    await ended;
  });

  test("is given up after 40 seconds without a word", async () => {
    const { state, ended, say } = await openListener();
    await say(HELLO);
    await goOn(39);
    expect(state.isOver).toBe(false);
    await goOn(1);
    expect(await refusalOf(ended)).toMatchObject({ code: "unavailable" });
  });
});
