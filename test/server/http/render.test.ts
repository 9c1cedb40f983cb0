import { expect, test } from "bun:test";
import { render } from "../../../src/server/http/render.ts";
import { createUserTurns } from "../../../src/server/http/turns.ts";

const PIECES = 20;

/** Counts the turns of the event loop until the work is done. */
async function countTurns(work: Promise<unknown>): Promise<number> {
  const done = new AbortController();
  let turns = 0;
  const count = () => {
    turns += 1;
    if (!done.signal.aborted) setImmediate(count);
  };
  setImmediate(count);
  await work;
  done.abort();
  return turns;
}

async function* countUp() {
  for (let count = 1; count <= PIECES; count += 1) yield `${count} `;
}

test.each([1, 3])("others have a turn between the pieces of %i long replies, whosever they are", async (replies) => {
  const context = {
    id: "1",
    request: new Request("http://localhost/"),
    user: "ann",
    deps: { publicUrl: null, waitForTurn: createUserTurns() },
  };
  const reading = Array.from({ length: replies }, () => render({ status: 200, chunks: countUp() }, context).text());
  const turns = await countTurns(Promise.all(reading));
  for (const text of await Promise.all(reading)) expect(text.trim().split(" ")).toHaveLength(PIECES);
  expect(turns).toBeGreaterThanOrEqual(replies * PIECES);
});
