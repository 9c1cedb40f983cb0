import { afterEach, describe, expect, test } from "bun:test";
import { AUDIENCE, CLAIMS, ed, ISSUER, serveKeys, sign } from "../../services/tokens/issuer.ts";
import { CREDENTIALS, DATABASE, NAME, onServer, ORIGIN, tokenOf } from "../../support/cli/remote.ts";
import { OPENING } from "../../support/stores/test-user.ts";
import { useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

const servers: ReturnType<typeof serveKeys>[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

describe("`todo whoami`", () => {
  test("names the user of the token that is stored, where it is, and until when it is good", async () => {
    const terminal = openTerminal(onServer());
    terminal.kept.set(CREDENTIALS, JSON.stringify({ [ORIGIN]: { token: await tokenOf("ada") } }));
    expect(await terminal.run("whoami")).toEqual({
      code: 0,
      out: `ada, by the token of ${CREDENTIALS}, until 2026-11-20 11:00\n`,
      err: "",
    });
    expect(await terminal.print("whoami", "--quiet")).toBe("ada\n");
    expect(JSON.parse(await terminal.print("whoami", "--json"))).toEqual({
      user: "ada",
      email: null,
      server: null,
      database: NAME,
      source: CREDENTIALS,
      expires_at: "2026-11-20T10:00:00.000Z",
    });
    expect(terminal.opened).toEqual([]);
  });

  test("names that of TODO_TOKEN before it", async () => {
    const terminal = openTerminal(onServer({ TODO_TOKEN: await tokenOf("eve") }));
    terminal.kept.set(CREDENTIALS, JSON.stringify({ [ORIGIN]: { token: await tokenOf("ada") } }));
    expect(await terminal.print("whoami")).toBe("eve, by the token of TODO_TOKEN, until 2026-11-20 11:00\n");
    // An empty variable says nothing.
    terminal.setup.env["TODO_TOKEN"] = "";
    expect(await terminal.print("whoami", "--quiet")).toBe("ada\n");
  });

  test("knows tokens with public keys, as the server does", async () => {
    const keys = serveKeys();
    servers.push(keys);
    const variables = { TODO_JWKS_URL: keys.url, TODO_JWT_ISSUER: ISSUER, TODO_JWT_AUDIENCE: AUDIENCE };
    const env = { TODO_DB: DATABASE, ...variables, TODO_TOKEN: await sign(ed) };
    expect(await openTerminal({ env }).print("whoami", "--quiet")).toBe(`${CLAIMS.sub}\n`);
    const foreign = await sign(ed, { ...CLAIMS, aud: "https://other.test" });
    expect((await openTerminal({ env: { ...env, TODO_TOKEN: foreign } }).run("whoami")).code).toBe(4);
    keys.answer = () => new Response("", { status: 500 });
    const away = await openTerminal({ env }).run("whoami");
    expect([away.code, away.err.split("\n")[0]]).toEqual([
      6,
      "todo: the keys that tokens are checked with can't be fetched now",
    ]);
  });

  test("fails without a token, and says what to type", async () => {
    const terminal = openTerminal(onServer());
    const { code, out, err } = await terminal.run("whoami");
    expect([code, out]).toEqual([4, ""]);
    expect(err).toBe(
      `todo: you are not logged in to ${NAME}\n` +
        "  Log in with a token of your account there, or of your auth server: todo login --token -\n  Or set TODO_TOKEN.\n",
    );
  });

  test("fails with a token that is over, from the moment at which it is", async () => {
    const terminal = openTerminal(onServer());
    terminal.kept.set(CREDENTIALS, JSON.stringify({ [ORIGIN]: { token: await tokenOf("ada") } }));
    terminal.setup.now = OPENING + 3_600_000 - 1;
    expect((await terminal.run("whoami")).code).toBe(0);
    terminal.setup.now = OPENING + 3_600_000;
    expect(await terminal.run("whoami")).toEqual({
      code: 4,
      out: "",
      err: `todo: the token has expired: that of ${CREDENTIALS}\n  Log in with a new one: todo login --token -\n`,
    });
  });

  test("fails with a bad TODO_TOKEN, also where a good one is stored", async () => {
    const terminal = openTerminal(onServer({ TODO_TOKEN: "bad" }));
    terminal.kept.set(CREDENTIALS, JSON.stringify({ [ORIGIN]: { token: await tokenOf("ada") } }));
    const { code, err } = await terminal.run("whoami");
    expect(code).toBe(4);
    expect(err).toStartWith("todo: the token is not valid: that of TODO_TOKEN\n  Set TODO_TOKEN to a new one.\n");
  });

  test("needs a server, or a database on one", async () => {
    const { code, err } = await openTerminal().run("whoami");
    expect(code).toBe(2);
    expect(err).toStartWith(
      "todo: todo whoami needs a server or a database on one\n" +
        "  Log in to a server with: todo login https://todo.example.com\n",
    );
  });
});

describe("what is stored", () => {
  test.each([
    "",
    "null",
    "[]",
    "{",
    '{"a":1}',
    '{"a":{"token":1}}',
    '{"a":null}',
    '{"a":{"token":"x"},"a":{"token":"y"}}',
  ])("is refused where it is %s, with what to type", async (text) => {
    const terminal = openTerminal(onServer());
    terminal.kept.set(CREDENTIALS, text);
    const { code, err } = await terminal.run("whoami");
    expect([code, err]).toEqual([
      4,
      `todo: ${CREDENTIALS}: this is not what todo login writes\n` +
        "  Log in again, which keeps a copy of it: todo login\n",
    ]);
  });

  test("is not looked at where TODO_TOKEN is set", async () => {
    const terminal = openTerminal(onServer({ TODO_TOKEN: await tokenOf("ada"), HOME: "" }));
    expect(await terminal.print("whoami", "--quiet")).toBe("ada\n");
  });

  test("lies in the folder of XDG_CONFIG_HOME where that is a whole path", async () => {
    const entry = JSON.stringify({ [ORIGIN]: { token: await tokenOf("ada") } });
    const terminal = openTerminal(onServer({ XDG_CONFIG_HOME: "/etc/ann" }));
    terminal.kept.set("/etc/ann/todo/credentials.json", entry);
    expect(await terminal.print("whoami", "--quiet")).toBe("ada\n");
    terminal.setup.env["XDG_CONFIG_HOME"] = "here";
    expect((await terminal.run("whoami")).code).toBe(4);
  });
});
