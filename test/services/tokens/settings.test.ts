import { describe, expect, test } from "bun:test";
import { readTokenSettings } from "../../../src/services/tokens/settings.ts";
import { refusal } from "../../support/errors.ts";
import { AUDIENCE, ed, ISSUER, OLD_SECRET, rs, SECRET } from "./issuer.ts";
import { exportSPKI, importJWK } from "jose";

const HOW = "Make one with: openssl rand -base64 32";
const KEY_SET = "https://auth.todo.test/api/auth/jwks";
const FOREIGN = { TODO_JWT_ISSUER: ISSUER, TODO_JWT_AUDIENCE: AUDIENCE };

/** Settings with files that are given by their paths. */
function read(env: Record<string, string | undefined>, files: Record<string, string> = {}) {
  return readTokenSettings(env, (path) => {
    const content = files[path];
    if (content === undefined) throw new Error(`ENOENT: ${path}`);
    return content;
  });
}

const refuse = (env: Record<string, string>, files?: Record<string, string>) => refusal(() => read(env, files));

describe("settings", () => {
  test("are none where nothing is set or all is empty", () => {
    const none = {
      secrets: [],
      issuer: null,
      audience: null,
      keySetUrl: null,
      parties: null,
      maxLifetimeS: null,
      leewayS: 0,
    };
    expect(read({})).toEqual(none);
    const names = [
      "BETTER_AUTH_SECRET",
      "BETTER_AUTH_SECRET_FILE",
      "TODO_JWT_ISSUER",
      "TODO_JWKS_URL",
      "TODO_JWT_LEEWAY",
      "TODO_JWT_PARTIES",
      "TODO_JWT_MAX_LIFETIME",
      "TODO_JWKS_INSECURE",
    ];
    expect(read(Object.fromEntries(names.map((name) => [name, ""])))).toEqual(none);
  });

  test("are what is set", () => {
    const env = { BETTER_AUTH_SECRET: SECRET, ...FOREIGN, TODO_JWKS_URL: KEY_SET, TODO_JWT_LEEWAY: "60" };
    const more = { TODO_JWT_PARTIES: " https://a.test,https://b.test ,", TODO_JWT_MAX_LIFETIME: "604800" };
    expect(read({ ...env, ...more })).toMatchObject({
      audience: AUDIENCE,
      parties: ["https://a.test", "https://b.test"],
      maxLifetimeS: 604_800,
    });
    expect(read(env)).toEqual({
      secrets: [SECRET],
      issuer: ISSUER,
      audience: AUDIENCE,
      keySetUrl: KEY_SET,
      parties: null,
      maxLifetimeS: null,
      leewayS: 60,
    });
  });
});

describe("a secret", () => {
  test("may be two while it is replaced, the new one first", () => {
    expect(read({ BETTER_AUTH_SECRET: `${SECRET},${OLD_SECRET}` }).secrets).toEqual([SECRET, OLD_SECRET]);
  });

  test("may be in a file, with a line break at its end", () => {
    for (const end of ["", "\n", "\r\n"]) {
      expect(read({ BETTER_AUTH_SECRET_FILE: "/s" }, { "/s": `${SECRET}${end}` }).secrets).toEqual([SECRET]);
    }
    expect(read({ BETTER_AUTH_SECRET: "", BETTER_AUTH_SECRET_FILE: "/s" }, { "/s": SECRET }).secrets).toEqual([SECRET]);
    const both = { "/s": `${SECRET},${OLD_SECRET}\n` };
    expect(read({ BETTER_AUTH_SECRET_FILE: "/s" }, both).secrets).toEqual([SECRET, OLD_SECRET]);
  });

  test("is measured in bytes, and may be as Better Auth makes them", () => {
    expect(read({ BETTER_AUTH_SECRET: "äöüßéèêë".repeat(2) }).secrets).toEqual(["äöüßéèêë".repeat(2)]);
    for (let made = 0; made < 200; made += 1) {
      const secret = crypto.getRandomValues(new Uint8Array(32));
      expect(read({ BETTER_AUTH_SECRET: secret.toBase64() }).secrets).toHaveLength(1);
      expect(read({ BETTER_AUTH_SECRET: secret.toHex() }).secrets).toHaveLength(1);
    }
  });

  test("is refused when it is set in two places", () => {
    expect(refuse({ BETTER_AUTH_SECRET: SECRET, BETTER_AUTH_SECRET_FILE: "/s" }, { "/s": SECRET })).toMatchObject({
      code: "usage",
      message: "BETTER_AUTH_SECRET and BETTER_AUTH_SECRET_FILE are both set: nobody can tell which is meant",
      hints: ["Unset one of them."],
    });
  });

  test("is refused when its file can't be read", () => {
    expect(refuse({ BETTER_AUTH_SECRET_FILE: "/gone" })).toMatchObject({
      code: "usage",
      message: "the file of BETTER_AUTH_SECRET_FILE can't be read",
      hints: ["Check that it exists and that this user may read it."],
    });
  });

  test("is refused when its file is empty", () => {
    for (const content of ["", "\n"]) {
      expect(refuse({ BETTER_AUTH_SECRET_FILE: "/s" }, { "/s": content })).toMatchObject({
        code: "usage",
        message: "the file of BETTER_AUTH_SECRET_FILE is empty",
        hints: [HOW],
      });
    }
  });
});

