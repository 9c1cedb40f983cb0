import { describe, expect, test } from "bun:test";
import { EMAIL, PASSWORD } from "../../support/server/account-api.ts";
import { type Device, type Online, SITE, useOnline } from "../../support/cli/online.ts";
import { DATABASE, ORIGIN } from "../../support/cli/remote.ts";

const openOnline = useOnline();

/** A device that is logged in, and whose tokens need to be renewed. */
async function openLoggedIn(): Promise<{ online: Online; device: Device; secrets: string[] }> {
  const online = await openOnline();
  const device = await online.signUp();
  online.goOn(60 * 60_000);
  online.asked.length = 0;
  const { token = "", refresh_token = "" } = device.credentials()[SITE] ?? {};
  return { online, device, secrets: [token, refresh_token] };
}

const COMMANDS = [["sessions"], ["auth", "status"], ["auth", "token"], ["token", "list"], ["whoami"], ["password"]];

describe("a token", () => {
  test.each([
    "https://todo.example.com:8443",
    "https://todo.example.com.",
    "https://todo.example.com.evil.test",
    "https://todo.example.comevil.test",
    "https://evil.test/https://todo.example.com/",
    "https://evil.test#@todo.example.com",
    "https://evil.test?todo.example.com",
    "https://evil.test\\@todo.example.com",
    "https://todo.example.com%2eevil.test",
    "https://todo.example.com\\@evil.test",
    "https://todo.example.com/todo",
    "https://todo.example.com/api/../x?y#z",
    "https://todo.example.com?",
    "https://todo.example.com/#",
    "https://example.com",
    "https://sub.todo.example.com",
    "https://todo.example.com@evil.test",
    "https://todo.example.com:443@evil.test",
    "http://todo.example.com",
    "http://localhost",
  ])("never goes to %s", async (url) => {
    const { online, device, secrets } = await openLoggedIn();
    for (const words of COMMANDS) {
      const { code, out, err } = await device.run(...words, "--server", url);
      expect([words, [2, 4].includes(code), out]).toEqual([words, true, ""]);
      for (const secret of secrets) expect(err).not.toContain(secret);
    }
    // Nobody is logged in there, so that there is nothing to ask.
    expect(online.asked).toEqual([]);
    expect((await device.run("logout", url)).out).toBe("");
    expect([online.asked, device.credentials()[SITE]?.["token"]]).toEqual([[], secrets[0]]);
  });

  test.each([
    "https://TODO.Example.COM",
    "https://todo.example.com:443",
    "https://todo.example.com/x/..//",
    "HTTPS://todo.example.com",
    "https:todo.example.com",
    "https://todo。example。com",
    "https://todo.example.com\\",
  ])("goes to %s, which is the same place", async (url) => {
    const { online, device } = await openLoggedIn();
    await device.print("sessions", "--server", url);
    expect(online.asked.map((asked) => new URL(asked.url).origin)).toEqual([SITE, SITE]);
  });

  test("of a server below a path goes to no other path of that host, and back", async () => {
    const online = await openOnline({ parts: { basePath: "/todo" } });
    const device = online.device();
    device.type(EMAIL, PASSWORD);
    await device.print("signup", `${SITE}/todo/`);
    expect(Object.keys(device.credentials())).toEqual([`${SITE}/todo`]);
    online.asked.length = 0;
    for (const url of [SITE, `${SITE}/todo2`, `${SITE}/tod`, `${SITE}/TODO`, `${SITE}/todo/x`]) {
      expect((await device.run("sessions", "--server", url)).code).toBe(4);
    }
    expect(online.asked).toEqual([]);
    device.keep({ token: "todo_pat_root", user: "x" });
    await device.print("sessions", "--server", `${SITE}/todo`);
    await device.run("sessions", "--server", SITE);
    const tokens = online.asked.map(({ path, token }) => [path, token === "todo_pat_root"]);
    expect(tokens.filter(([path]) => path === "/todo/api/auth/sessions")).toEqual([["/todo/api/auth/sessions", false]]);
    expect(tokens.at(-1)).toEqual(["/api/auth/sessions", true]);
  });

  test("of one server is not used where another one is not logged in, and both are kept apart", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    const other = "https://other.example.com";
    device.keep({ token: "todo_pat_other", user: "x" }, other);
    device.keep({ token: "todo_pat_port", user: "x" }, `${SITE}:8443`);
    device.keep({ token: "eyJ.database.x" }, ORIGIN);
    const tokens = async (url: string) => {
      online.asked.length = 0;
      await device.run("sessions", "--server", url);
      return online.asked.map(({ token }) => token);
    };
    expect(await tokens(other)).toEqual(["todo_pat_other"]);
    expect(await tokens(`${SITE}:8443`)).toEqual(["todo_pat_port"]);
    expect(await tokens(SITE)).toEqual([device.credentials()[SITE]?.["token"]]);
  });

  test("for a database is not sent to a server of the same name, nor the other way round", async () => {
    const online = await openOnline();
    const device = online.device();
    device.keep({ token: "eyJ.database.x" }, ORIGIN);
    expect((await device.run("sessions", "--server", "https://db.example.com:5432")).code).toBe(4);
    device.keep({ token: "todo_pat_server" }, "https://db.example.com:5432");
    device.setup.env["BETTER_AUTH_SECRET"] = "Vq3kT8wZr1XyN6mB4cJ7hL2pF9sD5gAe";
    const { err } = await device.run("whoami", "--db", DATABASE);
    expect(err).toContain("the token is not valid");
    expect(online.asked).toEqual([]);
  });

  test("is sent in one header to the API, and in no address", async () => {
    const { online, device, secrets } = await openLoggedIn();
    for (const words of COMMANDS) await device.run(...words);
    await device.run("logout");
    for (const { url, token, body } of online.asked) {
      expect(secrets.some((secret) => url.includes(secret))).toBe(false);
      expect(token === undefined || !body.includes(token)).toBe(true);
    }
  });
});

test("an address that is typed is the one that is shown, not what the user calls it", async () => {
  const online = await openOnline();
  await online.signUp();
  const device = online.device();
  device.type(EMAIL, "seven tall green lamps");
  await device.print("login", "https://TODO.example.com:443/", "--password");
  expect([Object.keys(device.credentials()), device.config()]).toEqual([[SITE], { server: SITE }]);
});
