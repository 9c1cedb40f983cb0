import { afterEach, describe, expect, test } from "bun:test";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { useHomes } from "../../support/cli/home.ts";
import { eventually, refuseServer, request, startServer, tokenOf } from "../../support/server/server.ts";

const newHome = useHomes();

const SECRET = "Vq3kT8wZr1XyN6mB4cJ7hL2pF9sD5gAe";
/** Reserved for documentation (RFC 5737), so no machine has it. */
const FOREIGN = "203.0.113.7";
const HAS_IPV6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === "::1"),
);

const others: { close: () => unknown }[] = [];
afterEach(() => {
  for (const other of others.splice(0)) other.close();
});

/** A port of this machine's that another program has. */
async function takePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const other = createServer().listen(0, "127.0.0.1", resolve);
  others.push(other);
  await promise;
  const address = other.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** A port that nobody has, at least a moment ago. */
async function freePort(): Promise<number> {
  const port = await takePort();
  others.pop()?.close();
  return port;
}

describe("`todo serve --port 0`", () => {
  test("listens on 127.0.0.1 and prints the port that it got, and nothing else", async () => {
    const home = newHome();
    const server = await startServer(home);
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/);
    expect(await server.ask("GET", "/health")).toMatchObject({ status: 200, body: { status: "ok" } });
    expect(await server.ask("GET", "/ready")).toMatchObject({ status: 200, body: { status: "ok" } });
    await eventually("both are in the log", () => server.log().length === 2);
    expect((await server.kill("SIGTERM")).out).toBe(`Listening on ${server.url}\n`);
  });

  test.each([
    [["--json"], /^\{"url":"(http:\/\/127\.0\.0\.1:\d+)"\}\n$/],
    [["--quiet"], /^(http:\/\/127\.0\.0\.1:\d+)\n$/],
  ])("prints it for programs with %p", async (flags, form) => {
    const child = newHome().start({ args: ["serve", "--port", "0", ...flags] });
    const { value = new Uint8Array() } = await child.stdout.getReader().read();
    const [, url = ""] = form.exec(new TextDecoder().decode(value)) ?? [];
    expect((await request(`${url}/health`, "GET", {})).status).toBe(200);
  });

  test("takes the host and the port from the environment, and flags go before it", async () => {
    const [home, port] = [newHome(), await freePort()];
    const server = await startServer(home, { args: [], env: { HOST: "localhost", PORT: String(port) } });
    expect(server.url).toBe(`http://localhost:${port}`);
    expect((await server.ask("GET", "/health")).status).toBe(200);
    const env = { HOST: FOREIGN, PORT: String(port) };
    const other = await startServer(home, { args: ["--host", "127.0.0.1", "--port", "0"], env });
    expect((await other.ask("GET", "/health")).status).toBe(200);
  });

  test.skipIf(!HAS_IPV6).each(["::1", "[::1]"])(
    "listens on %s and prints an address that can be opened",
    async (host) => {
      const server = await startServer(newHome(), { args: ["--host", host, "--port", "0"] });
      expect(server.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
      expect((await server.ask("GET", "/health")).status).toBe(200);
    },
  );

  test("serves others with a secret that only its user can read, and says how to be the first one there", async () => {
    const home = newHome();
    const server = await startServer(home, { args: ["--host", "0.0.0.0", "--port", "0"] });
    const token = (await home.run({ args: ["token", "--quiet"] })).out.trim();
    const url = `http://127.0.0.1:${server.port}`;
    expect((await request(`${url}/api/me`, "GET", { token })).status).toBe(401);
    expect((await request(`${url}/health`, "GET", { headers: { host: "evil.test" } })).status).toBe(421);
    expect(statSync(`${home.db}.secret`).mode & 0o777).toBe(0o600);
    const { err } = await server.kill("SIGTERM");
    expect(err).toContain(`Others can reach this server. The secret of its accounts is kept in ${home.db}.secret`);
    expect(err).toContain(`Take it now: todo signup http://localhost:${server.port}`);
  });

  test("is not reached at another address of this machine", async () => {
    const { port } = await startServer(newHome());
    const addresses = Object.values(networkInterfaces()).flatMap((all = []) => all.map(({ address }) => address));
    for (const address of ["127.0.0.2", ...addresses.filter((each) => /^\d/.test(each) && each !== "127.0.0.1")]) {
      const [reached] = await Promise.allSettled([fetch(`http://${address}:${port}/health`)]);
      expect([address, reached.status]).toEqual([address, "rejected"]);
    }
  });
});

