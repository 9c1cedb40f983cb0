import { expect, test } from "bun:test";
import { openServerRemote } from "../../../src/cli/api-client/sync-peer.ts";
import { MAX_ANSWER_BYTES } from "../../../src/ports/sync.ts";
import { SITE, useOnline } from "../../support/cli/online.ts";
import { arriving } from "../../support/sync/following.ts";
import { fillUp } from "../../support/tasks/sizes.ts";

const goOnline = useOnline();

/** A device that is logged in to a server which answers each request so. */
async function openAnswered(body: () => string | ReadableStream) {
  const device = (await goOnline()).device({
    fetch: () => Promise.resolve(new Response(body(), { headers: { "content-type": "application/json" } })),
  });
  device.keep({ token: "todo_pat_kept", user: "ada" });
  const exchange = async () => {
    const { peer } = await openServerRemote(device.io, SITE);
    return peer.exchange({ replica: "laptop", user: "ada", cursor: null, changes: [] });
  };
  return { device, exchange };
}

test("a page with one task that is older than the limit of tasks is read, though nothing else so large is", async () => {
  const task = arriving({ title: "Milk", ...fillUp(4_100_000, {}) });
  const answer = { user: "ada", epoch: "e", server_time: "2026-11-20T09:00:00Z", cursor: "c", head: "1", more: false };
  const json = JSON.stringify({ ...answer, accepted: 0, rejected: [], changes: [{ ...task, revision: "1" }] });
  const { device, exchange } = await openAnswered(() => json);
  expect((await exchange()).changes.map(({ id }) => id)).toEqual([task.id]);
  device.configure({ server: SITE });
  expect(await device.run("sessions")).toMatchObject({ code: 6, out: "" });
});

test("a page without an end is not read to the end", async () => {
  let read = 0;
  const piece = new Uint8Array(1_000_000).fill(0x20);
  const pull = (controller: ReadableStreamDefaultController) => {
    read += piece.length;
    controller.enqueue(piece);
    if (read > 2 * MAX_ANSWER_BYTES) controller.close();
  };
  const { exchange } = await openAnswered(() => new ReadableStream({ pull }));
  expect(await exchange().then(String, ({ code }) => code)).toBe("unavailable");
  expect(read).toBeLessThan(MAX_ANSWER_BYTES + 4 * piece.length);
});
