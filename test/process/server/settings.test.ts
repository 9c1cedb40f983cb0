import { afterEach, describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { useHomes } from "../../support/cli/home.ts";
import { type Server, startServer, tokenOf } from "../../support/server/server.ts";
import { type KeyPair, makeKey, serveKeys, sign } from "../../services/tokens/issuer.ts";

const newHome = useHomes();

const OLD = "Vq3kT8wZr1XyN6mB4cJ7hL2pF9sD5gAe";
const NEW = "nD2mK9vQx7RfT4sWbY1zHc8LgJp3EuAo";
const [ISSUER, AUDIENCE] = ["https://auth.example.test", "https://todo.example.test"];

const keyServers: ReturnType<typeof serveKeys>[] = [];
afterEach(async () => {
  await Promise.all(keyServers.splice(0).map((each) => each.stop()));
});

/** The server of an issuer's public keys. */
function publish(...keys: readonly KeyPair[]): ReturnType<typeof serveKeys> {
  const keyServer = serveKeys(keys.map(({ jwk }) => jwk));
  keyServers.push(keyServer);
  return keyServer;
}

function claimsOf(user: string): Record<string, string | number> {
  const now = Math.floor(Date.now() / 1000);
  return { sub: user, iss: ISSUER, aud: AUDIENCE, iat: now, exp: now + 600 };
}

async function statusOf(server: Server, token: string): Promise<number> {
  return (await server.ask("GET", "/api/me", { token })).status;
}

/** A token of the CLI with the given secrets, the first of which signs it. It asks no server, because none runs on its database. */
function signedWith(secrets: string): Promise<string> {
  return tokenOf(newHome(), { BETTER_AUTH_SECRET: secrets });
}

describe("BETTER_AUTH_SECRET", () => {
  test("is what tokens are checked with, and no other secret is", async () => {
    const home = newHome();
    const local = await tokenOf(home);
    const server = await startServer(home, { env: { BETTER_AUTH_SECRET: NEW } });
    const tokens = [await signedWith(NEW), await signedWith(OLD), local];
    expect(await Promise.all(tokens.map((token) => statusOf(server, token)))).toEqual([200, 401, 401]);
  });

  test("may come from a file, with a line break at its end or without", async () => {
    const home = newHome();
    const token = await signedWith(NEW);
    for (const text of [NEW, `${NEW}\n`]) {
      writeFileSync(home.path("work", "secret"), text);
      const server = await startServer(home, { env: { BETTER_AUTH_SECRET_FILE: home.path("work", "secret") } });
      expect(await statusOf(server, token)).toBe(200);
    }
  });

  test("can be changed without a break: tokens of the old one are good while both are set and refused after", async () => {
    const home = newHome();
    const [old, fresh] = [await signedWith(OLD), await signedWith(`${NEW},${OLD}`)];
    const expected: [string, number, number][] = [
      [OLD, 200, 401],
      [`${NEW},${OLD}`, 200, 200],
      [NEW, 401, 200],
    ];
    for (const [secrets, ofOld, ofNew] of expected) {
      const server = await startServer(home, { env: { BETTER_AUTH_SECRET: secrets } });
      expect([secrets, await statusOf(server, old), await statusOf(server, fresh)]).toEqual([secrets, ofOld, ofNew]);
      expect((await server.kill("SIGTERM")).exitCode).toBe(0);
    }
  });

  test("goes with an issuer and an audience when those are set", async () => {
    const home = newHome();
    const env = { BETTER_AUTH_SECRET: NEW, TODO_JWT_ISSUER: ISSUER, TODO_JWT_AUDIENCE: AUDIENCE };
    const server = await startServer(home, { env });
    const tokens = [
      await tokenOf(home, env),
      await tokenOf(newHome(), { ...env, TODO_JWT_ISSUER: "https://other.test" }),
      await tokenOf(newHome(), { ...env, TODO_JWT_AUDIENCE: "https://other.test" }),
      await signedWith(NEW),
    ];
    expect(await Promise.all(tokens.map((token) => statusOf(server, token)))).toEqual([200, 401, 401, 401]);
  });
});

describe("TODO_JWKS_URL", () => {
  const settings = (url: string) => ({ TODO_JWKS_URL: url, TODO_JWT_ISSUER: ISSUER, TODO_JWT_AUDIENCE: AUDIENCE });

  test.each(["EdDSA", "ES256", "RS256"])("lets in who has a token that a key there made: %s", async (alg) => {
    const [key, other] = [await makeKey(alg, "key-1"), await makeKey(alg, "key-1")];
    const [home, keyServer] = [newHome(), publish(key)];
    const server = await startServer(home, { env: settings(keyServer.url) });
    const token = await sign(key, { ...claimsOf("ada"), email: "ada@example.test" });
    expect(await server.ask("GET", "/api/me", { token })).toMatchObject({
      status: 200,
      body: { id: "ada", email: "ada@example.test", issuer: ISSUER },
    });
    const refused = [
      await sign(other, claimsOf("ada")),
      await sign(key, { ...claimsOf("ada"), aud: "https://other.test" }),
      await sign(key, { ...claimsOf("ada"), iss: "https://other.test" }),
      // The owner of this machine's tasks is nobody's to be.
      await sign(key, claimsOf("local")),
      await signedWith(NEW),
    ];
    for (const each of refused) expect(await statusOf(server, each)).toBe(401);
    expect(keyServer.requests).toBe(1);
  });

  test("goes together with a secret, and users see only what is theirs", async () => {
    const [home, key] = [newHome(), await makeKey("EdDSA", "key-1")];
    const env = { ...settings(publish(key).url), BETTER_AUTH_SECRET: NEW };
    const server = await startServer(home, { env });
    const [owner, ada] = [await tokenOf(home, env), await sign(key, claimsOf("ada"))];
    for (const [token, title] of [
      [owner, "of the owner"],
      [ada, "of Ada"],
    ] as const) {
      expect((await server.ask("POST", "/api/tasks", { token, json: { title } })).status).toBe(201);
    }
    expect((await server.ask("GET", "/api/tasks", { token: ada })).body).toMatchObject([{ title: "of Ada" }]);
    expect((await home.tasks()).map(({ title }) => title)).toEqual(["of the owner"]);
  });

  test("that is out of reach is 503 for its tokens, and they are good as soon as it answers", async () => {
    const [home, key] = [newHome(), await makeKey("EdDSA", "key-1")];
    const keyServer = publish(key);
    const answer = keyServer.answer;
    keyServer.answer = () => new Response("away", { status: 500 });
    const env = { ...settings(keyServer.url), BETTER_AUTH_SECRET: NEW };
    const server = await startServer(home, { env });
    const token = await sign(key, claimsOf("ada"));
    const reply = await server.ask("GET", "/api/me", { token });
    expect(reply).toMatchObject({ status: 503, body: { code: "unavailable" } });
    const wait = Number(reply.headers.get("retry-after"));
    expect(wait).toBeWithin(1, 6);
    // Others come in meanwhile.
    expect(await statusOf(server, await tokenOf(home, env))).toBe(200);
    keyServer.answer = answer;
    await Bun.sleep(wait * 1000);
    expect(await statusOf(server, token)).toBe(200);
  });
});

describe("TODO_CORS_ORIGINS", () => {
  const FRONT_END = "http://localhost:3000";
  const allowed = async (server: Server, origin: string) => {
    const preflight = {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization",
    };
    const replies = [
      await server.ask("OPTIONS", "/api/tasks", { headers: preflight }),
      await server.ask("GET", "/health", { headers: { origin } }),
    ];
    return replies.map(({ headers }) => headers.get("access-control-allow-origin"));
  };

  test.each([
    [
      "where it is not set, on a loopback address",
      { HOST: "127.0.0.1" },
      [FRONT_END],
      ["http://localhost:3001", "https://app.test"],
    ],
    ["where it is not set, on another address", { HOST: "0.0.0.0", BETTER_AUTH_SECRET: NEW }, [], [FRONT_END]],
    ["where it is empty", { TODO_CORS_ORIGINS: "" }, [], [FRONT_END]],
    [
      "where two are set",
      { TODO_CORS_ORIGINS: "https://app.test, https://other.test:8443" },
      ["https://app.test", "https://other.test:8443"],
      [
        FRONT_END,
        "https://app.test:8443",
        "http://app.test",
        "https://evil-app.test",
        "https://app.test.evil.test",
        "null",
      ],
    ],
  ])("lets in exactly those front ends: %s", async (_, env, good, bad) => {
    const server = await startServer(newHome(), { env });
    for (const origin of good) expect(await allowed(server, origin)).toEqual([origin, origin]);
    for (const origin of bad) expect(await allowed(server, origin)).toEqual([null, null]);
  });
});

describe("limits", () => {
  test("TODO_USER_LIMIT holds for each user by itself, and says when to come back", async () => {
    const [home, key] = [newHome(), await makeKey("EdDSA", "key-1")];
    const keys = { TODO_JWKS_URL: publish(key).url, TODO_JWT_ISSUER: ISSUER, TODO_JWT_AUDIENCE: AUDIENCE };
    const server = await startServer(home, { env: { ...keys, TODO_USER_LIMIT: "3" } });
    const [ada, bob] = [await sign(key, claimsOf("ada")), await sign(key, claimsOf("bob"))];
    for (let count = 0; count < 3; count += 1) expect(await statusOf(server, ada)).toBe(200);
    const refused = await server.ask("GET", "/api/me", { token: ada });
    expect(refused).toMatchObject({ status: 429, body: { code: "rate_limited" } });
    expect(Number(refused.headers.get("retry-after"))).toBeWithin(1, 21);
    expect(await statusOf(server, bob)).toBe(200);
  });

  test("TODO_ADDRESS_LIMIT counts by socket, whatever a header says, until TODO_TRUSTED_PROXIES names who wrote it", async () => {
    const ask = async (server: Server, forwarded: string) =>
      (await server.ask("GET", "/health", { headers: { "x-forwarded-for": forwarded } })).status;
    const env = { TODO_ADDRESS_LIMIT: "2" };
    const [direct, behind] = [
      await startServer(newHome(), { env }),
      await startServer(newHome(), { env: { ...env, TODO_TRUSTED_PROXIES: "loopback" } }),
    ];
    const hops = ["10.0.0.1", "10.0.0.2", "10.0.0.3"];
    const replies = async (server: Server) => [
      await ask(server, hops[0] ?? ""),
      await ask(server, hops[1] ?? ""),
      await ask(server, hops[2] ?? ""),
    ];
    expect(await replies(direct)).toEqual([200, 200, 429]);
    expect(await replies(behind)).toEqual([200, 200, 200]);
    // What a client adds on the left is its own word.
    expect([await ask(behind, "1.1.1.1, 10.0.0.1"), await ask(behind, "2.2.2.2, 10.0.0.1")]).toEqual([200, 429]);
  });
});
