import { describe, expect, test } from "bun:test";
import type { ErrorCode } from "../../../src/domain/errors.ts";
import type { WireTask } from "../../../src/contract/task.ts";
import { PASSWORD } from "../../support/server/account-api.ts";
import { useFaultyServers } from "../../support/server/faulty-servers.ts";
import { type Device, type Network, type Online, useOnline } from "../../support/cli/online.ts";
import { ALONE } from "../../support/sync/fleet.ts";

const goOnline = useOnline();
const servers = useFaultyServers();

const OUT_OF_REACH = 6;
const SECRET = new RegExp(`todo_(?:ref|pat)_|eyJ|${PASSWORD}`);

type Status = { readonly unsent: number; readonly rejected: readonly unknown[] };

/** What comes instead of the answer. It is given that answer where the server made one. */
type Fault = (answer: Response | undefined) => Response | Promise<Response>;

const exportAll = (device: Device) => device.print("export", "--deleted");

async function readStatus(device: Device): Promise<Status> {
  return JSON.parse(await device.print("sync", "--status", "--json"));
}

/** A laptop with an edit and a new task that are unsent, and a server that has a task of the phone for it. */
async function openUnsent(wire = ({ fetch }: Online): Online["fetch"] => fetch) {
  const online = await goOnline();
  const laptop = await online.signUp(undefined, { fetch: wire(online), env: ALONE });
  const { handle } = await laptop.add("Old");
  await laptop.print("sync", "--yes");
  const phone = await online.logIn(undefined, { env: ALONE });
  // Ids are made of the time here.
  online.goOn(1000);
  await phone.print("sync");
  await phone.print("add", "Theirs");
  await phone.print("sync");
  online.goOn(1000);
  await laptop.print("edit", handle, "--description", "edited", "+tag");
  await laptop.print("add", "New");
  return { online, laptop, phone };
}

/** Does something to the answers of exchanges, before the server has merged what they brought or after it. */
function faultyNetwork(fault: Fault, isMerged: boolean): Network {
  return async (asked, pass) => {
    if (!asked.path.startsWith("/api/sync")) return pass();
    return fault(isMerged ? await pass() : undefined);
  };
}

/** Fails the test unless a sync fails so, and leaves everything here as it was. */
async function expectFailure(laptop: Device, code: number, run = () => laptop.run("sync")): Promise<string> {
  const [tasks, status] = [await exportAll(laptop), await readStatus(laptop)];
  const ended = await run();
  expect([ended.code, ended.out]).toEqual([code, ""]);
  expect(ended.err).toMatch(/^todo: [^\n]+\n( {2}[^\n]+\n)*$/);
  expect(ended.err).not.toMatch(SECRET);
  expect(ended.err).not.toContain("bug");
  expect(await exportAll(laptop)).toBe(tasks);
  expect(status.unsent).toBe(2);
  expect(await readStatus(laptop)).toMatchObject({ unsent: 2, rejected: [] });
  return ended.err;
}

/** Fails the test unless the next sync in peace makes all of it right, on both devices. */
async function expectPeace(online: Online, laptop: Device, phone: Device): Promise<void> {
  online.state.network = (_, pass) => pass();
  for (const device of [laptop, phone]) await device.print("sync");
  const text = await exportAll(laptop);
  expect(await exportAll(phone)).toBe(text);
  const tasks: WireTask[] = JSON.parse(text);
  expect(tasks.map(({ title, description, tags }) => [title, description, tags])).toEqual([
    ["Old", "edited", ["tag"]],
    ["Theirs", null, []],
    ["New", null, []],
  ]);
  expect(await readStatus(laptop)).toMatchObject({ unsent: 0, rejected: [] });
}

function problem(status: number, code: ErrorCode, exitCode: number): [string, number, Fault] {
  const body = { type: "about:blank", title: "No", status, code, detail: "not so" };
  const headers = { "content-type": "application/problem+json", "retry-after": "7" };
  const answer = () => new Response(JSON.stringify(body), { status, headers });
  return [`status ${status} and ${code}`, exitCode, answer];
}

const PAGE = "<!DOCTYPE html><title>Welcome to Hotel Wifi</title>";

/** The answer that the server made, or one like it, as text. */
async function textOf(answer: Response | undefined): Promise<string> {
  return (
    (await answer?.text()) ?? '{"user":"acct_1","epoch":"0123456789abcdef","server_time":"2026-11-20T09:00:00.000Z","c'
  );
}

