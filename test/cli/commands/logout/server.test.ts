import { describe, expect, test } from "bun:test";
import { EMAIL } from "../../../support/server/account-api.ts";
import { type Network, SITE, useOnline } from "../../../support/cli/online.ts";

const openOnline = useOnline();

const AWAY: Network = () => Promise.reject(new Error("cut"));

describe("`todo logout` of a server", () => {
  test("ends the session there and forgets it, and no other one", async () => {
    const online = await openOnline();
    const [device, other] = [await online.signUp(), await online.logIn()];
    device.keep({ token: "other" }, "https://other.example.com");
    const { token = "" } = device.credentials()[SITE] ?? {};
    expect(await device.run("logout")).toEqual({ code: 0, out: "Logged out of todo.example.com\n", err: "" });
    expect(device.credentials()).toEqual({ "https://other.example.com": { token: "other" } });
    expect(online.paths().at(-1)).toBe("POST /api/auth/logout");
    expect(await online.api.knock(token)).toBe(401);
    expect((await other.run("sessions")).code).toBe(0);
    // Whoever logs in again most likely means the same one.
    expect(device.config()).toEqual({ server: SITE });
  });

  test("ends a session whose access token is over, without a new one", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    const other = await online.logIn();
    online.goOn(60 * 60_000);
    const before = online.paths().length;
    await device.print("logout", SITE);
    expect(online.paths().slice(before)).toEqual(["POST /api/auth/logout"]);
    expect(JSON.parse(await other.print("sessions", "--json"))).toHaveLength(1);
  });

  test("says it to programs and to scripts", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    expect(JSON.parse(await device.print("logout", "--json"))).toEqual({
      server: SITE,
      database: null,
      forgotten: true,
    });
    expect(JSON.parse(await device.print("logout", "--json"))).toEqual({
      server: SITE,
      database: null,
      forgotten: false,
    });
    expect(await (await online.logIn()).run("logout", "--quiet")).toEqual({ code: 0, out: "", err: "" });
  });

  test("says where nobody was logged in, and asks nobody", async () => {
    const online = await openOnline();
    const device = online.device();
    const said = { code: 0, out: "", err: "You were not logged in to todo.example.com.\n" };
    expect(await device.run("logout", SITE)).toEqual(said);
    expect([online.asked, [...device.kept]]).toEqual([[], []]);
  });

  test.each<[string, Network, number]>([
    ["is away", AWAY, 6],
    ["is none", async () => new Response("<html>", { status: 200 }), 6],
    ["answers nothing", async () => new Response("", { status: 200 }), 6],
    ["is broken", async () => new Response("", { status: 500 }), 6],
  ])("forgets the session where the server %s, and says what that leaves behind", async (_, network, exit) => {
    const online = await openOnline();
    const device = await online.signUp();
    online.state.network = network;
    expect(await device.run("logout")).toEqual({
      code: exit,
      out: "",
      err:
        "todo: forgotten here, but todo.example.com could not be told\n" +
        "  The session there is still open. End it from another device: todo sessions revoke\n",
    });
    expect(device.credentials()).toEqual({});
    expect((await device.run("whoami")).code).toBe(4);
  });

  test("forgets a personal token, which stays good, and asks nobody", async () => {
    const online = await openOnline();
    const token = await (await online.signUp()).makeToken("ci");
    const device = online.device();
    device.type(token);
    await device.print("login", SITE, "--token", "-");
    const before = online.asked.length;
    expect(await device.print("logout")).toBe("Logged out of todo.example.com\n");
    expect(online.asked).toHaveLength(before);
    expect(await online.api.knock(token)).toBe(200);
  });

  test("says that TODO_TOKEN still counts", async () => {
    const online = await openOnline();
    const device = await online.signUp(EMAIL, { env: { TODO_TOKEN: "todo_pat_x" } });
    expect((await device.run("logout")).err).toBe("TODO_TOKEN is set and is used all the same.\n");
  });

  test("leaves what it can't read as it is", async () => {
    const device = (await openOnline()).device();
    device.kept.set(device.path, "[]");
    const { code, err } = await device.run("logout", SITE);
    expect([code, err]).toEqual([4, expect.stringContaining(`${device.path}: this is not what todo login writes\n`)]);
    expect([...device.kept]).toEqual([[device.path, "[]"]]);
  });
});
