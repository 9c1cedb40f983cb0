import { describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { createAuthenticator } from "../../../src/services/tokens/authenticate.ts";
import { LOCAL_USER } from "../../../src/services/workspace.ts";
import { OPENING } from "../../support/stores/test-user.ts";
import { refusalOf } from "../../support/errors.ts";
import { useScratch } from "../../support/disks/scratch.ts";
import { trustSecrets } from "../../support/server/token-settings.ts";
import { useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();
const scratch = useScratch();

const SECRET = "Vq3kT8wZr1XyN6mB4cJ7hL2pF9sD5gAe";
const OTHER = "nD2mK9vQx7RfT4sWbY1zHc8LgJp3EuAo";
const DAY_S = 24 * 60 * 60;
const DATABASE = { TODO_DB: scratch("todo.db") };

/** Who the server takes the bearer of a token for, when it has these secrets and looks at it at this time. */
async function identify(token: string, secrets: readonly string[], now = OPENING) {
  return createAuthenticator(trustSecrets(...secrets), { now: () => now, fetch })(`Bearer ${token.trimEnd()}`);
}

function claimsOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

describe("`todo auth token --local`", () => {
  test("prints a token on a line, by which the server knows the owner for a day", async () => {
    const terminal = openTerminal({ env: { ...DATABASE, BETTER_AUTH_SECRET: SECRET } });
    const token = await terminal.print("auth", "token", "--local");
    expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(claimsOf(token)).toEqual({ sub: "local", iat: OPENING / 1000, exp: OPENING / 1000 + DAY_S });
    const lastMoment = OPENING + DAY_S * 1000 - 1;
    for (const now of [OPENING, lastMoment])
      expect(await identify(token, [SECRET], now)).toMatchObject({ user: "local" });
    expect(await refusalOf(identify(token, [SECRET], lastMoment + 1))).toMatchObject({ code: "token_expired" });
    expect(await refusalOf(identify(token, [OTHER]))).toMatchObject({ code: "unauthorized" });
  });

  test("prints it for programs and for scripts", async () => {
    const terminal = openTerminal({ env: { ...DATABASE, BETTER_AUTH_SECRET: SECRET } });
    const token = await terminal.print("auth", "token", "--local");
    expect(JSON.parse(await terminal.print("auth", "token", "--local", "--json"))).toEqual({ token: token.trimEnd() });
    expect(await terminal.print("auth", "token", "--local", "--quiet")).toBe(token);
  });

  test("signs with the first of several secrets, also from a file, and opens no database for that", async () => {
    writeFileSync(scratch("secret"), `${SECRET},${OTHER}\n`);
    for (const env of [{ BETTER_AUTH_SECRET: `${SECRET},${OTHER}` }, { BETTER_AUTH_SECRET_FILE: scratch("secret") }]) {
      const terminal = openTerminal({ env: { ...DATABASE, ...env } });
      const token = await terminal.print("auth", "token", "--local");
      expect(await identify(token, [SECRET])).toMatchObject({ user: "local" });
      expect([terminal.opened, terminal.kept.size]).toEqual([[], 0]);
    }
  });

  test("names the issuer and the audience that the server asks for", async () => {
    const env = { BETTER_AUTH_SECRET: SECRET, TODO_JWT_ISSUER: "https://a.test", TODO_JWT_AUDIENCE: "https://b.test" };
    const token = await openTerminal({ env: { ...DATABASE, ...env } }).print("auth", "token", "--local");
    expect(claimsOf(token)).toMatchObject({ iss: "https://a.test", aud: "https://b.test" });
  });

  test("makes a secret for the database where none is set, at the first time only", async () => {
    const terminal = openTerminal({ env: DATABASE });
    const tokens = [await terminal.print("auth", "token", "--local"), await terminal.print("auth", "token", "--local")];
    expect([...terminal.kept.keys()]).toEqual([scratch("todo.db.secret")]);
    const [secret = ""] = terminal.kept.values();
    expect(Buffer.from(secret, "base64url")).toHaveLength(32);
    for (const token of tokens) expect(await identify(token, [secret])).toMatchObject({ user: "local" });
    await terminal.print("auth", "token", "--local", "--db", scratch("other.db"));
    const [, another] = terminal.kept.values();
    expect(another).not.toBe(secret);
  });

  test.each([
    [{ TODO_DB: ":memory:" }, "a database in memory can't keep a secret"],
    [{ ...DATABASE, BETTER_AUTH_SECRET: "short" }, "has fewer than 32 bytes"],
    [{ ...DATABASE, BETTER_AUTH_SECRET: SECRET, BETTER_AUTH_SECRET_FILE: "/secret" }, "both set"],
    [{ ...DATABASE, BETTER_AUTH_SECRET_FILE: "/nowhere/secret" }, "can't be read"],
    [
      { ...DATABASE, TODO_JWKS_URL: "https://a.test/jwks", TODO_JWT_ISSUER: "a", TODO_JWT_AUDIENCE: "b" },
      "there is no secret to sign tokens with",
    ],
  ])("says why it can't make one with %p", async (env, why) => {
    const terminal = openTerminal({ env });
    const { code, out, err } = await terminal.run("auth", "token", "--local");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(why);
    expect(terminal.kept.size).toBe(0);
  });

  test("takes no words", async () => {
    const { code, out, err } = await openTerminal({ env: DATABASE }).run("auth", "token", "--local", "ann");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("too many arguments");
  });
});

describe("a server on the database", () => {
  const AT = "http://127.0.0.1:8787";

  /** A terminal on a database that is served there, and the requests that it sends. */
  async function openServed(address: string | null, answer: () => Promise<Response>) {
    const path = scratch(`${crypto.randomUUID()}.db`);
    const asked: string[] = [];
    const fetchServer = async (url: string) => {
      asked.push(url);
      return answer();
    };
    const terminal = openTerminal({ env: { TODO_DB: path, BETTER_AUTH_SECRET: SECRET }, fetch: fetchServer });
    const replica = (await terminal.io.openStore(path)).openReplica(LOCAL_USER);
    await replica.noteServer(address);
    return { terminal, asked };
  }

  const refuse = async () =>
    Response.json({ type: "about:blank", title: "Unauthorized", status: 401, code: "unauthorized" }, { status: 401 });
  const isAway = () => Promise.reject(new Error("connection refused"));

  test("that refuses the token keeps it from being printed, and is named", async () => {
    const { terminal, asked } = await openServed("http://0.0.0.0:8787/todo", refuse);
    expect(await terminal.run("auth", "token", "--local")).toEqual({
      code: 4,
      out: "",
      err:
        "todo: the server at http://0.0.0.0:8787/todo takes no token of this database's owner\n" +
        "  One that others can reach takes those of its accounts: todo auth token\n" +
        "  One that was started with other settings, such as a secret, needs the same here.\n",
    });
    expect(asked).toEqual(["http://127.0.0.1:8787/todo/api/me"]);
  });

  test.each<[string, string | null, () => Promise<Response>]>([
    ["was killed", AT, isAway],
    ["was never there", null, refuse],
    // Whoever made the file must not get a token.
    ["is said to be on another machine", "http://evil.example.com", refuse],
  ])("that %s is no obstacle", async (_, address, answer) => {
    const { terminal, asked } = await openServed(address, answer);
    expect((await terminal.run("auth", "token", "--local")).code).toBe(0);
    expect(asked.filter((url) => !url.startsWith(AT))).toEqual([]);
  });
});

test("a token of this database's owner is none of a login on a server", async () => {
  const { code, err } = await openTerminal({ env: DATABASE }).run(
    "auth",
    "token",
    "--local",
    "--server",
    "https://a.test",
  );
  expect([code, err]).toEqual([2, "todo: --local and --server exclude each other\n"]);
});
