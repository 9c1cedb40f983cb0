import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { TodoError } from "../../../src/domain/errors.ts";
import { readAddress } from "../../../src/server/limits/client-address.ts";
import type { ServerDeps } from "../../../src/server/request-context.ts";
import { createRateLimit, perMinute } from "../../../src/server/limits/rate-limit.ts";
import { type Api, type Ask, useApis } from "../../support/server/api.ts";
import { useFreshPaths } from "../../support/disks/scratch.ts";

const openApi = useApis();
const freshPath = useFreshPaths();

/** The statuses of this many requests, one after the other. */
async function knock(api: Api, times: number, ask: Ask = {}, path = "/api/tasks"): Promise<number[]> {
  const statuses: number[] = [];
  for (let time = 0; time < times; time += 1) statuses.push((await api.ask("GET", path, ask)).status);
  return statuses;
}

describe("the limit of requests of one user", () => {
  const open = (limit: number) => openApi(({ now }) => ({ limitUser: createRateLimit(perMinute(limit), now) }));

  test("answers 429 with the seconds to wait, after which a request passes", async () => {
    const api = open(3);
    expect(await knock(api, 4)).toEqual([200, 200, 200, 429]);
    const { status, headers, body } = await api.ask("GET", "/api/me");
    expect([status, body.code, headers.get("retry-after")]).toEqual([429, "rate_limited", "20"]);
    api.clock.now += 19_999;
    expect(await knock(api, 1)).toEqual([429]);
    api.clock.now += 1;
    expect(await knock(api, 2)).toEqual([200, 429]);
    api.clock.now += 60_000;
    expect(await knock(api, 4)).toEqual([200, 200, 200, 429]);
  });

  test("is each user's own, whatever address and token the requests come with", async () => {
    const api = open(2);
    expect(await knock(api, 1, { peer: "192.0.2.1" })).toEqual([200]);
    expect(await knock(api, 1, { peer: "192.0.2.2", claims: { scope: "tasks:read" } })).toEqual([200]);
    expect(await knock(api, 1, { peer: "192.0.2.3", claims: { jti: "other" } })).toEqual([429]);
    expect(await knock(api, 3, { as: "ben" })).toEqual([200, 200, 429]);
  });

  test("counts requests that are refused later, and not those of who has no token", async () => {
    const api = open(4);
    expect(await knock(api, 5, { as: null })).toEqual([401, 401, 401, 401, 401]);
    expect(await knock(api, 1, {}, "/api/tasks?x=1")).toEqual([400]);
    expect(await knock(api, 1, {}, "/api/nothing")).toEqual([404]);
    expect((await api.ask("POST", "/api/me")).status).toBe(405);
    expect((await api.ask("POST", "/api/tasks", { claims: { scope: "" } })).status).toBe(403);
    expect(await knock(api, 1)).toEqual([429]);
  });

  test("is not that of the public routes", async () => {
    expect(await knock(open(1), 3, {}, "/health")).toEqual([200, 200, 200]);
  });

  test("changes nothing where it refuses", async () => {
    const api = open(1);
    await api.add({ title: "One" });
    expect((await api.ask("POST", "/api/tasks", { json: { title: "Other" } })).status).toBe(429);
    api.clock.now += 60_000;
    expect((await api.ask("GET", "/api/tasks")).body).toHaveLength(1);
  });
});

