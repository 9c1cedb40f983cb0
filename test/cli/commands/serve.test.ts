import { describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import type { Io } from "../../../src/cli/platform/io.ts";
import { TodoError } from "../../../src/domain/errors.ts";
import { signUp } from "../../support/accounts/drafts.ts";
import { at, only } from "../../support/stores/test-user.ts";
import { useScratch } from "../../support/disks/scratch.ts";
import { createServing } from "../../support/cli/serving.ts";
import { useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();
const scratch = useScratch();

const SECRET = "Vq3kT8wZr1XyN6mB4cJ7hL2pF9sD5gAe";
const OTHER = "nD2mK9vQx7RfT4sWbY1zHc8LgJp3EuAo";

/** A file with a secret that its user alone can write. */
function writeSecret(): string {
  const path = scratch("of-todo.secret");
  writeFileSync(path, `${SECRET}\n`, { mode: 0o600 });
  return path;
}

/** A terminal with a file of its own. */
function openServing(env: Record<string, string> = {}, more: Partial<Io> = {}) {
  return createServing(openTerminal({ env: { TODO_DB: scratch(`${crypto.randomUUID()}.db`), ...env } }), more);
}

describe("the address", () => {
  test.each([
    [{}, [], "127.0.0.1", 8787],
    [{ HOST: "localhost", PORT: "9000" }, [], "localhost", 9000],
    [{ HOST: "localhost", PORT: "9000" }, ["--host", "::1", "--port", "1"], "::1", 1],
    [{ HOST: "example.com", PORT: "x" }, ["--host=127.0.0.1", "--port=0"], "127.0.0.1", 0],
    [{ PORT: "65535" }, [], "127.0.0.1", 65_535],
    [{ HOST: "", PORT: "" }, [], "127.0.0.1", 8787],
  ])("with the variables %p and the flags %p is %s, port %d", async (env, flags, host, port) => {
    const { orders, serve } = openServing(env);
    expect(await serve(...flags)).toEqual({ code: 0, out: `Listening on http://${host}:${port}\n`, err: "" });
    expect(only(orders)).toMatchObject({ host, port });
  });

  test.each(["65536", "70000", "-1", "x", "1.5", "1e3", "0x10", "123456", "٣"])("has no port %p", async (port) => {
    for (const { serve, orders, terminal, flags } of [
      { ...openServing(), flags: [`--port=${port}`] },
      { ...openServing({ PORT: port }), flags: [] },
    ]) {
      const { code, out, err } = await serve(...flags);
      expect({ code, out, err }).toEqual({
        code: 2,
        out: "",
        err: `todo: ${JSON.stringify(port)} is not a port\n  Ports are 0 to 65535.\n`,
      });
      expect([orders, terminal.opened]).toEqual([[], []]);
    }
  });

  test("is printed for programs and for scripts", async () => {
    const { serve } = openServing();
    expect(JSON.parse((await serve("--json")).out)).toEqual({ url: "http://127.0.0.1:8787" });
    expect((await serve("--quiet")).out).toBe("http://127.0.0.1:8787\n");
  });

  test("that can't be had is an error that says why, for programs too", async () => {
    const failure = new TodoError("usage", "can't listen on 127.0.0.1, port 8787: another program has it");
    const { serve } = openServing({}, { serve: () => Promise.reject(failure) });
    expect(await serve()).toEqual({ code: 2, out: "", err: `todo: ${failure.message}\n` });
    const { code, out, err } = await serve("--json");
    expect([code, out]).toEqual([2, ""]);
    expect(JSON.parse(err)).toMatchObject({ error: { code: "usage", message: failure.message } });
  });
});

describe("HOST in the environment", () => {
  test.each(["x86_64-conda-linux-gnu", "raspberrypi", "example.com", "1.2.3", "::1::2", "[::", "0", "\u001b[2J"])(
    "is named where it is %j, which is no address",
    async (host) => {
      const { serve, orders, terminal } = openServing({ HOST: host });
      const { code, out, err } = await serve();
      expect([code, out, orders, terminal.opened]).toEqual([2, "", [], []]);
      expect(err).toStartWith("todo: HOST in your environment is ");
      expect(err).toContain("which goes before it: todo serve --host 127.0.0.1\n");
      expect((await serve("--host", "127.0.0.1")).code).toBe(0);
    },
  );

  test.each(["127.0.0.1", "LOCALHOST", "0.0.0.0", "::1", "[::1]", "fe80::1%eth0", "192.168.1.5"])(
    "is where it listens if it is %s",
    async (host) => {
      const { serve, orders } = openServing({ HOST: host });
      expect((await serve()).code).toBe(0);
      expect(only(orders).host).toBe(host.replaceAll(/[[\]]/g, ""));
    },
  );
});

describe("what is said to who serves", () => {
  const FIRST = "The first account goes to whoever asks first, and anybody who reaches this server can ask.\n";

  test.each<[string, string[], Record<string, string>, string | null]>([
    ["on this machine alone", [], {}, null],
    ["everywhere", ["--host", "0.0.0.0"], {}, "http://localhost:8787"],
    ["on one address", ["--host", "192.168.1.5"], {}, "http://192.168.1.5:8787"],
    ["behind a proxy", [], { TODO_PUBLIC_URL: "https://example.com/todo" }, "https://example.com/todo"],
    ["behind a proxy, with a Windows line end", [], { TODO_PUBLIC_URL: "https://a.example\r" }, "https://a.example"],
    ["to the invited", ["--host", "0.0.0.0"], { TODO_SIGNUP: "invite" }, null],
  ])("is how to be the first one there: %s", async (_, flags, env, url) => {
    const { serve, terminal } = openServing(env);
    terminal.setup.terminals = ["err"];
    const told = url === null ? "" : `${FIRST}Take it now: todo signup ${url}\n`;
    const { err } = await serve(...flags);
    expect(err.endsWith(told) && err.includes("todo signup") === (url !== null)).toBe(true);
    const { accounts } = await terminal.io.openStore(terminal.setup.env["TODO_DB"] ?? "");
    await signUp(accounts);
    expect((await serve(...flags)).err).not.toContain("todo signup");
  });

  test("is that the file is somebody's own list too", async () => {
    const { serve, terminal } = openServing({ TODO_DB: scratch("both.db") });
    await terminal.print("add", "Pay rent");
    const lines = (await serve()).err.trimEnd().split("\n");
    // In a log each line is JSON, as those of requests are.
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { at: "2026-11-20T09:00:00.000Z", note: `${scratch("both.db")} has 1 task of your own, which no account sees.` },
      { note: "Give a server for others a file of its own: todo serve --db server.db" },
    ]);
    terminal.setup.terminals = ["err"];
    expect((await serve()).err).toBe(
      `${scratch("both.db")} has 1 task of your own, which no account sees.\n` +
        "Give a server for others a file of its own: todo serve --db server.db\n",
    );
    expect((await serve("--quiet")).err).toBe("");
  });
});