describe("`todo serve` does not start and says why", () => {
  test("where another program has the port", async () => {
    const [home, port] = [newHome(), await takePort()];
    const { exitCode, out, err } = await refuseServer(home, { args: ["--port", String(port)] });
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
    expect(err).toStartWith(`todo: can't listen on 127.0.0.1, port ${port}: another program has it\n  `);
    expect(readdirSync(home.path("data")).toSorted()).toEqual(["todo.db", "todo.db.secret"]);
  });

  test("where another `todo serve` has the port, which goes on as before", async () => {
    const [home, other] = [newHome(), newHome()];
    const server = await startServer(home);
    const { exitCode, out, err } = await refuseServer(other, { args: ["--port", String(server.port)] });
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
    expect(err).toStartWith(`todo: can't listen on 127.0.0.1, port ${server.port}: another program has it\n  `);
    expect((await server.ask("GET", "/ready")).status).toBe(200);
  });

  test.each(["70000", "65536", "-1", "x", "80.5", "0x50", " 80"])(
    "for --port %p, also in the environment",
    async (port) => {
      const home = newHome();
      for (const order of [{ args: ["--port", port] }, { args: [], env: { PORT: port } }]) {
        expect(await refuseServer(home, order)).toMatchObject({
          exitCode: 2,
          out: "",
          err: `todo: ${JSON.stringify(port)} is not a port\n  Ports are 0 to 65535.\n`,
        });
      }
      expect(readdirSync(home.path("data"))).toEqual([]);
    },
  );

  test("on an address that this machine doesn't have", async () => {
    const order = { args: ["--host", FOREIGN, "--port", "0"], env: { BETTER_AUTH_SECRET: SECRET } };
    const { exitCode, out, err } = await refuseServer(newHome(), order);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
    expect(err).toStartWith(`todo: can't listen on ${FOREIGN}, port 0: this machine has no such address\n  `);
    expect(err).toContain("--host");
  });

  test("where HOST is the name of a platform, as conda sets it", async () => {
    const home = newHome();
    const { exitCode, out, err } = await refuseServer(home, { env: { HOST: "x86_64-conda-linux-gnu" } });
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
    expect(err).toStartWith('todo: HOST in your environment is "x86_64-conda-linux-gnu"');
    expect(readdirSync(home.path("data"))).toEqual([]);
  });

  test.each([
    ["short", "fewer than 32 bytes"],
    ["a".repeat(31), "fewer than 32 bytes"],
    ["abcdefg".repeat(6), "fewer than 8 different characters"],
    ["change-me-change-me-change-me-change-me", "a known example"],
    [`${SECRET},short`, "fewer than 32 bytes"],
    [`${SECRET},`, "is empty"],
  ])("with the weak secret %p, from a variable or a file and on any address", async (secret, why) => {
    const home = newHome();
    writeFileSync(home.path("work", "secret"), `${secret}\n`);
    const file = home.path("work", "secret");
    const variables = [{ TODO_SECRET: secret }, { BETTER_AUTH_SECRET: secret }, { BETTER_AUTH_SECRET_FILE: file }];
    for (const env of variables.flatMap((each) => [each, { ...each, HOST: "0.0.0.0" }])) {
      const { exitCode, out, err } = await refuseServer(home, { env });
      expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
      expect(err).toContain(why);
      expect(err).toContain("openssl rand -base64 32");
      expect(err).not.toContain(secret);
    }
    expect(readdirSync(home.path("data"))).toEqual([]);
  });

  test.each([
    [{ TODO_CORS_ORIGINS: "https://app.example.com/" }, "TODO_CORS_ORIGINS"],
    [{ TODO_TRUSTED_PROXIES: "one" }, "TODO_TRUSTED_PROXIES"],
    [{ TODO_PROXIES: "1" }, "TODO_TRUSTED_PROXIES"],
    [{ TODO_USER_LIMIT: "-1" }, "TODO_USER_LIMIT"],
    [{ TODO_ADDRESS_LIMIT: "1.5" }, "TODO_ADDRESS_LIMIT"],
    [{ TODO_JWKS_URL: "https://auth.example.com/jwks" }, "TODO_JWT_ISSUER"],
    [{ TODO_JWT_LEEWAY: "61" }, "TODO_JWT_LEEWAY"],
    [{ BETTER_AUTH_SECRET_FILE: "/nowhere/secret" }, "BETTER_AUTH_SECRET_FILE"],
  ])("for the setting %p", async (env, name) => {
    const { exitCode, out, err } = await refuseServer(newHome(), { env });
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
    expect(err).toStartWith("todo: ");
    expect(err).toContain(name);
  });

  test("on a database that is none, which stays as it is", async () => {
    const home = newHome();
    writeFileSync(home.db, "my diary");
    const { exitCode, out, err } = await refuseServer(home);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: "" });
    expect(err).toStartWith(`todo: ${home.db}: `);
    expect(readFileSync(home.db, "utf8")).toBe("my diary");
  });
});

test("with a secret it listens on every address when told to", async () => {
  const [home, env] = [newHome(), { BETTER_AUTH_SECRET: SECRET }];
  const server = await startServer(home, { args: ["--host", "0.0.0.0", "--port", "0"], env });
  expect(server.url).toStartWith("http://0.0.0.0:");
  const token = await tokenOf(home, env);
  for (const address of ["127.0.0.1", "127.0.0.2"]) {
    const reply = await request(`http://${address}:${server.port}/api/tasks`, "GET", { token });
    expect(reply).toMatchObject({ status: 200, body: [] });
  }
  expect(readdirSync(home.path("data"))).not.toContain("todo.db.secret");
});
