import { describe, expect, test } from "bun:test";
import { openSqlite } from "../../src/db/sqlite/database.ts";
import type { ServeOptions } from "../../src/server/serve.ts";
import { makeToken } from "../support/server/api.ts";
import { HELLO, HINT, KEEP_ALIVE, readHints } from "../support/server/hints.ts";
import { connect, headerOf, talk } from "../support/server/raw-http.ts";
import { useFreshPaths } from "../support/disks/scratch.ts";
import { eventually } from "../support/server/server.ts";
import { useStartedServers } from "../support/server/started-servers.ts";

const startServer = useStartedServers();
const freshPath = useFreshPaths();

const QUICK = { pollMs: 5, keepAliveMs: 20, throttleMs: 1 };
/** Nothing comes by itself. */
const SLOW = { pollMs: 60_000, keepAliveMs: 60_000, throttleMs: 1 };

/** A server, and how often it looked for what others wrote. */
async function open(more: Partial<ServeOptions> = {}) {
  const fresh = openSqlite(":memory:");
  const state = { looks: 0 };
  const sync = {
    ...fresh.sync,
    revision: (user: string) => {
      state.looks += 1;
      return fresh.sync.revision(user);
    },
  };
  const started = startServer({ pace: SLOW, env: { TODO_USER_LIMIT: "0" }, ...fresh, sync, ...more });
  const { url } = started;
  const bearer = async (user: string) => `Bearer ${await makeToken(user, Date.now())}`;
  const authorization = await bearer("ann");
  const call = (path: string, json?: object, init: RequestInit = {}) =>
    fetch(url + path, {
      headers: { authorization, "content-type": "application/json" },
      ...(json && { method: "POST", body: JSON.stringify(json) }),
      ...init,
    });
  return {
    ...started,
    state,
    call,
    authorization,
    listen: async (token = authorization) => {
      const away = new AbortController();
      const response = await fetch(`${url}/api/sync/events`, {
        // A page of a browser, for whose answers other code runs beside.
        headers: { authorization: token, origin: "http://localhost:3000" },
        signal: away.signal,
      });
      return { response, ...readHints(response), goAway: () => away.abort() };
    },
    wait: (init: RequestInit = {}) => call("/api/sync", { protocol: 1, replica: "laptop", wait: 25 }, init),
    add: (title = "Pay rent") => call("/api/tasks", { title }),
    /** Resolves when nobody listens any more. With `QUICK` alone. */
    untilNobodyListens: async () => {
      let seen = -1;
      await eventually("nobody looks", async () => {
        const isQuiet = seen === state.looks;
        seen = state.looks;
        await Bun.sleep(30);
        return isQuiet && seen === state.looks;
      });
    },
  };
}

