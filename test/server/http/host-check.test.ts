import { describe, expect, test } from "bun:test";
import { ENDPOINTS } from "../../../src/server/endpoints.ts";
import { createHostCheck } from "../../../src/server/http/host-check.ts";
import { PAGE_PATHS } from "../../support/server/pages.ts";
import { EMAIL, PASSWORD } from "../../support/server/account-api.ts";
import { talk } from "../../support/server/raw-http.ts";
import { useStartedServers } from "../../support/server/started-servers.ts";

const start = useStartedServers();
const PUBLIC = "https://todo.example.com";

function isTaken(host: string, publicUrl: string | null = null, listening = "127.0.0.1", isUnnamed = false): boolean {
  const check = createHostCheck(listening, publicUrl, isUnnamed);
  const request = new Request("http://localhost/", { headers: { host } });
  try {
    check(request);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: "misdirected_request" });
    return false;
  }
}

describe("a server on a loopback address", () => {
  test.each(["127.0.0.1", "::1", "localhost", "127.0.0.2", "127.1", "0:0:0:0:0:0:0:1", "LOCALHOST"])(
    "takes names of this machine with any port, and no others: on %s",
    (listening) => {
      const own = ["localhost", "localhost:8787", "LocalHost:1", "localhost.", "a.b.localhost:80", "127.0.0.1:8787"];
      const more = ["127.9.9.9", "[::1]", "[::1]:8787", ""];
      expect([...own, ...more].filter((host) => !isTaken(host, null, listening))).toEqual([]);
      const foreign = ["evil.test", "evil.test:8787", "localhost.evil.test", "evillocalhost", "127.0.0.1.evil.test"];
      const odd = [
        "127.evil.test",
        "evil.test#localhost",
        "evil.test@localhost",
        "localhost:80:x",
        "192.168.0.1",
        "[::2]",
      ];
      const twice = [
        "localhost, evil.test",
        "evil.test, localhost",
        "a b",
        "todo.example.com",
        " ",
        "/",
        "localhost/x",
      ];
      expect(
        [...foreign, ...odd, ...twice].filter((host) => host.trim() !== "" && isTaken(host, null, listening)),
      ).toEqual([]);
    },
  );

  test("takes the name of its public URL too", () => {
    for (const host of ["todo.example.com", "TODO.example.com:443", "todo.example.com.", "localhost:8787"]) {
      expect([host, isTaken(host, PUBLIC)]).toEqual([host, true]);
    }
    for (const host of ["evil.test", "todo.example.com.evil.test", "x.todo.example.com"]) {
      expect([host, isTaken(host, PUBLIC)]).toEqual([host, false]);
    }
  });

  test("refuses a name after it took others, and takes them again", () => {
    const check = createHostCheck("127.0.0.1", null);
    const ask = (host: string) => check(new Request("http://localhost/", { headers: { host } }));
    for (let round = 0; round < 2; round += 1) {
      ask("localhost:1");
      expect(() => ask("evil.test")).toThrow();
      expect(() => ask("evil.test")).toThrow();
    }
  });

  test("makes no account for a page whose name leads here, whatever its headers say", async () => {
    const { port, accounts } = start({ env: { TODO_TRUSTED_PROXIES: "loopback" } });
    const json = JSON.stringify({ email: EMAIL, password: PASSWORD });
    const head = `Content-Type: application/json\r\nContent-Length: ${json.length}\r\n\r\n${json}`;
    const forged = "Origin: http://evil.test\r\nX-Forwarded-Host: localhost\r\nForwarded: host=localhost\r\n";
    const reply = await talk(port, `POST /api/auth/register HTTP/1.1\r\nHost: evil.test:${port}\r\n${forged}${head}`);
    expect(reply).toStartWith("HTTP/1.1 421 ");
    expect(reply).toContain('"code":"misdirected_request"');
    expect(reply).toContain("TODO_PUBLIC_URL");
    expect(await accounts.listAccounts()).toEqual([]);
    const own = await talk(port, `POST /api/auth/register HTTP/1.1\r\nHost: localhost:${port}\r\n${head}`);
    expect(own).toStartWith("HTTP/1.1 201 ");
  });

  test("refuses every route and page, those that are not there too", async () => {
    const { url } = start();
    const routes = [
      ...ENDPOINTS.map(({ method, path }) => [method.toUpperCase(), path.replace("{id}", "kqvz")] as const),
      ...PAGE_PATHS.map((path) => ["GET", path] as const),
      ["GET", "/nowhere"] as const,
      ["GET", "/api/nowhere"] as const,
      ["OPTIONS", "/api/tasks"] as const,
    ];
    const ask = async ([method, path]: readonly [string, string]) => {
      const { status, headers } = await fetch(url + path, { method, headers: { host: "evil.test" } });
      return [method, path, status, headers.get("content-type")];
    };
    expect(await Promise.all(routes.map(ask))).toEqual(
      routes.map(([method, path]) => [method, path, 421, "application/problem+json"]),
    );
  });
});

test("a server that others reach takes whatever name they have for it", () => {
  for (const listening of ["0.0.0.0", "192.0.2.1", "::", "todo.example.com"]) {
    expect(isTaken("evil.test", null, listening)).toBe(true);
  }
});

describe("a server that others reach and that nobody told a name", () => {
  const isTakenAtHome = (host: string, publicUrl: string | null = null) => isTaken(host, publicUrl, "0.0.0.0", true);

  test.each([
    "localhost:8787",
    "192.168.1.5:8787",
    "203.0.113.7:8787",
    "[fd12::1]:8787",
    "[2001:db8::1]",
    "raspberrypi.local:8787",
    "RaspberryPi.Local.:8787",
    "nas.lan",
    "nas.home.arpa:80",
    "raspberrypi:8787",
    "",
  ])("takes %p, which no page of the web has", (host) => expect(isTakenAtHome(host)).toBe(true));

  test.each([
    "evil.test",
    "evil.test:8787",
    "192.168.1.5.evil.test",
    "1.2.3.4.5",
    "[evil.test]",
    "a b",
    "nas.local.evil.test",
  ])("does not take %p, with which a page could be the first to sign up", (host) => {
    expect(isTakenAtHome(host)).toBe(false);
    expect(isTaken(host, null, "0.0.0.0")).toBe(true);
  });

  test("takes the name of its public URL, and the one that it listens on", () => {
    expect(isTakenAtHome("todo.example.com", PUBLIC)).toBe(true);
    expect(isTaken("nas.example.com:8787", null, "nas.example.com", true)).toBe(true);
  });
});