const spki = await pemOf(rs.jwk);
const edSpki = await pemOf(ed.jwk);

async function pemOf(jwk: typeof ed.jwk): Promise<string> {
  const key = await importJWK(jwk, jwk.alg);
  if (key instanceof Uint8Array) throw new Error("a public key was expected");
  return exportSPKI(key);
}

const bodyOf = (pem: string): string => pem.split("\n").slice(1, -1).join("");
const PUBLIC = "holds a public key: whoever knows it could sign tokens";
const KNOWN = "contains a known example";

describe("a secret is refused that", () => {
  test.each([
    ["has 31 bytes", SECRET.slice(0, 31), "has fewer than 32 bytes"],
    ["has 7 different characters", "abcdefg".repeat(9), "has fewer than 8 different characters"],
    ["has spaces for more", `${SECRET} `, "begins or ends with white space"],
    ["ends with a line break", `${SECRET}\n`, "begins or ends with white space"],
    ["is the example of jwt.io", "your-256-bit-secret-your-256-bit-secret", KNOWN],
    ["is the new example of jwt.io", "a-string-secret-at-least-256-bits-long", KNOWN],
    ["is the long example of jwt.io", "a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long", KNOWN],
    ["is the default of Better Auth", "better-auth-secret-12345678901234567890", KNOWN],
    ["is the default of Better Auth in capitals", "BETTER-AUTH-SECRET-12345678901234567890", KNOWN],
    ["says that it should be changed", "ChangeMe-7fK2mQ9xWv4TzLr8Yb3NpHs6", KNOWN],
    ["says whose it is", "this-is-YOUR_SECRET-with-some-more-letters", KNOWN],
    ["counts", "12345678901234567890123456789012", KNOWN],
    ["is a password", "Password-7fK2mQ9xWv4TzLr8Yb3NpHs6", KNOWN],
    ["is a public key", spki, PUBLIC],
    ["is a public key on one line", edSpki.replaceAll("\n", String.raw`\n`), PUBLIC],
    ["is a public key without its lines", bodyOf(spki), PUBLIC],
    ["is an Ed25519 key without its lines", bodyOf(edSpki), PUBLIC],
    ["is a JWK", JSON.stringify(ed.jwk), PUBLIC],
    ["is a JWK with spaces", JSON.stringify(ed.jwk, null, 2), PUBLIC],
    ["is a key set", JSON.stringify({ keys: [] }), PUBLIC],
    ["is a key of OpenSSH", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB0x7fK2mQ9xWv4TzLr8Yb3NpHs6", PUBLIC],
    ["has a public key for the old one", `${SECRET},${bodyOf(edSpki)}`, PUBLIC],
  ])("%s", (_, secret, issue) => {
    const refused = refuse({ BETTER_AUTH_SECRET: secret });
    expect(refused).toMatchObject({ code: "usage", message: `BETTER_AUTH_SECRET ${issue}`, hints: [HOW] });
    expect(refuse({ BETTER_AUTH_SECRET_FILE: "/s" }, { "/s": `${secret}\n` })).toMatchObject({
      message: `the file of BETTER_AUTH_SECRET_FILE ${issue}`,
    });
  });

  test.each([
    ["an empty new one", `,${SECRET}`, "secret 1 of BETTER_AUTH_SECRET is empty"],
    ["an empty old one", `${SECRET},`, "secret 2 of BETTER_AUTH_SECRET is empty"],
    ["nothing but a comma", ",", "secret 1 of BETTER_AUTH_SECRET is empty"],
    [
      "a weak old one",
      `${SECRET},${"ab".repeat(20)}`,
      "secret 2 of BETTER_AUTH_SECRET has fewer than 8 different characters",
    ],
    [
      "a space behind its comma",
      `${SECRET}, ${OLD_SECRET}`,
      "secret 2 of BETTER_AUTH_SECRET begins or ends with white space",
    ],
  ])("has %s", (_, secret, message) => {
    expect(refuse({ BETTER_AUTH_SECRET: secret })).toMatchObject({ code: "usage", message, hints: [HOW] });
  });

  test("is wrong in any way, without repeating it", () => {
    const wrong = ["hunter2-hunter2", "xyzzy-plugh-".repeat(3) + "changeme", ` ${SECRET}`, `${SECRET},hunter2-hunter2`];
    for (const secret of wrong) {
      const refused = refuse({ BETTER_AUTH_SECRET: secret });
      const told = Bun.inspect(refused) + JSON.stringify(refused);
      for (const part of ["hunter2", "xyzzy", SECRET]) expect(told).not.toContain(part);
    }
  });
});

describe("the address of a key set", () => {
  test.each([
    "https://auth.todo.test/jwks?tenant=1",
    "http://localhost:3000/api/auth/jwks",
    "http://127.0.0.1:3000/jwks",
    "http://127.8.9.1/jwks",
    "http://[::1]:3000/jwks",
  ])("may be %s", (url) => {
    expect(read({ ...FOREIGN, TODO_JWKS_URL: url }).keySetUrl).toBe(url);
  });

  test.each([
    ["http elsewhere", "http://auth.todo.test/jwks"],
    ["http on a name that only begins like loopback", "http://localhost.evil.test/jwks"],
    ["http on a name that only begins like a loopback address", "http://127.0.0.1.evil.test/jwks"],
    ["http on a private address", "http://192.168.1.2/jwks"],
    ["http on any address", "http://0.0.0.0/jwks"],
    ["http elsewhere, with loopback as the user", "http://localhost@evil.test/jwks"],
    ["a file", "file:///etc/jwks.json"],
    ["data", "data:application/json,{}"],
  ])("must not be %s", (_, url) => {
    expect(refuse({ ...FOREIGN, TODO_JWKS_URL: url })).toMatchObject({
      code: "usage",
      message: "TODO_JWKS_URL is not https: others could change the keys on their way",
      hints: ["Use https, or http on localhost."],
    });
  });

  test.each(["https://ada:hunter2@auth.todo.test/jwks", "https://hunter2@auth.todo.test/jwks"])(
    "must not hold credentials, as %s does, which are not repeated",
    (url) => {
      const refused = refuse({ ...FOREIGN, TODO_JWKS_URL: url });
      expect(refused).toMatchObject({
        code: "usage",
        message: "TODO_JWKS_URL holds credentials, which would end up in logs",
        hints: ["Use a URL without user and password."],
      });
      expect(Bun.inspect(refused)).not.toContain("hunter2");
    },
  );

  test.each(["auth.todo.test/jwks", "https://", "/jwks", "yes"])("must not be %s", (url) => {
    expect(refuse({ ...FOREIGN, TODO_JWKS_URL: url })).toMatchObject({
      code: "usage",
      message: "TODO_JWKS_URL is not a URL",
      hints: ["Write it as: https://auth.example.com/api/auth/jwks"],
    });
  });

  test.each([
    "http://keycloak:8080/realms/a/protocol/openid-connect/certs",
    "http://10.0.0.7/jwks",
    "http://localhost:3000/jwks",
    "https://auth.todo.test/jwks",
  ])("may be %s where its owner says that http is safe enough", (url) => {
    expect(read({ ...FOREIGN, TODO_JWKS_URL: url, TODO_JWKS_INSECURE: "1" }).keySetUrl).toBe(url);
  });

  test.each(["http://keycloak:8080/certs", "http://10.0.0.7/jwks"])("must not be %s where nobody says so", (url) => {
    for (const insecure of ["0", ""]) {
      const env = { ...FOREIGN, TODO_JWKS_URL: url, TODO_JWKS_INSECURE: insecure };
      expect(refuse(env).message).toBe("TODO_JWKS_URL is not https: others could change the keys on their way");
    }
  });

  test.each([
    "file:///etc/jwks.json",
    "ftp://auth.todo.test/jwks",
    "http://ada:hunter2@keycloak/jwks",
    "keycloak:8080",
  ])("must not be %s even then", (url) => {
    expect(refuse({ ...FOREIGN, TODO_JWKS_URL: url, TODO_JWKS_INSECURE: "1" }).code).toBe("usage");
  });

  test.each(["yes", "true", "2", " 1"])("is refused where %j is to say that http is safe enough", (insecure) => {
    const env = { ...FOREIGN, TODO_JWKS_URL: "http://keycloak/jwks", TODO_JWKS_INSECURE: insecure };
    expect(refuse(env)).toMatchObject({ code: "usage", message: "TODO_JWKS_INSECURE is neither 1 nor 0" });
  });

  test("may stand without an audience where the parties are named whose tokens are let in", () => {
    const env = { TODO_JWT_ISSUER: ISSUER, TODO_JWT_PARTIES: "https://app.todo.test", TODO_JWKS_URL: KEY_SET };
    expect(read(env)).toMatchObject({ issuer: ISSUER, audience: null, parties: ["https://app.todo.test"] });
    const { TODO_JWT_ISSUER: _, ...nobodys } = env;
    expect(refuse(nobodys).code).toBe("usage");
    expect(refuse({ ...env, TODO_JWT_PARTIES: " , " })).toMatchObject({
      code: "usage",
      message: "TODO_JWT_PARTIES names nobody",
    });
  });

  test.each([
    ["who issues its tokens", { TODO_JWT_AUDIENCE: AUDIENCE }],
    ["for whom its tokens are", { TODO_JWT_ISSUER: ISSUER }],
    ["either", { TODO_JWT_ISSUER: "", TODO_JWT_AUDIENCE: "" }],
  ])("is refused where nothing says %s", (_, env) => {
    expect(refuse({ ...env, TODO_JWKS_URL: KEY_SET })).toMatchObject({
      code: "usage",
      message:
        "TODO_JWKS_URL needs TODO_JWT_ISSUER and TODO_JWT_AUDIENCE: its keys may sign tokens for other services too",
      hints: ["Set them to the `iss` and `aud` of the tokens that are for this server."],
    });
  });
});

describe("the longest life of tokens", () => {
  test.each([
    ["60", 60],
    ["86400", 86_400],
    ["31536000", 31_536_000],
  ])("may be %s", (text, seconds) => {
    expect(read({ TODO_JWT_MAX_LIFETIME: text }).maxLifetimeS).toBe(seconds);
  });

  test.each(["0", "59", "31536001", "-1", "1.5", "1e5", "a week", " 60", "7d", "Infinity"])(
    "must not be %j",
    (text) => {
      expect(refuse({ TODO_JWT_MAX_LIFETIME: text })).toMatchObject({
        code: "usage",
        message: "TODO_JWT_MAX_LIFETIME is not a whole number of seconds from 60 to 31536000",
      });
    },
  );
});

describe("the leeway", () => {
  test.each([
    ["0", 0],
    ["5", 5],
    ["60", 60],
  ])("may be %s", (text, seconds) => {
    expect(read({ TODO_JWT_LEEWAY: text }).leewayS).toBe(seconds);
  });

  test.each(["61", "-1", "1.5", "1e1", "ten", " 5", "5 ", "0x5", "600"])("must not be %j", (text) => {
    expect(refuse({ TODO_JWT_LEEWAY: text })).toMatchObject({
      code: "usage",
      message: "TODO_JWT_LEEWAY is not a whole number of seconds from 0 to 60",
      hints: ["Leave it out for 0."],
    });
  });
});