describe("the limit of requests from one address", () => {
  const open = (limit: number, isTrustedProxy: ServerDeps["isTrustedProxy"] = () => false) =>
    openApi(({ now }) => ({ limitAddress: createRateLimit(perMinute(limit), now), isTrustedProxy }));

  test("counts every request, of whichever user and on whichever path", async () => {
    const api = open(4);
    const peer = "192.0.2.1";
    expect(await knock(api, 1, { peer, as: "ann" })).toEqual([200]);
    expect(await knock(api, 1, { peer, as: null })).toEqual([401]);
    expect(await knock(api, 1, { peer, as: null }, "/nothing")).toEqual([404]);
    expect(await knock(api, 1, { peer, as: null }, "/health")).toEqual([200]);
    const { status, headers, body } = await api.ask("GET", "/api/tasks", { peer, as: "ben" });
    expect([status, body.code, headers.get("retry-after")]).toEqual([429, "rate_limited", "15"]);
    expect((await api.send("GET", "/docs", { peer, as: null })).status).toBe(429);
    api.clock.now += 15_000;
    expect(await knock(api, 2, { peer })).toEqual([200, 429]);
  });

  test("is each address's own, in IPv6 each network's that one client has", async () => {
    const api = open(1);
    for (const peer of ["192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8:0:1::1"]) {
      expect(await knock(api, 2, { peer })).toEqual([200, 429]);
    }
    for (const peer of ["2001:db8::2", "2001:DB8:0:0:ffff::", "2001:db8:0:1:2:3:4:5", "::ffff:192.0.2.1"]) {
      expect(await knock(api, 1, { peer })).toEqual([429]);
    }
  });

  test("is that of the socket where no proxy is known, whatever X-Forwarded-For says", async () => {
    const api = open(1);
    const from = (hops: string) => ({ peer: "192.0.2.1", headers: { "x-forwarded-for": hops } });
    expect(await knock(api, 1, from("198.51.100.1"))).toEqual([200]);
    expect(await knock(api, 1, from("198.51.100.2"))).toEqual([429]);
    expect(await knock(api, 1, { ...from("198.51.100.1"), peer: "192.0.2.2" })).toEqual([200]);
  });

  test("is behind proxies that of whom they saw, whatever that one says of itself", async () => {
    const api = open(1, (address) => address.startsWith("10."));
    const from = (hops: string, peer = "10.0.0.1") => ({ peer, headers: { "x-forwarded-for": hops } });
    expect(await knock(api, 2, from("203.0.113.9, 198.51.100.7, 10.0.0.2"))).toEqual([200, 429]);
    for (const spoofed of ["", "192.0.2.77, ", "192.0.2.78, 192.0.2.79, ", "garbage,, ", "10.0.0.9, "]) {
      expect(await knock(api, 1, from(`${spoofed}198.51.100.7`))).toEqual([429]);
    }
    expect(await knock(api, 1, from("198.51.100.7", "10.0.0.3"))).toEqual([429]);
    expect(await knock(api, 1, from("198.51.100.8"))).toEqual([200]);
  });

  test("is one for all where no address is known", async () => {
    expect(await knock(open(1), 2)).toEqual([200, 429]);
  });

  test("is reached by who tries tokens, and so is not theirs to use up", async () => {
    const api = open(3);
    const headers = { authorization: "Bearer a.b.c" };
    expect(await knock(api, 4, { peer: "192.0.2.1", as: null, headers })).toEqual([401, 401, 401, 429]);
    expect(await knock(api, 1, { peer: "192.0.2.2" })).toEqual([200]);
  });
});

