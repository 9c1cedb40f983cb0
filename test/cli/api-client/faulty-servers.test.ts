import { describe, expect, test } from "bun:test";
import { PASSWORD } from "../../support/server/account-api.ts";
import { AUTHORITY, useFaultyServers } from "../../support/server/faulty-servers.ts";
import { type Device, type Online, useOnline } from "../../support/cli/online.ts";
import { drawPort } from "../../support/server/ports.ts";

const openOnline = useOnline();
const servers = useFaultyServers();

/** A command that asks a server, with what is typed for it. */
const COMMANDS: (readonly [words: readonly string[], ...typed: string[]])[] = [
  [["sessions"]],
  [["sessions", "revoke", "laptop"]],
  [["token", "list"]],
  [["token", "create", "ci"], PASSWORD],
  [["password"], PASSWORD, "nine quiet paper boats"],
  [["login", "--password"], "ada@example.com", PASSWORD],
  [["login", "--token", "-"], "todo_pat_other"],
  [["signup"], "ada@example.com", PASSWORD],
];

const MEGABYTE = 1_000_000;

/** A device that is logged in to a server of this machine, over the network. */
async function openLoggedIn(origin: string): Promise<{ online: Online; device: Device }> {
  const online = await openOnline();
  const device = online.device({ fetch: (url, init) => fetch(url, init) });
  device.configure({ server: origin });
  device.keep({ token: "todo_pat_kept", user: "ada" }, origin);
  return { online, device };
}

/** Fails the test unless the command says in one line that the server is out of reach, and leaves the login alone. */
async function expectOutOfReach(device: Device, run: () => ReturnType<Device["run"]>, why: string): Promise<void> {
  const before = device.credentials();
  const { code, out, err } = await run();
  expect([code, out]).toEqual([6, ""]);
  expect(err).toMatch(/^todo: [^\n]+\n( {2}[^\n]+\n)*$/);
  expect(err).toContain(why);
  expect(err).not.toMatch(/bug|todo_pat|kept/);
  expect(device.credentials()).toEqual(before);
}

async function expectAllOutOfReach(origin: string, why: string): Promise<void> {
  const { device } = await openLoggedIn(origin);
  for (const [words, ...typed] of COMMANDS) {
    device.type(...typed);
    await expectOutOfReach(device, () => device.run(...words), why);
  }
}

function problem(status: number, more: Readonly<Record<string, unknown>>, headers: Record<string, string> = {}) {
  const body = { type: "about:blank", title: "No", status, ...more };
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/problem+json", ...headers },
  });
}

const HTML = "<!DOCTYPE html><title>Welcome to Hotel Wifi</title>";
const page = (status: number) => new Response(HTML, { status, headers: { "content-type": "text/html" } });

/** What a server may answer that is none of ours. */
const STRANGE: [string, number, () => Response][] = [
  ["a page that asks for a login", 200, () => page(200)],
  ["nothing", 200, () => new Response("")],
  ["nothing, and that this is all", 204, () => new Response(null, { status: 204 })],
  ["half of a JSON", 200, () => new Response('[{"id":"01a1f983')],
  ["JSON of another program", 200, () => Response.json({ ok: true, data: [] })],
  ["an error of another program", 400, () => Response.json({ error: "invalid_request" }, { status: 400 })],
  ["null", 200, () => Response.json(null)],
  ["bytes", 200, () => new Response(new Uint8Array([0xff, 0xfe, 0x00, 0x7b]))],
  ["a page about a fault", 500, () => page(500)],
  ["a page about maintenance", 503, () => page(503)],
  ["a page that it is asked too often", 429, () => page(429)],
  ["a page that it knows no such address", 404, () => page(404)],
  ["a page that nobody may see this", 403, () => page(403)],
  ["a page that asks for another login", 401, () => page(401)],
  ["a fault without a word", 500, () => new Response("", { status: 500 })],
];

describe("a server that answers", () => {
  test.each(STRANGE)("%s is said to be no todo server (status %d)", async (_, status, answer) => {
    const { origin } = servers.answering(answer);
    const why = `does not answer like a todo server (status ${status})\n  Check the URL.`;
    // Some commands are content with the answer that there is nothing to say.
    if (status !== 204) return expectAllOutOfReach(origin, why);
    const { device } = await openLoggedIn(origin);
    await expectOutOfReach(device, () => device.run("sessions"), why);
  });

  test("that something broke there is not said to be a bug here", async () => {
    const { origin } = servers.answering(() => problem(500, { code: "internal", request_id: "r1" }));
    await expectAllOutOfReach(origin, `todo: ${new URL(origin).host}: No\n`);
  });

  test.each([
    [429, "rate_limited"],
    [503, "unavailable"],
  ])("that it has no time says until when (status %d, %s)", async (status, code) => {
    const { origin } = servers.answering(() => problem(status, { code, detail: "not now" }, { "retry-after": "7" }));
    await expectAllOutOfReach(origin, `: not now\n  Try again in 7 seconds.\n`);
  });

  test.each(["", "0", "-5", "1e999", "Infinity", "Fri, 20 Nov 2026 09:00:00 GMT", "soon"])(
    "that it is asked too often, until %j",
    async (until) => {
      const { origin } = servers.answering(() => problem(429, { code: "rate_limited" }, { "retry-after": until }));
      const { device } = await openLoggedIn(origin);
      expect(await device.run("sessions")).toEqual({ code: 6, out: "", err: `todo: ${new URL(origin).host}: No\n` });
    },
  );
});