test("it serves until it is told to stop, and closes the database after the last answer", async () => {
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  const { events, serve } = openServing({}, { untilStopped: () => stopped });
  const ended = serve();
  expect(await Promise.race([ended, Bun.sleep(50)])).toBeUndefined();
  expect(events).toEqual(["listen"]);
  stop();
  expect((await ended).code).toBe(0);
  expect(events).toEqual(["listen", "stop", "close"]);
});

test("it listens for the wish to stop before it says that it is there", async () => {
  const order: string[] = [];
  const { serve } = openServing(
    {},
    {
      out: { write: () => void order.push("says so"), isTerminal: () => false, columns: () => 80, rows: () => 24 },
      untilStopped: async () => void order.push("listens"),
    },
  );
  expect((await serve()).code).toBe(0);
  expect(order).toEqual(["listens", "says so"]);
});

test("it serves the database that the flag names, else the variable's", async () => {
  const { terminal, serve } = openServing({ TODO_DB: scratch("of-the-variable.db") });
  await serve();
  await serve("--db", scratch("of-the-flag.db"));
  expect(terminal.opened).toEqual([scratch("of-the-variable.db"), scratch("of-the-flag.db")]);
});

describe("whose tokens are accepted", () => {
  test("is a secret of the database's own where nothing is said, the same each time", async () => {
    const { terminal, orders, serve } = openServing({ TODO_DB: scratch("own.db") });
    await serve();
    await serve("--host", "localhost");
    expect([...terminal.kept.keys()]).toEqual([scratch("own.db.secret")]);
    const [secret = ""] = terminal.kept.values();
    expect(Buffer.from(secret, "base64url")).toHaveLength(32);
    expect(orders.map(({ tokens }) => tokens.secrets)).toEqual([[secret], [secret]]);
  });

  test.each([
    [{ BETTER_AUTH_SECRET: SECRET }, { secrets: [SECRET], keySetUrl: null, issuer: null, audience: null, leewayS: 0 }],
    [{ BETTER_AUTH_SECRET: `${SECRET},${OTHER}` }, { secrets: [SECRET, OTHER] }],
    [
      { BETTER_AUTH_SECRET: SECRET, TODO_JWT_ISSUER: "a", TODO_JWT_AUDIENCE: "b" },
      { issuer: "a", audience: "b" },
    ],
  ])("is what the variables say, on any address, and no secret is made: %p", async (env, tokens) => {
    const { terminal, orders, serve } = openServing(env);
    for (const host of ["127.0.0.1", "0.0.0.0"]) expect((await serve("--host", host)).code).toBe(0);
    for (const order of orders) expect(order.tokens).toMatchObject(tokens);
    expect(orders.map(({ accountSecrets }) => accountSecrets)).toEqual(
      orders.map(({ tokens: { secrets } }) => secrets),
    );
    expect([orders.length, terminal.kept.size]).toEqual([2, 0]);
  });

  test("is what another issuer signs, and then a secret of the database's own signs for accounts and nothing else", async () => {
    const issuer = { TODO_JWKS_URL: "https://a.test/jwks", TODO_JWT_ISSUER: "a", TODO_JWT_AUDIENCE: "b" };
    const { terminal, orders, serve } = openServing({ TODO_DB: scratch("jwks.db"), ...issuer, TODO_JWT_LEEWAY: "5" });
    for (const host of ["127.0.0.1", "0.0.0.0"]) expect((await serve("--host", host)).code).toBe(0);
    const tokens = { secrets: [], keySetUrl: "https://a.test/jwks", issuer: "a", audience: "b", leewayS: 5 };
    const secret = terminal.kept.get(scratch("jwks.db.secret")) ?? "";
    expect(Buffer.from(secret, "base64url")).toHaveLength(32);
    expect(orders).toHaveLength(2);
    for (const order of orders) expect(order).toMatchObject({ tokens, accountSecrets: [secret] });
    const inMemory = openServing({ TODO_DB: ":memory:", ...issuer });
    expect((await inMemory.serve()).code).toBe(0);
    expect(only(inMemory.orders)).toMatchObject({ tokens: { secrets: [] }, accountSecrets: [] });
  });

  test.each(["localhost", "127.0.0.1", "127.8.9.10", "::1", "[::1]"])("needs no variable on %s", async (host) => {
    const { orders, serve } = openServing();
    expect((await serve("--host", host)).code).toBe(0);
    expect(at(orders, 0).tokens.secrets).toHaveLength(1);
  });

  test.each([
    "0.0.0.0",
    "::",
    "0",
    "192.168.0.1",
    "example.com",
    "localhost.example.com",
    "127.0.0.1.nip.io",
    "::ffff:7f00:1",
  ])("is nobody's on %s, which others reach: a kept secret signs for accounts alone", async (host) => {
    const { terminal, orders, serve } = openServing({ TODO_DB: scratch("home.db") });
    const { code, err } = await serve("--host", host);
    const secret = terminal.kept.get(scratch("home.db.secret")) ?? "";
    expect([code, Buffer.from(secret, "base64url").length]).toEqual([0, 32]);
    expect(only(orders)).toMatchObject({
      tokens: { secrets: [], keySetUrl: null },
      accountSecrets: [secret],
      isUnnamed: true,
    });
    expect(err).toContain(`The secret of its accounts is kept in ${scratch("home.db.secret")}`);
    expect(err).not.toContain(secret);
  });

  test("of accounts are signed with TODO_SECRET where that is set, which makes no other token good", async () => {
    for (const env of [{ TODO_SECRET: SECRET }, { TODO_SECRET_FILE: writeSecret() }]) {
      const { terminal, orders, serve } = openServing({ TODO_DB: scratch("named.db"), ...env });
      await serve("--host", "0.0.0.0");
      expect(terminal.kept.size).toBe(0);
      await serve();
      const kept = terminal.kept.get(scratch("named.db.secret"));
      expect(orders.map(({ tokens, accountSecrets }) => [tokens.secrets, accountSecrets])).toEqual([
        [[], [SECRET]],
        [[kept ?? ""], [SECRET]],
      ]);
    }
  });

  test("are those of BETTER_AUTH_SECRET beside accounts of TODO_SECRET, and both take an old one as well", async () => {
    const env = { TODO_SECRET: `${OTHER},${SECRET}`, BETTER_AUTH_SECRET: `${SECRET},${OTHER}` };
    const { terminal, orders, serve } = openServing(env);
    await serve("--host", "0.0.0.0");
    expect(only(orders)).toMatchObject({ tokens: { secrets: [SECRET, OTHER] }, accountSecrets: [OTHER, SECRET] });
    expect(only(orders).isUnnamed).toBeUndefined();
    expect(terminal.kept.size).toBe(0);
  });

  test.each([
    [{ BETTER_AUTH_SECRET: "short" }, "fewer than 32 bytes"],
    [{ BETTER_AUTH_SECRET: "your-256-bit-secret-your-256-bit-secret" }, "a known example"],
    [{ BETTER_AUTH_SECRET: "ab".repeat(20) }, "fewer than 8 different characters"],
    [{ BETTER_AUTH_SECRET: `${SECRET},short` }, "secret 2 of BETTER_AUTH_SECRET has fewer than 32 bytes"],
    [{ BETTER_AUTH_SECRET: SECRET, BETTER_AUTH_SECRET_FILE: "/secret" }, "both set"],
    [{ TODO_SECRET: "short" }, "TODO_SECRET has fewer than 32 bytes"],
    [{ TODO_SECRET: `${SECRET},short` }, "secret 2 of TODO_SECRET has fewer than 32 bytes"],
    [{ TODO_SECRET: SECRET, TODO_SECRET_FILE: "/secret" }, "TODO_SECRET and TODO_SECRET_FILE are both set"],
    [{ TODO_SECRET_FILE: "/nowhere/secret" }, "the file of TODO_SECRET_FILE can't be read"],
    [{ TODO_JWKS_URL: "http://a.test/jwks", TODO_JWT_ISSUER: "a", TODO_JWT_AUDIENCE: "b" }, "not https"],
  ])("is refused where it is unsafe: %p", async (env, why) => {
    const { terminal, orders, serve } = openServing(env);
    const { code, out, err } = await serve();
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(why);
    expect(err.split("\n").length).toBeGreaterThan(2);
    expect([orders, terminal.opened]).toEqual([[], []]);
  });

  test("can't be a secret of a database in memory, which has no place for one", async () => {
    const { serve, orders } = openServing({ TODO_DB: ":memory:" });
    expect(await serve()).toMatchObject({ code: 2, out: "" });
    expect(orders).toEqual([]);
    const other = openServing({ TODO_DB: ":memory:", BETTER_AUTH_SECRET: SECRET });
    expect((await other.serve()).code).toBe(0);
  });
});

test("the tables of a file can't be left as they are", async () => {
  const { terminal, orders, serve } = openServing();
  const { code, out, err } = await serve("--no-migrate");
  expect([code, out]).toEqual([2, ""]);
  expect(err).toStartWith("todo: --no-migrate is for a database on a server\n");
  expect([orders, terminal.opened]).toEqual([[], []]);
});