describe("the address of a request", () => {
  const PEER = "10.0.0.1";
  const isTen = (address: string) => /^(?:::ffff:)?10\./.test(address);
  const nobody = () => false;
  const everybody = () => true;

  function read(hops: string | readonly string[] | undefined, isTrustedProxy = isTen, peer: string | undefined = PEER) {
    const headers = new Headers();
    for (const line of hops === undefined ? [] : [hops].flat()) headers.append("x-forwarded-for", line);
    const request = new Request("http://localhost/", { headers });
    return readAddress({ request, deps: { isTrustedProxy }, readPeer: () => peer });
  }

  test.each([
    ["of the socket where the header is missing", undefined, PEER],
    ["of the socket where it is empty", "", PEER],
    ["of the socket where nothing is in it", " , ,", PEER],
    ["of the socket where the last element is no address", "198.51.100.7, unknown", PEER],
    ["of the socket where the last element is empty", "198.51.100.7,", PEER],
    ["of the last element", "203.0.113.9, 198.51.100.7", "198.51.100.7"],
    ["of the last element without spaces", "203.0.113.9,198.51.100.7", "198.51.100.7"],
    ["of the last element with many of them", "203.0.113.9 ,\t 198.51.100.7\t ", "198.51.100.7"],
    ["of the last that is not trusted", "203.0.113.9, 198.51.100.7, 10.0.0.3, 10.0.0.2", "198.51.100.7"],
    ["of the last that is not trusted, although one before it is", "10.0.0.9, 198.51.100.7, 10.0.0.2", "198.51.100.7"],
    ["of the leftmost where all are trusted", "10.0.0.4, 10.0.0.3, 10.0.0.2", "10.0.0.4"],
    ["of the last proxy before what is no address", "198.51.100.7, unknown, 10.0.0.3, 10.0.0.2", "10.0.0.3"],
    ["of the last proxy before what is empty", "198.51.100.7, , 10.0.0.2", "10.0.0.2"],
    ["of the last proxy before a name", "198.51.100.7, proxy.test, 10.0.0.2", "10.0.0.2"],
    ["of the last proxy before a number", "198.51.100.7, 10, 10.0.0.2", "10.0.0.2"],
    ["in IPv6", "203.0.113.9, 2001:db8::7", "2001:db8::7"],
    ["behind a proxy that is mapped into IPv6", "198.51.100.7, ::ffff:10.0.0.2", "198.51.100.7"],
    ["without its port", "198.51.100.7:567, 10.0.0.2:80", "198.51.100.7"],
    ["in IPv6 without its port", "[2001:db8::7]:567", "2001:db8::7"],
    ["in IPv6 without its brackets", "[2001:db8::7]", "2001:db8::7"],
    ["of several headers as of one", ["203.0.113.9", "198.51.100.7, 10.0.0.3", "10.0.0.2"], "198.51.100.7"],
    ["of several headers the first where all are trusted", ["10.0.0.4", "10.0.0.3"], "10.0.0.4"],
    ["of several headers down to an empty one", ["198.51.100.7", "", "10.0.0.2"], "10.0.0.2"],
  ])("is that %s: %j", (_, hops, address) => expect(read(hops)).toBe(address));

  test("is that of the proxy where its own socket is mapped into IPv6", () => {
    expect(read("198.51.100.7", isTen, "::ffff:10.0.0.1")).toBe("198.51.100.7");
    expect(read("198.51.100.7", isTen, "::ffff:192.0.2.1")).toBe("::ffff:192.0.2.1");
  });

  test("is looked for in the last 20 elements only", () => {
    const proxies = (count: number) => Array.from({ length: count }, (_, at) => `10.0.1.${count - at}`).join(", ");
    expect(read(`198.51.100.7, ${proxies(19)}`)).toBe("198.51.100.7");
    expect(read(`198.51.100.7, ${proxies(20)}`)).toBe("10.0.1.20");
    expect(read(`${"10.0.0.9,".repeat(100_000)}198.51.100.7`)).toBe("198.51.100.7");
  });

  test("is nothing where no socket is known, and then nobody is believed", () => {
    const request = new Request("http://localhost/", { headers: { "x-forwarded-for": "198.51.100.7" } });
    expect(readAddress({ request, deps: { isTrustedProxy: isTen }, readPeer: () => undefined })).toBe("");
  });

  const trustedAddress = fc.ipV4().map((each) => each.replace(/^\d+/, "10"));
  const address = fc.oneof(fc.ipV4(), fc.ipV6(), trustedAddress);
  const otherAddress = address.filter((each) => !isTen(each));
  const element = fc.oneof(
    address,
    fc.constantFrom("", " ", "unknown", "10", ":", "[]", "[::1", "[::1]:1", "1.2.3.4:5", "10.0.0.1:9", "_hidden"),
    fc.string({ unit: fc.constantFrom(..."0123456789abcdef.:[]% ".split("")), maxLength: 20 }),
  );
  const hops = fc.array(element, { maxLength: 30 });

  test("is that of the socket, whatever the header says, where that is not trusted", () => {
    const strangers = fc.oneof(fc.tuple(address, fc.constant(nobody)), fc.tuple(otherAddress, fc.constant(isTen)));
    fc.assert(
      fc.property(strangers, hops, ([peer, isTrusted], said) => {
        expect(read(said.join(), isTrusted, peer)).toBe(peer);
      }),
    );
  });

  test("is always the socket's or one that stands in the header", () => {
    fc.assert(
      fc.property(address, hops, fc.constantFrom(nobody, everybody, isTen), (peer, said, isTrusted) => {
        const found = read(said.join(), isTrusted, peer);
        expect([peer, ...said.slice(-20)].some((each) => each.includes(found))).toBe(true);
      }),
    );
  });

  test("is not chosen by the client, whatever it writes before what the proxies append", () => {
    const appended = fc.array(trustedAddress, { maxLength: 10 });
    fc.assert(
      fc.property(hops, otherAddress, appended, (said, client, proxies) => {
        expect(read([...said, client, ...proxies].join(", "))).toBe(client);
      }),
    );
  });
});