const FAULTS: [string, number, Fault][] = [
  ["nothing, because the line is cut", OUT_OF_REACH, () => Promise.reject(new Error("the line was cut"))],
  [
    "a page that asks for a login",
    OUT_OF_REACH,
    () => new Response(PAGE, { headers: { "content-type": "text/html" } }),
  ],
  ["an empty text", OUT_OF_REACH, () => new Response("")],
  ["no body at all", OUT_OF_REACH, () => new Response(null, { status: 204 })],
  ["JSON of another program", OUT_OF_REACH, () => Response.json({ ok: true, changes: [] })],
  [
    "half of the answer",
    OUT_OF_REACH,
    async (answer) => {
      const text = await textOf(answer);
      return new Response(text.slice(0, text.length / 2));
    },
  ],
  [
    "half of the answer, and then the line is cut",
    OUT_OF_REACH,
    async (answer) => {
      const bytes = new TextEncoder().encode(await textOf(answer));
      const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => controller.error(new Error("cut"));
      const start = (controller: ReadableStreamDefaultController<Uint8Array>) =>
        controller.enqueue(bytes.subarray(0, bytes.length / 2));
      return new Response(new ReadableStream({ start, pull }));
    },
  ],
  problem(400, "invalid_input", 2),
  problem(401, "unauthorized", 4),
  problem(401, "token_expired", 4),
  problem(403, "forbidden", 4),
  problem(403, "insufficient_scope", 4),
  problem(409, "account_mismatch", 5),
  problem(409, "conflict", 5),
  problem(413, "too_large", 2),
  problem(415, "unsupported_media_type", 2),
  problem(426, "unsupported_protocol", 6),
  problem(429, "rate_limited", 6),
  problem(500, "internal", 6),
  problem(503, "unavailable", 6),
  problem(503, "read_timed_out", 6),
  problem(504, "timed_out", 6),
];

test("what stands before the server and takes no compressed bodies gets a plain one", async () => {
  const { online, laptop, phone } = await openUnsent();
  laptop.setup.stdin = "Tea\n".repeat(20);
  await laptop.print("add", "-");
  const codings: unknown[] = [];
  online.state.network = async ({ headers }, pass) => {
    codings.push(headers["content-encoding"]);
    return headers["content-encoding"] === undefined ? pass() : new Response("", { status: 415 });
  };
  expect(await laptop.print("sync")).toBe("Sent 22 tasks, received 1 task\n");
  expect(codings).toEqual(["zstd", undefined]);
  await phone.print("sync");
  expect(await exportAll(phone)).toBe(await exportAll(laptop));
});

describe.each([
  ["before the server has merged", false],
  ["after the server has merged", true],
])("%s what was brought, a sync that is answered with", (_, isMerged) => {
  test.each(FAULTS)(
    "%s exits with %i, changes nothing here, and the next one loses and doubles nothing",
    async (_name, code, fault) => {
      const { online, laptop, phone } = await openUnsent();
      online.state.network = faultyNetwork(fault, isMerged);
      await expectFailure(laptop, code);
      await expectPeace(online, laptop, phone);
    },
  );

  test("a beginning that goes on for ever gives up after 20 seconds, and the next one loses and doubles nothing", async () => {
    const stalled = servers.answering(
      () =>
        new Response(new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode("{")) })),
    );
    const state = { isStalled: false };
    const { online, laptop, phone } = await openUnsent(({ fetch: pass }) => async (url, init) => {
      if (!state.isStalled || !url.endsWith("/api/sync")) return pass(url, init);
      if (isMerged) await pass(url, init);
      return fetch(`${stalled.origin}/api/sync`, init);
    });
    state.isStalled = true;
    const begin = laptop.setup.now;
    const err = await expectFailure(laptop, OUT_OF_REACH, () => online.hurry(() => laptop.run("sync")));
    expect(err).toStartWith("todo: todo.example.com does not answer\n");
    expect(laptop.setup.now - begin).toBe(20_000);
    state.isStalled = false;
    await expectPeace(online, laptop, phone);
  });

  test("the news that the history is another one, again and again, gives up, and the next one loses and doubles nothing", async () => {
    const { online, laptop, phone } = await openUnsent();
    const [name, code, fault] = problem(409, "history_changed", 5);
    online.state.network = faultyNetwork(fault, isMerged);
    const tasks = await exportAll(laptop);
    expect([name, (await laptop.run("sync")).code]).toEqual([name, code]);
    expect(await exportAll(laptop)).toBe(tasks);
    // Now all of it is to be sent.
    expect(await readStatus(laptop)).toMatchObject({ unsent: 2, rejected: [] });
    await expectPeace(online, laptop, phone);
  });
});
