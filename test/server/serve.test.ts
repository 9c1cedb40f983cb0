import { describe, expect, test } from "bun:test";
import { alterStore, makeToken } from "../support/server/api.ts";
import { refusal } from "../support/errors.ts";
import { connect, headerOf, talk } from "../support/server/raw-http.ts";
import { SYSTEM, useStartedServers } from "../support/server/started-servers.ts";

const start = useStartedServers();

async function bearer(user = "ann"): Promise<string> {
  return `Bearer ${await makeToken(user, Date.now())}`;
}

describe("a server", () => {
  test("answers at the address that it says, and takes tokens of its secret", async () => {
    const { url } = start();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/);
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: "ok", version: "1.2.3" });
    const authorization = await bearer();
    const me = await fetch(`${url}/api/me`, { headers: { authorization } });
    expect(await me.json()).toMatchObject({ id: "ann" });
    const made = await fetch(`${url}/api/tasks`, {
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body: '{"title":"Pay rent"}',
    });
    expect(made.status).toBe(201);
    const read = await fetch(new URL(made.headers.get("location") ?? "", url), { headers: { authorization } });
    expect(await read.json()).toMatchObject({ title: "Pay rent" });
    expect((await fetch(`${url}/api/me`)).status).toBe(401);
  });

  test("leads from page to page", async () => {
    const { url } = start();
    const headers = { authorization: await bearer(), "content-type": "application/json" };
    for (const title of ["a", "b", "c"]) {
      await fetch(`${url}/api/tasks`, { method: "POST", headers, body: JSON.stringify({ title }) });
    }
    const titles: string[] = [];
    for (let next: URL | undefined = new URL("/api/tasks?limit=1", url); next;) {
      const response: Response = await fetch(next, { headers });
      const [task]: ReturnType<typeof JSON.parse> = await response.json();
      titles.push(task.title);
      const [, link] = /^<([^>]+)>; rel="next"$/.exec(response.headers.get("link") ?? "") ?? [];
      next = link === undefined ? undefined : new URL(link, url);
    }
    expect(titles).toEqual(["a", "b", "c"]);
  });

  test("is found at an IPv6 address written as a URL", async () => {
    const { url } = start({ host: "::1" });
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  test("writes one line of JSON to its log for each request", async () => {
    const { url, readLog } = start();
    await fetch(`${url}/health`, { headers: { "x-request-id": "r1" } });
    await fetch(`${url}/api/tasks?q=secret`, { headers: { "x-request-id": "r2", authorization: await bearer() } });
    const lines = await readLog(2);
    const every = { at: expect.any(String), status: 200, ms: expect.any(Number) };
    expect(lines.map((line): unknown => line)).toEqual([
      { ...every, request: "r1", route: "GET /health", user: null },
      { ...every, request: "r2", route: "GET /api/tasks", user: "ann" },
    ]);
  });

  test.each([
    ["a port that another program has", (port: number) => ({ port })],
    ["an address that this machine doesn't have", () => ({ host: "192.0.2.1" })],
    ["a setting that is not understood", () => ({ env: { TODO_TRUSTED_PROXIES: "many" } })],
    ["origins that are none", () => ({ env: { TODO_CORS_ORIGINS: "*" } })],
  ])("is refused with a reason for %s", (_, more) => {
    const { port, store } = start();
    const error = refusal(() => start({ store, ...more(port) }));
    expect(error.code).toBe("usage");
    expect(error.hints).not.toEqual([]);
  });

  test("heeds the settings of the environment", async () => {
    const env = { TODO_USER_LIMIT: "2", TODO_ADDRESS_LIMIT: "6", TODO_CORS_ORIGINS: "https://app.example.com" };
    const { url } = start({ env });
    const [ann, ben] = [await bearer("ann"), await bearer("ben")];
    const ask = async (authorization: string, more = {}) => {
      const headers = { authorization, origin: "https://app.example.com", ...more };
      const response = await fetch(`${url}/api/me`, { headers });
      expect(response.headers.get("access-control-allow-origin")).toBe("https://app.example.com");
      return response.status;
    };
    expect([await ask(ann), await ask(ann), await ask(ann), await ask(ben)]).toEqual([200, 200, 429, 200]);
    expect([await ask("Bearer x"), await ask("Bearer x")]).toEqual([401, 401]);
    expect(await ask(ben, { "x-forwarded-for": "198.51.100.1" })).toBe(429);
  });

  test("blocks nobody for long because the clock of the machine is set back", async () => {
    let shift = 0;
    const { url } = start({
      system: { ...SYSTEM, now: () => Date.now() + shift },
      env: { TODO_ADDRESS_LIMIT: "600", TODO_TRUSTED_PROXIES: "loopback" },
    });
    const ask = (address: string) => fetch(`${url}/health`, { headers: { "x-forwarded-for": address } });
    expect((await ask("198.51.100.1")).status).toBe(200);
    shift = -3_600_000;
    expect((await ask("198.51.100.2")).status).toBe(200);
    expect(Number((await ask("198.51.100.1")).headers.get("retry-after") ?? 0)).toBeLessThanOrEqual(60);
  });

  test("tells addresses behind a proxy apart", async () => {
    const { url } = start({ env: { TODO_ADDRESS_LIMIT: "1", TODO_TRUSTED_PROXIES: "loopback" } });
    const ask = async (hops: string) => (await fetch(`${url}/health`, { headers: { "x-forwarded-for": hops } })).status;
    const statuses = [
      await ask("198.51.100.1"),
      await ask("192.0.2.9, 198.51.100.1"),
      await ask("198.51.100.1, 198.51.100.2"),
    ];
    expect(statuses).toEqual([200, 429, 200]);
  });
});

