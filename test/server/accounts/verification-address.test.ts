import { describe, expect, test } from "bun:test";
import { talk } from "../../support/server/raw-http.ts";
import { useStartedServers } from "../../support/server/started-servers.ts";

const start = useStartedServers();
/** A server that others reach, by whatever name. */
const REACHED = { host: "0.0.0.0" };

describe("where people let a device in", () => {
  const ask = (port: number, head: string) =>
    talk(port, `POST /api/auth/device ${head}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`);

  test.each([
    ["HTTP/1.1\r\nHost: todo.example.com\r\n", "http://todo.example.com/device"],
    ["HTTP/1.1\r\nHost: [::1]:8787\r\n", "http://[::1]:8787/device"],
    ["HTTP/1.1\r\nHost: todo.example.com\r\nX-Forwarded-Proto: https\r\n", "http://todo.example.com/device"],
    ["HTTP/1.1\r\nHost: todo.example.com\r\nX-Forwarded-Host: evil.example\r\n", "http://todo.example.com/device"],
  ])("is the host that the request names: %j", async (head, uri) => {
    expect(await ask(start(REACHED).port, head)).toContain(`"verification_uri":"${uri}"`);
  });

  test("is behind TLS where a proxy of ours says so", async () => {
    const { port } = start({ ...REACHED, env: { TODO_TRUSTED_PROXIES: "loopback" } });
    const head = "HTTP/1.1\r\nHost: todo.example.com\r\nX-Forwarded-Proto: ";
    expect(await ask(port, `${head}https\r\n`)).toContain('"verification_uri":"https://todo.example.com/device"');
    for (const word of ["http", "HTTPS://evil.example/", "javascript"]) {
      expect(await ask(port, `${head}${word}\r\n`)).toContain('"verification_uri":"http://todo.example.com/device"');
    }
  });

  test("is TODO_PUBLIC_URL, whatever the request says", async () => {
    const { port } = start({ ...REACHED, env: { TODO_PUBLIC_URL: "https://todo.example.com" } });
    for (const head of ["HTTP/1.0\r\n", "HTTP/1.1\r\nHost: evil.example\r\n"]) {
      const reply = await ask(port, head);
      expect(reply).toContain('"verification_uri":"https://todo.example.com/device"');
      expect(reply).toContain('"verification_uri_complete":"https://todo.example.com/device?user_code=');
    }
  });

  test.each(["HTTP/1.0\r\n", "HTTP/1.1\r\nHost:\r\n", "HTTP/1.1\r\nHost: a b\r\n", 'HTTP/1.1\r\nHost: "<x>\r\n'])(
    "is nowhere where no host is named, which is the client's fault: %j",
    async (head) => {
      const reply = await ask(start(REACHED).port, head);
      expect(reply).toStartWith("HTTP/1.1 400 ");
      expect(reply).toContain("the header Host must say where the request is sent to");
    },
  );
});
