import { describe, expect, test } from "bun:test";
import { EMAIL, PASSWORD } from "../../../support/server/account-api.ts";
import { SITE, useOnline } from "../../../support/cli/online.ts";
import { DATABASE, ORIGIN, SECRET, tokenOf } from "../../../support/cli/remote.ts";
import { ON_A_TERMINAL } from "../../../support/cli/terminal.ts";

const openOnline = useOnline();

const NOTHING_NEW = { sent: 0, received: 0, rejected: 0, conflicts: 0 };
const LOGGED_IN = `Logged in as ${EMAIL} to todo.example.com\n`;

describe("`todo login URL --password`", () => {
  test("asks for address and password, and takes that server from then on", async () => {
    const online = await openOnline();
    await online.signUp();
    const device = online.device(ON_A_TERMINAL);
    device.type(EMAIL, PASSWORD);
    expect(await device.run("login", `${SITE}/`, "--password")).toEqual({
      code: 0,
      out: LOGGED_IN,
      err: "E-mail: Password: \n",
    });
    expect(Object.keys(device.credentials())).toEqual([SITE]);
    expect(device.config()).toEqual({ server: SITE });
    expect(online.paths().slice(2)).toEqual(["POST /api/auth/login", "POST /api/sync"]);
  });

  test("needs no --password where --email says who it is", async () => {
    const online = await openOnline();
    await online.signUp();
    const device = online.device(ON_A_TERMINAL);
    device.type(PASSWORD);
    expect(await device.run("login", SITE, "--email", EMAIL)).toEqual({ code: 0, out: LOGGED_IN, err: "Password: \n" });
  });

  test("says it to programs and to scripts", async () => {
    const online = await openOnline();
    const { user } = (await online.signUp()).credentials()[SITE] ?? {};
    const device = online.device();
    device.type(EMAIL, PASSWORD);
    const said: unknown = JSON.parse(await device.print("login", SITE, "--password", "--json"));
    expect(said).toEqual({
      user: String(user),
      email: EMAIL,
      server: SITE,
      database: null,
      expires_at: null,
      synced: NOTHING_NEW,
    });
    device.type(PASSWORD);
    expect(await device.run("login", "--email", EMAIL, "--quiet")).toEqual({ code: 0, out: "", err: "" });
  });

  test("says no alike for a wrong password and an address that nobody has, and keeps nothing", async () => {
    const online = await openOnline();
    await online.signUp();
    for (const email of [EMAIL, "nobody@example.com"]) {
      const device = online.device();
      device.type(email, `${PASSWORD}!`);
      expect(await device.run("login", SITE, "--password")).toEqual({
        code: 4,
        out: "",
        err: "todo: todo.example.com: the e-mail address or the password is wrong\n",
      });
      expect([[...device.kept], device.config()]).toEqual([[], undefined]);
    }
  });

  test("leaves the login before as it was where the new one fails", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    const before = device.credentials();
    device.type(EMAIL, `${PASSWORD}!`);
    expect((await device.run("login", "--password")).code).toBe(4);
    expect(device.credentials()).toEqual(before);
    await device.print("sessions");
  });

  test("ends the session of the login before, and no other one", async () => {
    const online = await openOnline();
    const [device, other] = [await online.signUp(), await online.logIn()];
    const { token = "" } = device.credentials()[SITE] ?? {};
    device.type(EMAIL, PASSWORD);
    await device.print("login", "--password");
    expect(await online.api.knock(token)).toBe(401);
    expect(JSON.parse(await device.print("sessions", "--json"))).toHaveLength(2);
    expect((await other.run("sessions")).code).toBe(0);
  });

  test("is done where the session before can't be ended, because the new one is good", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    online.state.network = ({ path }, pass) =>
      path === "/api/auth/logout" ? Promise.reject(new Error("cut")) : pass();
    device.type(EMAIL, PASSWORD);
    expect(await device.run("login", "--password")).toEqual({ code: 0, out: LOGGED_IN, err: "" });
  });

  test("says that TODO_TOKEN goes before it", async () => {
    const online = await openOnline();
    await online.signUp();
    const device = online.device({ env: { TODO_TOKEN: "todo_pat_x" } });
    device.type(EMAIL, PASSWORD);
    expect((await device.run("login", SITE, "--password")).err).toBe("TODO_TOKEN is set and goes before this login.\n");
  });

  test("keeps a copy of what it can't read", async () => {
    const online = await openOnline();
    await online.signUp();
    const device = online.device();
    device.kept.set(device.path, "{ broken");
    device.type(EMAIL, PASSWORD);
    const { code, err } = await device.run("login", SITE, "--password");
    const aside = `${device.path}.corrupt-1`;
    expect([code, err]).toEqual([0, `The tokens that were kept could not be read. They are in ${aside}\n`]);
    expect([device.kept.get(aside), Object.keys(device.credentials())]).toEqual(["{ broken", [SITE]]);
  });

  test.each<[string, Record<string, string>, string]>([
    ["settings that can't be read", {}, "config.json is not a JSON object"],
    ["a TODO_SERVER that is none", { TODO_SERVER: "todo.example.com" }, "TODO_SERVER is not a URL"],
    [
      "a store that is none",
      { TODO_CREDENTIAL_STORE: "wallet" },
      "TODO_CREDENTIAL_STORE is not a known credential store",
    ],
    ["no home", { XDG_CONFIG_HOME: "", HOME: "" }, "neither HOME nor XDG_CONFIG_HOME says where your tokens are"],
  ])("is refused with %s before anything is asked or sent", async (_, env, why) => {
    const online = await openOnline();
    const device = online.device({ ...ON_A_TERMINAL, env });
    if (why.startsWith("config.json")) await Bun.write(device.path.replace("credentials", "config"), "[]");
    for (const command of [
      ["login", SITE, "--password"],
      ["login", SITE],
      ["signup", SITE],
    ]) {
      const { code, out, err } = await device.run(...command);
      expect([code, out, err.split("\n")[0]]).toEqual([2, "", expect.stringContaining(why)]);
    }
    expect(online.asked).toEqual([]);
  });
});