describe("a server that stops", () => {
  test("answers what is under way and takes nothing new", async () => {
    const [asked, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const store = alterStore((real) => ({
      find: async (user, query) => {
        asked.resolve();
        await release.promise;
        return real.find(user, query);
      },
    }));
    const { server, url, readLog } = start({ store });
    const reply = fetch(`${url}/api/tasks`, { headers: { authorization: await bearer() } });
    await asked.promise;
    let isStopped = false;
    const stopping = server.stop().then(() => (isStopped = true));
    await Bun.sleep(30);
    expect(isStopped).toBe(false);
    const [fresh] = await Promise.allSettled([fetch(`${url}/health`, { keepalive: false })]);
    expect(fresh.status).toBe("rejected");
    release.resolve();
    expect((await reply).status).toBe(200);
    await stopping;
    expect(await readLog(1)).toMatchObject([{ route: "GET /api/tasks", status: 200 }]);
  });

  test("is not ready any more for who still has a connection", async () => {
    const [asked, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const store = alterStore((real) => ({
      find: async (user, query) => {
        asked.resolve();
        await release.promise;
        return real.find(user, query);
      },
    }));
    const { server, port } = start({ store });
    const connection = await connect(port);
    connection.write(`GET /api/tasks HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${await bearer()}\r\n\r\n`);
    await asked.promise;
    const stopping = server.stop();
    release.resolve();
    connection.write("GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const reply = await connection.read(/\}$/);
    await stopping;
    expect(reply).toStartWith("HTTP/1.1 200 ");
    expect(reply.match(/HTTP\/1\.1 \d+/g)?.slice(1) ?? []).not.toContain("HTTP/1.1 200");
  });

  test("does not wait for who only keeps a connection open", async () => {
    const { server, port } = start();
    const connection = await connect(port);
    connection.write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await connection.read(/\}$/);
    const begin = performance.now();
    await server.stop();
    expect(performance.now() - begin).toBeLessThan(2000);
  });

  test("can be stopped twice", async () => {
    const { server } = start();
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
  });
});

describe("over a socket", () => {
  test.each([
    ["64 KB and a byte", 65_537],
    ["a megabyte", 1_000_000],
    ["more than Bun takes by itself", 200_000_000],
    ["more than a computer can count", 1e21],
  ])("a body that says it has %s is 413 before it comes, as a problem like any other", async (_, length) => {
    const { port, readLog } = start();
    const size = BigInt(length).toString();
    const reply = await talk(
      port,
      `POST /api/tasks HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: big\r\nAuthorization: ${await bearer()}\r\nContent-Type: application/json\r\nContent-Length: ${size}\r\n\r\n`,
    );
    expect(reply).toStartWith("HTTP/1.1 4");
    if (length > 1e20) return;
    expect(reply).toStartWith("HTTP/1.1 413 ");
    expect(headerOf(reply, "content-type")).toBe("application/problem+json");
    expect(headerOf(reply, "x-request-id")).toBe("big");
    expect(await readLog(1)).toMatchObject([{ request: "big", status: 413 }]);
  });

  test("a body in pieces is 413 as soon as it is too large, though it has not come to its end", async () => {
    const { port } = start();
    const piece = `4000\r\n${"x".repeat(0x4000)}\r\n`;
    const reply = await talk(
      port,
      `POST /api/tasks HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${await bearer()}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${piece.repeat(5)}`,
    );
    expect(reply).toStartWith("HTTP/1.1 413 ");
    expect(headerOf(reply, "connection")).toBe("close");
  });

  test("a body in pieces makes a task", async () => {
    const { port } = start();
    const head = `POST /api/tasks HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${await bearer()}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const connection = await connect(port);
    connection.write(`${head}9\r\n{"title":\r\n`);
    await Bun.sleep(20);
    connection.write('9\r\n"in two"}\r\n0\r\n\r\n');
    expect(await connection.read(/\}$/)).toContain('"title":"in two"');
    connection.terminate();
  });

  test("a body that says its length in two ways is refused, because two readers could see two requests", async () => {
    const { port } = start();
    const reply = await talk(
      port,
      `POST /api/tasks HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${await bearer()}\r\nContent-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      /\r\n\r\n/,
    );
    expect(reply).toStartWith("HTTP/1.1 400 ");
  });

  test("a client that goes away in the middle of its body is no error of the server", async () => {
    const { url, port, readLog } = start();
    const connection = await connect(port);
    connection.write(
      `POST /api/tasks HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${await bearer()}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"title":`,
    );
    await Bun.sleep(30);
    connection.terminate();
    const [line] = await readLog(1);
    expect(line?.status ?? 400).toBeLessThan(500);
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  test("two requests that come at once on one connection are answered in their order", async () => {
    const { port } = start();
    const connection = await connect(port);
    connection.write("GET /health HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: one\r\n\r\n");
    connection.write("GET /api/me HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: two\r\n\r\n");
    const reply = await connection.read(/two[^]*\}$/);
    connection.terminate();
    expect([...reply.matchAll(/^x-request-id: (.*)\r$/gim)].map(([, id]) => id)).toEqual(["one", "two"]);
  });

  test.each([
    ["a line break and a space", "a\r\n b"],
    ["a bare carriage return", "a\rb"],
    ["NUL", "a\0b"],
    ["a quote and more", 'a" onload="x'],
    ["129 letters", "x".repeat(129)],
  ])("an X-Request-Id with %s never comes back", async (_, id) => {
    const { port, readLog } = start();
    const reply = await talk(
      port,
      `GET /health HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: ${id}\r\n\r\n`,
      /\r\n\r\n/,
    );
    if (reply.startsWith("HTTP/1.1 400 ")) return;
    expect(reply).toStartWith("HTTP/1.1 200 ");
    expect(headerOf(reply, "x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect((await readLog(1)).map(({ request }) => request)).toEqual([headerOf(reply, "x-request-id") ?? ""]);
  });

  test("HEAD says the length that GET would have, or none (RFC 9110, 8.6)", async () => {
    const { port } = start();
    const get = await talk(port, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const head = await talk(port, "HEAD /health HTTP/1.1\r\nHost: localhost\r\n\r\n", /\r\n\r\n/);
    expect(head).toStartWith("HTTP/1.1 200 ");
    expect(head).toEndWith("\r\n\r\n");
    expect([undefined, headerOf(get, "content-length")]).toContain(headerOf(head, "content-length"));
  });

  test("a health check of HTTP/1.0, which names no host, is answered", async () => {
    const { port } = start();
    expect(await talk(port, "GET /health HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.[01] 200 /);
  });

  test("a request for an address of another host is this server's all the same where others reach it", async () => {
    const { port } = start({ host: "0.0.0.0" });
    const reply = await talk(port, "GET http://evil.test/api/tasks HTTP/1.1\r\nHost: evil.test\r\n\r\n");
    expect(reply).toStartWith("HTTP/1.1 401 ");
  });

  test("a Link and a Location never name a host, which a client could have made up", async () => {
    const { port } = start({ host: "0.0.0.0" });
    const reply = await talk(
      port,
      `POST /api/tasks HTTP/1.1\r\nHost: evil.test\r\nX-Forwarded-Host: evil.test\r\nAuthorization: ${await bearer()}\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{"title":"x"}`,
    );
    expect(headerOf(reply, "location")).toStartWith("/api/tasks/");
    expect(reply).not.toContain("evil.test");
  });
});