describe("a proxy in front of the server", () => {
  test.each([
    [502, "is behind a proxy that does not reach it (status 502)\n  Start the server"],
    [504, "is behind a proxy that does not reach it (status 504)\n  Start the server"],
    [413, "is behind a proxy that refuses long requests (status 413)\n  Raise its limit"],
  ])("that answers itself is told from the server (status %d)", async (status, why) => {
    await expectAllOutOfReach(servers.answering(() => page(status)).origin, why);
  });

  test.each(["gzip", "zstd"])("that breaks the coding %s of a reply is named, in our words alone", async (coding) => {
    const { origin } = servers.answering(() => new Response("[]", { headers: { "content-encoding": coding } }));
    await expectAllOutOfReach(origin, "sends a reply that can't be unpacked\n  A proxy");
  });

  test.each([
    ["gzip", Bun.gzipSync("[]")],
    ["zstd", Bun.zstdCompressSync("[]")],
  ] as const)("may send %s", async (coding, body) => {
    const answer = () =>
      new Response(new Uint8Array(body), {
        headers: { "content-encoding": coding, "content-type": "application/json" },
      });
    const { device } = await openLoggedIn(servers.answering(answer).origin);
    expect((await device.run("token", "list", "--json")).out).toBe("[]\n");
  });

  test("can't fill the memory with a reply that unpacks to more than is read", async () => {
    const bomb = Bun.gzipSync(new Uint8Array(20 * MEGABYTE).fill(32));
    const answer = () => new Response(bomb, { headers: { "content-encoding": "gzip" } });
    const { device } = await openLoggedIn(servers.answering(answer).origin);
    await expectOutOfReach(device, () => device.run("sessions"), "does not answer like a todo server");
  });
});

describe("a proxy on the way", () => {
  test.each(["403 Forbidden", "407 Proxy Authentication Required", "502 Bad Gateway"])(
    "that answers %s to CONNECT is named",
    async (refusal) => {
      const port = servers.speaking((socket) => void socket.end(`HTTP/1.1 ${refusal}\r\nContent-Length: 0\r\n\r\n`));
      const online = await openOnline();
      const proxied = { proxy: `http://127.0.0.1:${port}` };
      const device = online.device({ fetch: (url, init) => fetch(url, { ...init, ...proxied }) });
      device.configure({ server: "https://todo.example.com" });
      device.keep({ token: "todo_pat_kept", user: "ada" }, "https://todo.example.com");
      const { code, err } = await device.run("token", "list");
      expect(code).toBe(6);
      expect(err).toStartWith(
        `todo: todo.example.com can't be reached: the proxy refuses to connect (status ${refusal.slice(0, 3)})\n`,
      );
    },
  );
});

describe("a server that can't be reached", () => {
  test.each(["HTTPS_PROXY", "https_proxy"])("may be behind the proxy that %s names", async (variable) => {
    const online = await openOnline();
    const device = online.device({
      fetch: () => Promise.reject(new Error("refused")),
      env: { [variable]: "http://127.0.0.1:1" },
    });
    const failAt = async (origin: string) => {
      device.configure({ server: origin });
      device.keep({ token: "todo_pat_kept", user: "ada" }, origin);
      return (await device.run("token", "list")).err;
    };
    expect(await failAt("https://todo.example.com")).toContain(
      `  Check the URL, your network, and the proxy that ${variable} names. Your tasks`,
    );
    expect(await failAt("http://localhost:8787")).toContain("  Check the URL and your network. Your tasks");
  });
});

