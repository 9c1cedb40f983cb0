import { describe, expect, test } from "bun:test";
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { WireTask } from "../../src/contract/task.ts";
import { type Home, useHomes } from "../support/cli/home.ts";
import { eventually, refuseServer, startServer, tokenOf } from "../support/server/server.ts";

const newHome = useHomes();

const SECRET = "Vq3kT8wZr1XyN6mB4cJ7hL2pF9sD5gAe";
const DAY_S = 24 * 60 * 60;
/** A token on a line, and nothing else. */
const LINE = /^[\w-]+\.[\w-]+\.[\w-]+\n$/;

function secretOf(home: Home): string {
  return readFileSync(`${home.db}.secret`, "utf8").trimEnd();
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o7777).toString(8);
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

describe("the first `todo auth token --local`", () => {
  test("makes the database and a secret beside it that only the owner can read", async () => {
    const home = newHome();
    const { exitCode, out, err } = await home.shell("umask 000 && exec todo auth token --local");
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: `Database: ${home.db}\n` });
    expect(out).toMatch(LINE);
    expect(readdirSync(home.path("data")).toSorted()).toEqual(["todo.db", "todo.db.secret"]);
    expect([modeOf(home.db), modeOf(`${home.db}.secret`)]).toEqual(["600", "600"]);
    // 256 random bits, as many as HS256 can use.
    expect(Buffer.from(secretOf(home), "base64url")).toHaveLength(32);
    expect(out).not.toContain(secretOf(home));
  });

  test("is good for the server that is started after it, and so is the one that is printed while it runs", async () => {
    const home = newHome();
    const before = await tokenOf(home);
    const server = await startServer(home);
    for (const token of [before, await tokenOf(home)]) {
      expect(await server.ask("GET", "/api/me", { token })).toMatchObject({ status: 200, body: { id: "local" } });
    }
  });

  test("may come after the first `todo serve`, and its token is good after the next one too", async () => {
    const home = newHome();
    const first = await startServer(home);
    const token = await tokenOf(home);
    expect((await first.ask("GET", "/api/tasks", { token })).status).toBe(200);
    await first.kill("SIGTERM");
    const second = await startServer(home);
    expect((await second.ask("GET", "/api/tasks", { token })).status).toBe(200);
  });

  test("keeps its secret where the database is, wherever that is", async () => {
    const home = newHome();
    await home.run({ args: ["auth", "token", "--local"], env: { TODO_DB: undefined } });
    await home.print("auth", "token", "--local", "--db", home.path("work", "other.db"));
    expect(readdirSync(home.path("xdg", "todo")).toSorted()).toEqual(["todo.db", "todo.db.secret"]);
    expect(modeOf(dirname(home.path("xdg", "todo", "todo.db")))).toBe("700");
    expect(readdirSync(home.path("work")).toSorted()).toEqual(["other.db", "other.db.secret"]);
    expect(readdirSync(home.path("data"))).toEqual([]);
  });
});

test("six `todo auth token --local` and four `todo serve` at the same moment make one secret, which all of them use", async () => {
  const home = newHome();
  const [tokens, servers] = await Promise.all([
    Promise.all(Array.from({ length: 6 }, () => tokenOf(home))),
    Promise.all(Array.from({ length: 4 }, () => startServer(home))),
  ]);
  const asked = servers.flatMap((server) => tokens.map((token) => server.ask("GET", "/api/tasks", { token })));
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(asked.map(() => 200));
  // Of two that close a database at once each leaves it to the other to tidy up.
  for (const server of servers) await server.kill("SIGTERM");
  expect(readdirSync(home.path("data")).toSorted()).toEqual(["todo.db", "todo.db.secret"]);
});

test.skipIf(!Bun.which("curl"))(
  "curl with `todo auth token --local` shows exactly what `todo list` shows",
  async () => {
    const home = newHome();
    const { port } = await startServer(home);
    const curl = async (query: string) => {
      const address = `'localhost:${port}/api/tasks${query}'`;
      const { out } = await home.shell(
        `curl --silent --fail -H "Authorization: Bearer $(todo auth token --local)" ${address}`,
      );
      return JSON.parse(out);
    };
    const list = async (): Promise<WireTask[]> => JSON.parse(await home.print("list", "--json"));
    await home.print("add", "Læs “bogen” 📚", "project:Side work", "+home");
    await home.print("add", "Milk");
    expect(await curl("")).toHaveLength(2);
    expect(await curl("")).toEqual(await list());
    await home.print("add", "Pay rent", "due:2026-12-01", "priority:high");
    await home.print("done", (await home.tasks()).find(({ title }) => title === "Milk")?.handle ?? "");
    const listed = await list();
    expect(listed.map(({ title }) => title)).toEqual(["Pay rent", "Læs “bogen” 📚"]);
    expect(await curl("?status=pending&sort=due_date")).toEqual(listed);
  },
);