describe("a stream of hints over a socket", () => {
  test("says hello, that it is alive, and that something changed", async () => {
    const { listen, add, readLog } = await open({ pace: { ...SLOW, keepAliveMs: 20 } });
    const hints = await listen();
    expect([await hints.next(), await hints.next()]).toEqual([HELLO, KEEP_ALIVE]);
    await add();
    expect(await hints.nextHint()).toBe(HINT);
    expect(await hints.next()).toBe(KEEP_ALIVE);
    expect(await readLog(2)).toMatchObject([{ route: "GET /api/sync/events", status: 200 }, { status: 201 }]);
    hints.goAway();
  });

  test("hears who writes to the same file", async () => {
    const path = freshPath();
    const [mine, theirs] = [openSqlite(path), openSqlite(path)];
    const { listen } = await open({ ...mine, pace: QUICK });
    const hints = await listen();
    expect(await hints.next()).toBe(HELLO);
    const edits = [{ id: Bun.randomUUIDv7(), fields: { title: "x" } }];
    await theirs.store.commit("ann", { action: "add", now: Date.now(), edits });
    expect(await hints.nextHint()).toBe(HINT);
    hints.goAway();
    await theirs.store.close();
  });

  test("leaves nothing behind when the client goes away", async () => {
    const { listen, port, authorization, state, untilNobodyListens } = await open({ pace: QUICK });
    const all = await Promise.all(Array.from({ length: 20 }, () => listen()));
    expect((await listen()).response.status).toBe(429);
    await eventually("looks", () => state.looks > 25);
    for (const { goAway } of all) goAway();
    await untilNobodyListens();
    // All places are free again, also for who breaks off before the answer.
    for (let turn = 0; turn < 20; turn += 1) {
      const connection = await connect(port);
      connection.write(`GET /api/sync/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${authorization}\r\n\r\n`);
      connection.terminate();
    }
    await untilNobodyListens();
    const again = await listen();
    expect(again.response.status).toBe(200);
    again.goAway();
  });

  test("does not begin for a client that has gone before the answer", async () => {
    const [asked, release] = [Promise.withResolvers<void>(), Promise.withResolvers<number>()];
    const { sync } = openSqlite(":memory:");
    const state = { looks: 0 };
    const revision = () => {
      asked.resolve();
      state.looks += 1;
      return state.looks > 20 ? Promise.resolve(0) : release.promise;
    };
    const { port, authorization, readLog, listen } = await open({ sync: { ...sync, revision } });
    const connections = await Promise.all(Array.from({ length: 20 }, () => connect(port)));
    for (const { write } of connections) {
      write(`GET /api/sync/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${authorization}\r\n\r\n`);
    }
    await eventually("all are asked", () => state.looks === 20);
    for (const { terminate } of connections) terminate();
    await Bun.sleep(20);
    release.resolve(0);
    expect(await readLog(20)).toHaveLength(20);
    expect((await listen()).response.status).toBe(200);
  });

  test("ends when the token on which it stands is revoked", async () => {
    const { url, listen } = await open({ pace: { ...SLOW, keepAliveMs: 20 } });
    const send = async (method: string, path: string, json: object | undefined, token = "") => {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const response = await fetch(url + path, { method, headers, ...(json && { body: JSON.stringify(json) }) });
      const text = await response.text();
      const body: ReturnType<typeof JSON.parse> = text === "" ? undefined : JSON.parse(text);
      return body;
    };
    const account = { email: "ada@example.com", password: "seven tall green lamps" };
    const { access_token: access } = await send("POST", "/api/auth/register", account);
    const made = await send("POST", "/api/auth/tokens", { password: account.password, name: "watcher" }, access);
    const hints = await listen(`Bearer ${made.token}`);
    expect([await hints.next(), await hints.next()]).toEqual([HELLO, KEEP_ALIVE]);
    await send("DELETE", `/api/auth/tokens/${made.id}`, undefined, access);
    expect(await hints.nextHint()).toBeUndefined();
  });
});

describe("a request that waits", () => {
  test("is answered when something changes", async () => {
    const { wait, add, state } = await open();
    const answer = wait();
    await eventually("it listens", () => state.looks > 0);
    await add();
    const body = await (await answer).json();
    expect(body).toMatchObject({ more: false, changes: [{ revision: "1" }] });
  });

  test("leaves nothing behind when the client goes away", async () => {
    const { wait, state, untilNobodyListens } = await open({ pace: QUICK });
    const away = new AbortController();
    const answer = wait({ signal: away.signal }).catch(() => "gone");
    await eventually("it listens", () => state.looks > 2);
    away.abort();
    expect(await answer).toBe("gone");
    await untilNobodyListens();
  });
});

describe("a server that stops", () => {
  test("answers who waits and ends all streams, at once", async () => {
    const { server, wait, listen, state } = await open();
    const hints = await listen();
    expect(await hints.next()).toBe(HELLO);
    const answers = [wait(), wait()];
    await eventually("they listen", () => state.looks > 2);
    await Bun.sleep(5);
    const begin = performance.now();
    await server.stop();
    expect(performance.now() - begin).toBeLessThan(1000);
    for (const answer of answers) expect(await (await answer).json()).toMatchObject({ changes: [] });
    expect(await hints.next()).toBeUndefined();
  });
});

describe("a protocol that the server does not speak", () => {
  test("is refused before the body has come, with those that it speaks", async () => {
    const { port, authorization } = await open();
    const head = `POST /api/sync HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\nContent-Length: 1000`;
    const reply = await talk(port, `${head}\r\nTodo-Protocol: 2\r\n\r\n`);
    expect(reply).toStartWith("HTTP/1.1 426 Upgrade Required");
    const header = (name: string) => headerOf(reply, name)?.toLowerCase();
    expect([header("upgrade"), header("connection"), header("todo-protocol")]).toEqual([
      "todo-protocol/1",
      "upgrade",
      "1",
    ]);
    expect(JSON.parse(reply.slice(reply.indexOf("\r\n\r\n")))).toMatchObject({
      code: "unsupported_protocol",
      oldest_protocol: 1,
      newest_protocol: 1,
    });
  });
});
