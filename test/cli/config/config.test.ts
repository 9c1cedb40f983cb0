import { describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { findSetting, readConfigured } from "../../../src/cli/config/config.ts";
import { refusal } from "../../support/errors.ts";
import { DATABASE, SECRET, tokenOf } from "../../support/cli/remote.ts";
import { useScratch } from "../../support/disks/scratch.ts";
import { type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();
const scratch = useScratch();

const OTHER = "nD2mK9vQx7RfT4sWbY1zHc8LgJp3EuAo";

/** A terminal of somebody whose configuration file says this. */
function openConfigured(config: unknown, env: Record<string, string> = {}): { terminal: Terminal; path: string } {
  const base = scratch(crypto.randomUUID());
  mkdirSync(`${base}/todo`, { recursive: true });
  const path = `${base}/todo/config.json`;
  writeFileSync(path, typeof config === "string" ? config : JSON.stringify(config));
  return { terminal: openTerminal({ env: { TODO_DB: DATABASE, XDG_CONFIG_HOME: base, ...env } }), path };
}

function writeSecret(secret = SECRET): string {
  const path = scratch(crypto.randomUUID());
  writeFileSync(path, `${secret}\n`);
  return path;
}

describe("the configuration file", () => {
  test("says whose tokens are good where the environment does not", async () => {
    const { terminal } = openConfigured(
      { "better-auth-secret-file": writeSecret(), "jwt-issuer": "https://a.test", "jwt-audience": "https://b.test" },
      { TODO_TOKEN: await tokenOf("ada", { iss: "https://a.test", aud: "https://b.test" }) },
    );
    expect(await terminal.print("whoami", "--quiet")).toBe("ada\n");
    terminal.setup.env["TODO_TOKEN"] = await tokenOf("ada", { iss: "https://evil.test", aud: "https://b.test" });
    expect((await terminal.run("whoami")).code).toBe(4);
  });

  test("names a file with the secret from where it lies itself, wherever the user stands", async () => {
    const { terminal, path } = openConfigured(
      { "better-auth-secret-file": "secret" },
      { TODO_TOKEN: await tokenOf("ada") },
    );
    writeFileSync(path.replace("config.json", "secret"), SECRET);
    expect(await terminal.print("whoami", "--quiet")).toBe("ada\n");
  });

  test("names a file in the user's home with ~/", async () => {
    const home = { TODO_TOKEN: await tokenOf("ada"), HOME: scratch() };
    const { terminal } = openConfigured({ "better-auth-secret-file": `~/${basename(writeSecret())}` }, home);
    expect(await terminal.print("whoami", "--quiet")).toBe("ada\n");
  });

  test.each<[string, string, string]>([
    ["~/secret", "", "starts with ~/, but HOME is not set"],
    ["~ann/secret", "/home/bob", "starts with ~ but not with ~/"],
    ["~", "/home/bob", "starts with ~ but not with ~/"],
  ])("is told that no file is meant by %j with HOME=%j", async (path, home, why) => {
    const config = openConfigured(
      { "better-auth-secret-file": path },
      { HOME: home, TODO_TOKEN: await tokenOf("ada") },
    );
    const { code, err } = await config.terminal.run("whoami");
    expect([code, err.split("\n")[0]]).toEqual([2, `todo: ${config.path}: "better-auth-secret-file" ${why}`]);
  });

  test("may begin with a byte order mark", async () => {
    const config = `\ufeff${JSON.stringify({ "better-auth-secret-file": writeSecret() })}`;
    const { terminal } = openConfigured(config, { TODO_TOKEN: await tokenOf("ada") });
    expect(await terminal.print("whoami", "--quiet")).toBe("ada\n");
  });

  test.each<[string, Record<string, string>]>([
    ["BETTER_AUTH_SECRET", { BETTER_AUTH_SECRET: SECRET }],
    ["BETTER_AUTH_SECRET_FILE", { BETTER_AUTH_SECRET_FILE: writeSecret() }],
  ])("is not asked for a secret where %s is set", async (_, env) => {
    const token = { TODO_TOKEN: await tokenOf("ada") };
    const { terminal } = openConfigured({ "better-auth-secret-file": writeSecret(OTHER) }, { ...env, ...token });
    expect(await terminal.print("whoami", "--quiet")).toBe("ada\n");
  });

  test("is not asked for what another variable says, and an empty one says nothing", async () => {
    const config = { "better-auth-secret-file": writeSecret(), "jwt-issuer": "https://a.test" };
    const token = await tokenOf("ada", { iss: "https://b.test" });
    const { terminal } = openConfigured(config, { TODO_TOKEN: token, TODO_JWT_ISSUER: "https://b.test" });
    expect(await terminal.print("whoami", "--quiet")).toBe("ada\n");
    terminal.setup.env["TODO_JWT_ISSUER"] = "";
    expect((await terminal.run("whoami")).code).toBe(4);
  });

  test("is obeyed by `todo auth token --local`, on a file too", async () => {
    const env = { TODO_DB: scratch("own.db"), TODO_TOKEN: "" };
    const { terminal } = openConfigured(
      { "better-auth-secret-file": writeSecret(), "jwt-issuer": "https://a.test" },
      env,
    );
    const [, payload = ""] = (await terminal.print("auth", "token", "--local")).split(".");
    expect(JSON.parse(Buffer.from(payload, "base64url").toString())).toMatchObject({ iss: "https://a.test" });
    expect([terminal.kept.size, terminal.opened]).toEqual([0, []]);
  });

  test.each<[unknown, string]>([
    [{ "jwt-leeway": 61 }, "TODO_JWT_LEEWAY is not a whole number"],
    [{ "jwt-leeway": "x" }, "TODO_JWT_LEEWAY is not a whole number"],
    [{ "jwks-url": "http://a.test" }, "TODO_JWKS_URL is not https"],
    [{ "jwks-url": "https://a.test" }, "TODO_JWKS_URL needs TODO_JWT_ISSUER"],
    [{ "better-auth-secret-file": "/nowhere/secret" }, "BETTER_AUTH_SECRET_FILE can't be read"],
  ])("is named where a setting in it is refused: %p", async (config, why) => {
    const { terminal, path } = openConfigured(config, { TODO_TOKEN: await tokenOf("ada") });
    const { code, err } = await terminal.run("whoami");
    expect(code).toBe(2);
    expect(err).toContain(why);
    expect(err).toContain(`  Settings missing from the environment come from ${path}\n`);
  });

  test.each<[unknown, string]>([
    [{ jwks: "x" }, '"jwks" is not a setting'],
    [{ toString: "x" }, '"toString" is not a setting'],
    [{ "jwks-url": 1 }, '"jwks-url" is not a text'],
    [{ "better-auth-secret-file": null }, '"better-auth-secret-file" is not a text'],
    [{ "jwt-audience": ["a"] }, '"jwt-audience" is not a text'],
  ])("must not say what nobody understands: %p", async (config, why) => {
    const { terminal, path } = openConfigured(config, { TODO_TOKEN: await tokenOf("ada") });
    const { code, err } = await terminal.run("whoami");
    expect([code, err.split("\n")[0]]).toEqual([2, `todo: ${path}: ${why}`]);
  });

  test.each(["", "[]", "{", "1", '{"jwt-issuer":"a","jwt-issuer":"b"}'])(
    "must be one JSON object, not %j",
    async (text) => {
      const { terminal, path } = openConfigured(text, { TODO_TOKEN: await tokenOf("ada") });
      const { code, err } = await terminal.run("whoami");
      expect([code, err.split("\n")[0]]).toEqual([2, `todo: ${path} is not a JSON object`]);
    },
  );

  test("is not read by commands that change a file, and a list can't do without it: it may name a context", async () => {
    const { terminal, path } = openConfigured("broken", { TODO_DB: ":memory:" });
    await terminal.print("add", "Milk");
    expect((await terminal.run("list")).err).toStartWith(`todo: ${path} is not a JSON object\n`);
    expect((await terminal.run("list", "--no-context")).err).toBe("");
  });
});

describe("a setting", () => {
  test.each<["server" | "credential-store", string, string, string | undefined]>([
    ["server", "https://a.test", "https://b.test", undefined],
    ["credential-store", "file", "keychain", "file"],
  ])("%s is what the environment says, else the file, else the default", (key, first, second, last) => {
    const name = key === "server" ? "TODO_SERVER" : "TODO_CREDENTIAL_STORE";
    const { terminal } = openConfigured({ [key]: second }, { [name]: first });
    expect(findSetting(terminal.io, key)).toBe(first);
    terminal.setup.env[name] = "";
    expect(findSetting(terminal.io, key)).toBe(second);
    terminal.setup.env["XDG_CONFIG_HOME"] = scratch("none");
    expect(findSetting(terminal.io, key)).toBe(last);
    Object.assign(terminal.setup.env, { XDG_CONFIG_HOME: "", HOME: "" });
    expect(findSetting(terminal.io, key)).toBe(last);
  });

  test("that is a server keeps its path", () => {
    const { terminal } = openConfigured({ server: "https://A.test:443/x/../todo//" });
    expect(findSetting(terminal.io, "server")).toBe("https://a.test/todo");
    terminal.setup.env["TODO_SERVER"] = "http://localhost:8787/";
    expect(findSetting(terminal.io, "server")).toBe("http://localhost:8787");
  });

  test("costs one look into the file, and none where the environment says it", () => {
    const { terminal } = openConfigured({ server: "https://a.test" });
    let reads = 0;
    const readFile = (path: string) => {
      reads += 1;
      return terminal.io.readFile(path);
    };
    findSetting({ ...terminal.io, readFile }, "server");
    expect(reads).toBe(1);
    terminal.setup.env["TODO_SERVER"] = "https://b.test";
    findSetting({ ...terminal.io, readFile }, "server");
    expect(reads).toBe(1);
  });

  test.each<["server" | "credential-store", string, string, string]>([
    ["server", "TODO_SERVER", "http://a.test", "is not https: others could read your tokens"],
    ["server", "TODO_SERVER", "a.test", "is not a URL"],
    ["credential-store", "TODO_CREDENTIAL_STORE", "wallet", "is not a known credential store"],
  ])("%s is refused with the name of %s or of the file: %s", (key, name, value, why) => {
    const { terminal, path } = openConfigured({ [key]: value });
    const find = () => findSetting(terminal.io, key);
    expect(refusal(find)).toMatchObject({ code: "usage", message: `${path}: "${key}" ${why}` });
    terminal.setup.env[name] = value;
    expect(refusal(find)).toMatchObject({ code: "usage", message: `${name} ${why}` });
  });

  test("that another one needs is not looked at, and one that nobody knows is refused", () => {
    const bad = openConfigured({ server: "nothing", "credential-store": "keychain" });
    expect(findSetting(bad.terminal.io, "credential-store")).toBe("keychain");
    const unknown = openConfigured({ server: "https://a.test", later: 1 });
    expect(refusal(() => findSetting(unknown.terminal.io, "server")).message).toBe(
      `${unknown.path}: "later" is not a setting`,
    );
  });

  test("stands in for its variable beside the older ones", () => {
    const { terminal, path } = openConfigured({ server: "https://a.test", "credential-store": "keychain" });
    terminal.setup.env["TODO_CREDENTIAL_STORE"] = "file";
    const { env, path: from } = readConfigured(terminal.io);
    expect([env["TODO_SERVER"], env["TODO_CREDENTIAL_STORE"], from]).toEqual(["https://a.test", "file", path]);
  });
});