describe("a token", () => {
  test("says that its bearer is the owner, for a day, and nothing else", async () => {
    const begin = Math.floor(Date.now() / 1000);
    const claims = claimsOf(await tokenOf(newHome()));
    expect(claims).toEqual({ sub: "local", iat: expect.any(Number), exp: Number(claims["iat"]) + DAY_S });
    expect(Number(claims["iat"])).toBeWithin(begin, begin + 60);
  });

  test("is printed for programs and for scripts", async () => {
    const home = newHome();
    const [plain, quiet, json] = [
      await home.print("auth", "token", "--local"),
      await home.print("auth", "token", "--local", "--quiet"),
      await home.print("auth", "token", "--local", "--json"),
    ];
    expect([plain, quiet]).toEqual([expect.stringMatching(LINE), expect.stringMatching(LINE)]);
    const parsed = JSON.parse(json);
    expect(Object.keys(parsed)).toEqual(["token"]);
    const server = await startServer(home);
    expect((await server.ask("GET", "/api/me", { token: parsed.token })).status).toBe(200);
  });

  test("is signed with the newest secret of the environment, and then none is made", async () => {
    const home = newHome();
    const env = { BETTER_AUTH_SECRET: SECRET, TODO_JWT_ISSUER: "https://a.test", TODO_JWT_AUDIENCE: "https://b.test" };
    const token = await tokenOf(home, env);
    expect(claimsOf(token)).toMatchObject({ sub: "local", iss: "https://a.test", aud: "https://b.test" });
    expect(readdirSync(home.path("data"))).toEqual([]);
    const server = await startServer(home, { env });
    expect((await server.ask("GET", "/api/me", { token })).status).toBe(200);
    expect(readdirSync(home.path("data"))).not.toContain("todo.db.secret");
  });

  test("of another database is not good here", async () => {
    const [home, other] = [newHome(), newHome()];
    const server = await startServer(home);
    expect((await server.ask("GET", "/api/tasks", { token: await tokenOf(other) })).status).toBe(401);
  });

  test("is not printed where the server that runs on the database was started with another secret", async () => {
    const home = newHome();
    const server = await startServer(home, { env: { BETTER_AUTH_SECRET: SECRET } });
    let refused = await home.todo("auth", "token", "--local");
    // The server notes its address right after it has printed it.
    await eventually("the server is known", async () => {
      refused = await home.todo("auth", "token", "--local");
      return refused.exitCode === 4;
    });
    expect(refused).toMatchObject({
      out: "",
      err: expect.stringContaining(`the server at ${server.url} takes no token`),
    });
    await server.kill("SIGTERM");
    expect((await home.todo("auth", "token", "--local")).exitCode).toBe(0);
  });

  test("can't be made where only others sign, which is said", async () => {
    const env = { TODO_JWKS_URL: "https://auth.test/jwks", TODO_JWT_ISSUER: "a", TODO_JWT_AUDIENCE: "b" };
    const { exitCode, out, err } = await newHome().run({ args: ["auth", "token", "--local"], env });
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
    expect(err).toContain("there is no secret to sign tokens with");
    expect(err).toContain("openssl rand -base64 32");
  });
});

describe("a secret", () => {
  test.each(["640", "604", "602"])(
    "of mode %s is none: `todo auth token --local` and `todo serve` say so and what to do",
    async (mode) => {
      const home = newHome();
      const token = await tokenOf(home);
      chmodSync(`${home.db}.secret`, Number.parseInt(mode, 8));
      const before = secretOf(home);
      for (const { exitCode, out, err } of [await home.todo("auth", "token", "--local"), await refuseServer(home)]) {
        expect({ exitCode, out }).toEqual({ exitCode: 1, out: "" });
        expect(err).toStartWith(`todo: ${home.db}.secret: others can read it, so it is not secret\n`);
        expect(err).toContain(`chmod 600 ${home.db}.secret`);
      }
      expect([secretOf(home), modeOf(`${home.db}.secret`)]).toEqual([before, mode]);
      chmodSync(`${home.db}.secret`, 0o600);
      const server = await startServer(home);
      expect((await server.ask("GET", "/api/me", { token })).status).toBe(200);
    },
  );

  test.each(["", "short", "changeme-changeme-changeme-changeme"])(
    "that someone wrote as %p is refused by `todo auth token --local` and `todo serve`, with how to make one",
    async (text) => {
      const home = newHome();
      writeFileSync(`${home.db}.secret`, text, { mode: 0o600 });
      for (const { exitCode, out, err } of [await home.todo("auth", "token", "--local"), await refuseServer(home)]) {
        expect({ exitCode: exitCode === 0, out }).toEqual({ exitCode: false, out: "" });
        expect(err).toContain(`${home.db}.secret`);
        expect(err).not.toContain("this is a bug");
        expect(err.split("\n").length).toBeGreaterThan(2);
        if (text.trim() !== "") expect(err).not.toContain(text);
      }
    },
  );

  test("has no place beside a database in memory", async () => {
    const home = newHome();
    for (const command of [["auth", "token", "--local"], ["serve"]]) {
      const { exitCode, out, err } = await home.todo(...command, "--db", ":memory:");
      expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
      expect(err).toContain("a database in memory can't keep a secret");
    }
    expect(readdirSync(home.path("work"))).toEqual([]);
  });
});
