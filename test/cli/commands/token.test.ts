import { describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { createAuthenticator } from "../../../src/services/tokens/authenticate.ts";
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

describe("`todo token`", () => {
  test("prints a token on a line, by which the server knows the owner for a day", async () => {
    const terminal = openTerminal({ env: { ...DATABASE, BETTER_AUTH_SECRET: SECRET } });
    const token = await terminal.print("token");
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
    const token = await terminal.print("token");
    expect(JSON.parse(await terminal.print("token", "--json"))).toEqual({ token: token.trimEnd() });
    expect(await terminal.print("token", "--quiet")).toBe(token);
  });

  test("signs with the first of several secrets, also from a file, and opens no database for that", async () => {
    writeFileSync(scratch("secret"), `${SECRET},${OTHER}\n`);
    for (const env of [{ BETTER_AUTH_SECRET: `${SECRET},${OTHER}` }, { BETTER_AUTH_SECRET_FILE: scratch("secret") }]) {
      const terminal = openTerminal({ env: { ...DATABASE, ...env } });
      const token = await terminal.print("token");
      expect(await identify(token, [SECRET])).toMatchObject({ user: "local" });
      expect([terminal.opened, terminal.kept.size]).toEqual([[], 0]);
    }
  });

  test("names the issuer and the audience that the server asks for", async () => {
    const env = { BETTER_AUTH_SECRET: SECRET, TODO_JWT_ISSUER: "https://a.test", TODO_JWT_AUDIENCE: "https://b.test" };
    const token = await openTerminal({ env: { ...DATABASE, ...env } }).print("token");
    expect(claimsOf(token)).toMatchObject({ iss: "https://a.test", aud: "https://b.test" });
  });

  test("makes a secret for the database where none is set, at the first time only", async () => {
    const terminal = openTerminal({ env: DATABASE });
    const tokens = [await terminal.print("token"), await terminal.print("token")];
    expect([...terminal.kept.keys()]).toEqual([scratch("todo.db.secret")]);
    const [secret = ""] = terminal.kept.values();
    expect(Buffer.from(secret, "base64url")).toHaveLength(32);
    for (const token of tokens) expect(await identify(token, [secret])).toMatchObject({ user: "local" });
    await terminal.print("token", "--db", scratch("other.db"));
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
    const { code, out, err } = await terminal.run("token");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(why);
    expect(terminal.kept.size).toBe(0);
  });

  test("takes no words", async () => {
    const { code, out, err } = await openTerminal({ env: DATABASE }).run("token", "ann");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("too many arguments");
  });
});