describe("a certificate", () => {
  /** What a command says of a server with this certificate, which the authority of the tests may have signed. */
  async function failAt(name: string, isTrusting: boolean): Promise<string> {
    const { origin } = servers.certified(name);
    const trust = isTrusting ? { tls: { ca: await AUTHORITY.text() } } : {};
    const online = await openOnline();
    const device = online.device({ fetch: (url, init) => fetch(url, { ...init, ...trust }) });
    device.configure({ server: origin });
    device.keep({ token: "todo_pat_kept", user: "ada" }, origin);
    const { code, err } = await device.run("token", "list");
    expect(code).toBe(name === "good" && isTrusting ? 0 : 6);
    return err.replace(new URL(origin).host, "HOST");
  }

  test.each([
    ["expired", true, "has a certificate that has expired\n  Renew it on the server, unless the clock of this machine"],
    ["future", true, "has a certificate that is not valid yet\n  Renew it on the server, unless the clock"],
    ["other", true, "has a certificate for another name\n  Use the name"],
    ["self", true, "has a certificate that it signed itself\n  If it is your own server, name"],
    ["good", false, "has a certificate of an authority that this machine does not know\n  If it is your own authority"],
  ])("that is %s is told from the others", async (name, isTrusting, why) => {
    expect(await failAt(name, isTrusting)).toStartWith(`todo: HOST ${why}`);
  });

  test("that is good is accepted", async () => {
    expect(await failAt("good", true)).not.toContain("certificate");
  });
});

describe("an answer without an end", () => {
  /** Pieces of a JSON that goes on, and how many bytes of it were asked for. */
  function createFlood() {
    const sent = { bytes: 0 };
    const piece = new TextEncoder().encode(`"${"x".repeat(65_533)}",`);
    const answer = () =>
      new Response(
        new ReadableStream({
          start: (controller) => controller.enqueue(new TextEncoder().encode("[")),
          pull: (controller) => {
            sent.bytes += piece.length;
            controller.enqueue(piece);
            if (sent.bytes > 100 * MEGABYTE) controller.close();
          },
        }),
      );
    return { sent, answer };
  }

  test("is read for some megabytes and no more", async () => {
    const { sent, answer } = createFlood();
    const { device } = await openLoggedIn(servers.answering(answer).origin);
    await expectOutOfReach(device, () => device.run("sessions"), "does not answer like a todo server");
    // What the two sides have on the way counts as well.
    expect(sent.bytes).toBeLessThan(50 * MEGABYTE);
  });

  test("is waited for for 20 seconds, whether nothing comes or only its beginning", async () => {
    const silent = servers.answering(() => new Promise<never>(() => undefined));
    const slow = servers.answering(
      () =>
        new Response(new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode("[")) })),
    );
    for (const { origin } of [silent, slow]) {
      const { online, device } = await openLoggedIn(origin);
      const begin = device.setup.now;
      await expectOutOfReach(
        device,
        () => online.hurry(() => device.run("sessions")),
        `todo: ${new URL(origin).host} does not answer\n`,
      );
      expect(device.setup.now - begin).toBe(20_000);
    }
  });
});

describe("what is no server", () => {
  test("can't be reached", async () => {
    await expectAllOutOfReach(`http://localhost:${drawPort()}`, " can't be reached\n  Check the URL and your network.");
  });

  test.each<[string, string]>([
    ["garbage", "\u0000\u0001\u0002 this is no HTTP\r\n\r\n"],
    ["half of a head", "HTTP/1.1 200 OK\r\nContent-Le"],
    ["less than it says", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n[]"],
    ["pieces that are none", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]\r\n0\r\n\r\n"],
    ["a greeting", "220 mail.example.com ESMTP\r\n"],
  ])("where it says %s", async (_, text) => {
    const port = servers.speaking((socket) => void socket.end(text));
    for (const [scheme, why] of [
      ["http", "can't be reached"],
      ["https", "does not speak TLS at this port"],
    ]) {
      const { device } = await openLoggedIn(`${scheme}://localhost:${port}`);
      await expectOutOfReach(device, () => device.run("sessions"), `todo: localhost:${port} ${why}\n`);
    }
  });

  test("where it hangs up", async () => {
    const port = servers.speaking((socket) => socket.terminate());
    await expectAllOutOfReach(`http://localhost:${port}`, " can't be reached\n");
  });
});

describe("a redirect", () => {
  test.each([301, 302, 303, 307, 308])(
    "with status %d is not followed, with no token and no password",
    async (status) => {
      const elsewhere = servers.answering(() => Response.json([]));
      const { port } = new URL(elsewhere.origin);
      for (const location of [
        `${elsewhere.origin}/api/x`,
        `//localhost:${port}/`,
        "/login",
        "https://evil.test/",
        "ftp://x",
        "",
      ]) {
        const { origin, requests } = servers.answering(() => new Response("", { status, headers: { location } }));
        const { device } = await openLoggedIn(origin);
        for (const [words, ...typed] of COMMANDS) {
          device.type(...typed);
          await expectOutOfReach(device, () => device.run(...words), "");
        }
        expect(requests).toHaveLength(COMMANDS.length);
      }
      expect(elsewhere.requests).toEqual([]);
    },
  );

  test("is named, because the address is most likely another one", async () => {
    const { origin } = servers.answering(() => Response.redirect("https://www.example.com/", 301));
    await expectAllOutOfReach(origin, `todo: ${new URL(origin).host} redirects to another address\n  Check the URL`);
  });
});