describe("`todo login URL --token -`", () => {
  test("keeps a personal token, of which the server says whose it is and until when", async () => {
    const online = await openOnline();
    const owner = await online.signUp();
    const token = await owner.makeToken("ci", "--days", "1");
    const device = online.device();
    device.type(token);
    expect(await device.run("login", SITE, "--token", "-")).toEqual({ code: 0, out: LOGGED_IN, err: "" });
    const { user } = owner.credentials()[SITE] ?? {};
    expect(device.credentials()).toEqual({
      [SITE]: { token, user: String(user), email: EMAIL, expires_at: "2026-11-21T09:00:00.000Z" },
    });
    expect(await device.print("auth", "token")).toBe(`${token}\n`);
    // It is a program's, so that it can't look after the account.
    expect((await device.run("sessions")).code).toBe(4);
  });

  test("keeps a JWT of an issuer whom the server trusts", async () => {
    const online = await openOnline({ tokens: { secrets: [SECRET] } });
    const device = online.device();
    device.type(await tokenOf("grace"));
    expect((await device.run("login", SITE, "--token", "-")).out).toBe("Logged in as grace to todo.example.com\n");
    expect(await device.print("whoami", "--quiet")).toBe("grace\n");
  });

  test("takes the place of a session, which ends", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    const { token: before = "" } = device.credentials()[SITE] ?? {};
    const token = await device.makeToken("ci");
    device.type(token);
    await device.print("login", "--token", "-");
    expect(await online.api.knock(before)).toBe(401);
    expect(device.credentials()[SITE]).not.toHaveProperty("refresh_token");
  });

  test.each(["todo_pat_wrong", "eyJhbGciOiJIUzI1NiJ9.e30.x", "two words", "Bearer x", "密码", "a\u0000b"])(
    "keeps nothing of %j, and does not repeat it",
    async (token) => {
      const device = (await openOnline()).device();
      device.type(token);
      const { code, out, err } = await device.run("login", SITE, "--token", "-");
      expect([code, out, err.split("\n").length]).toEqual([4, "", 2]);
      expect(err).toContain("token is not valid");
      expect(err).not.toContain(token);
      expect([...device.kept]).toEqual([]);
    },
  );

  test("asks on a terminal, and needs a token", async () => {
    const online = await openOnline();
    const device = online.device(ON_A_TERMINAL);
    expect(await device.run("login", SITE, "--token", "-")).toEqual({
      code: 2,
      out: "",
      err: "Token: \ntodo: there is no token on standard input\n",
    });
    expect(online.asked).toEqual([]);
  });
});

describe("`todo login`", () => {
  test("needs a terminal, or to be told how, and says how", async () => {
    const online = await openOnline();
    expect(await online.device().run("login", SITE)).toEqual({
      code: 2,
      out: "",
      err:
        "todo: todo login needs a terminal, unless it is told how to log in\n" +
        `  With a token: todo login ${SITE} --token - < token.txt\n` +
        `  Or: todo login ${SITE} --password\n`,
    });
    expect(online.asked).toEqual([]);
  });

  test("takes a bare host, and names the form of an address to who typed none", async () => {
    const online = await openOnline();
    await online.signUp();
    const device = online.device();
    device.type(EMAIL, PASSWORD);
    await device.print("login", "Todo.Example.com", "--password");
    expect(Object.keys(device.credentials())).toEqual([SITE]);
    await device.print("logout", "todo.example.com");
    expect(device.credentials()).toEqual({});
    const { code, err } = await device.run("login", "raspberrypi");
    expect([code, err]).toEqual([2, expect.stringContaining("\n  Name a server as todo.example.com, ")]);
  });

  test("is for the database that TODO_DB names, whatever server the settings name, unless an address is given", async () => {
    const online = await openOnline();
    await online.signUp();
    const device = online.device({ env: { TODO_DB: DATABASE, BETTER_AUTH_SECRET: SECRET } });
    device.configure({ server: SITE });
    device.type(await tokenOf("grace"));
    expect(await device.print("login", "--token", "-")).toStartWith("Logged in as grace to db.example.com/todo until");
    device.type(EMAIL, PASSWORD);
    expect(await device.print("login", SITE, "--password")).toBe(LOGGED_IN);
    expect(Object.keys(device.credentials())).toEqual([ORIGIN, SITE]);
    expect(await device.print("whoami", "--quiet")).toBe("grace\n");
    expect(await device.print("logout")).toBe("Logged out of db.example.com/todo\n");
    expect(await device.print("logout", SITE)).toBe("Logged out of todo.example.com\n");
    expect(device.credentials()).toEqual({});
  });
});