describe("a token", () => {
  const WRITES = [
    ["POST", "/api/tasks", { title: "x" }],
    ["PUT", "/api/tasks/{id}", { title: "x" }],
    ["PATCH", "/api/tasks/{id}", { title: "x" }],
    ["PATCH", "/api/tasks/{id}/complete", undefined],
    ["DELETE", "/api/tasks/{id}", undefined],
    ["POST", "/api/tasks/{id}/restore", undefined],
  ] as const;

  test.each([
    ["tasks:read", 200],
    ["", 403],
    ["tasks:writes", 403],
    ["TASKS:WRITE", 403],
    ["xtasks:write", 403],
    ["tasks", 403],
    ["openid profile email", 403],
  ])(
    "with the scope %j is 403 for each write, which then changes nothing, and %d for each read",
    async (scope, reads) => {
      const api = openApi();
      const task = await api.add();
      const claims = { scope };
      for (const [method, path, json] of WRITES) {
        const { status, headers, body } = await api.ask(method, path.replace("{id}", task.id), { claims, json });
        expect([status, body.code]).toEqual([403, "insufficient_scope"]);
        expect(headers.get("www-authenticate")).toBe('Bearer error="insufficient_scope", scope="tasks:write"');
      }
      for (const path of ["/api/tasks", `/api/tasks/${task.id}`, "/api/me/export"]) {
        expect((await api.ask("GET", path, { claims })).status).toBe(reads);
      }
      expect((await api.ask("GET", "/api/tasks")).body).toEqual([task]);
    },
  );

  test.each([{ scope: "tasks:write" }, { scope: "openid tasks:write tasks:read" }, {}])(
    "with %j does everything",
    async (claims) => {
      const api = openApi();
      const { id } = await api.add();
      for (const [method, path, json] of WRITES) {
        const { status } = await api.ask(method, path.replace("{id}", id), { claims, json });
        expect(status).toBeLessThan(300);
      }
    },
  );

  test("that lets nobody write is told so before anything of the request is looked at", async () => {
    const claims = { scope: "tasks:read" };
    for (const [method, path] of WRITES) {
      const malformed = `${path.replace("{id}", "1")}?unknown=1`;
      const ask = method === "DELETE" ? { claims } : { claims, text: "{" };
      expect((await openApi().ask(method, malformed, ask)).status).toBe(403);
    }
  });

  test.each([
    ["malformed", "Bearer abc"],
    ["of another scheme", "Basic YW5uOng="],
    ["with nothing behind Bearer", "Bearer"],
    [
      "without a signature",
      `Bearer ${btoa('{"alg":"none"}').replaceAll("=", "")}.${btoa('{"sub":"ann"}').replaceAll("=", "")}.`,
    ],
  ])("that is %s is 401, and says not why", async (_, authorization) => {
    const { status, headers, body } = await openApi().ask("GET", "/api/tasks", {
      as: null,
      headers: { authorization },
    });
    expect([status, body.code, body.detail]).toEqual([401, "unauthorized", "the token is not valid"]);
    expect(headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
  });

  test("that is absent is 401 with no more than the scheme that is asked for", async () => {
    const { headers, body } = await openApi().ask("GET", "/api/tasks", { as: null });
    expect([headers.get("www-authenticate"), body.detail]).toEqual(["Bearer", "a token is needed"]);
  });

  test("that can't be checked because the keys are away is 503, with Retry-After", async () => {
    const away = () =>
      Promise.reject(new TodoError("unavailable", "https://auth.test/jwks is away", { retryAfter: 7 }));
    const { status, headers, body } = await openApi({ authenticate: away }).ask("GET", "/api/tasks");
    expect([status, body.code, headers.get("retry-after")]).toEqual([503, "unavailable", "7"]);
    expect(JSON.stringify(body)).not.toContain("auth.test");
  });
});

describe("a user who was never seen before", () => {
  function openFile() {
    const path = freshPath();
    const api = openApi({ store: openSqlite(path).store });
    const readUsers = () => {
      const raw = new Database(path, { readonly: true });
      try {
        return raw
          .query<{ id: string }, []>("select id from users order by id")
          .all()
          .map(({ id }) => id);
      } finally {
        raw.close(true);
      }
    };
    return { api, readUsers };
  }

  test("is known from the first request on, even one that only reads, and once", async () => {
    const { api, readUsers } = openFile();
    expect(readUsers()).toEqual([]);
    expect((await api.ask("GET", "/api/me")).status).toBe(200);
    expect(readUsers()).toEqual(["ann"]);
    await Promise.all(Array.from({ length: 5 }, () => api.ask("GET", "/api/tasks", { as: "ben" })));
    expect(readUsers()).toEqual(["ann", "ben"]);
    await api.add({}, "ben");
    await api.add({}, "cat");
    expect(readUsers()).toEqual(["ann", "ben", "cat"]);
  });

  test("is not known from a request without a good token, on a public route or beyond the limit", async () => {
    const { api, readUsers } = openFile();
    await api.ask("GET", "/api/tasks", { as: null });
    await api.ask("GET", "/api/tasks", { as: null, headers: { authorization: "Bearer a.b.c" } });
    await api.ask("GET", "/health");
    const limited = openApi(({ now }) => {
      const limitUser = createRateLimit(perMinute(1), now);
      limitUser.consume(() => "cat");
      return { store: api.store, limitUser };
    });
    expect((await limited.ask("GET", "/api/tasks", { as: "cat" })).status).toBe(429);
    expect(readUsers()).toEqual([]);
  });

  test("has an empty list, and does nothing to those who are there", async () => {
    const { api } = openFile();
    const task = await api.add();
    expect((await api.ask("GET", "/api/tasks", { as: "new" })).body).toEqual([]);
    expect((await api.ask("GET", "/api/tasks")).body).toEqual([task]);
  });
});
