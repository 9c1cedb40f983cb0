import { describe, expect, test } from "bun:test";
import { EMAIL } from "../../../support/server/account-api.ts";
import { SITE, useOnline } from "../../../support/cli/online.ts";

const openOnline = useOnline();

describe("`todo whoami` on a server", () => {
  test("is known from the login, so that nobody is asked", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    const { user = "" } = device.credentials()[SITE] ?? {};
    online.asked.length = 0;
    // Neither the network nor a good token is needed for it.
    online.goOn(365 * 24 * 60 * 60_000);
    const proof = `by the login in ${device.path}`;
    expect(await device.run("whoami")).toEqual({
      code: 0,
      out: `${EMAIL} on todo.example.com, ${proof}\n`,
      err: "",
    });
    expect(await device.print("whoami", "--quiet")).toBe(`${EMAIL}\n`);
    expect(JSON.parse(await device.print("whoami", "--json"))).toEqual({
      user,
      email: EMAIL,
      server: SITE,
      database: null,
      source: device.path,
      expires_at: expect.any(String),
    });
    expect(online.asked).toEqual([]);
  });

  test("is the id of who has no address", async () => {
    const device = (await openOnline()).device();
    device.keep({ token: "x", user: "grace" });
    expect(await device.print("whoami", "--server", SITE, "--quiet")).toBe("grace\n");
    const said: unknown = JSON.parse(await device.print("whoami", "--server", SITE, "--json"));
    expect(said).toMatchObject({ user: "grace", email: null });
  });

  test("is whom the server knows by TODO_TOKEN, which goes before the login", async () => {
    const online = await openOnline();
    const owner = await online.signUp("grace@example.com");
    const token = await owner.makeToken("ci");
    const device = await online.signUp(EMAIL, { env: {} });
    device.setup.env["TODO_TOKEN"] = token;
    expect(await device.print("whoami")).toBe("grace@example.com on todo.example.com, by the login in TODO_TOKEN\n");
    delete device.setup.env["TODO_TOKEN"];
    expect(await device.print("whoami", "--quiet")).toBe(`${EMAIL}\n`);
  });

  test("is nobody by a TODO_TOKEN that the server refuses", async () => {
    const online = await openOnline();
    const device = await online.signUp(EMAIL, { env: { TODO_TOKEN: "todo_pat_wrong" } });
    expect(await device.run("whoami")).toEqual({
      code: 4,
      out: "",
      err: "todo: todo.example.com refuses the token of TODO_TOKEN\n  Set TODO_TOKEN to another one.\n",
    });
    online.state.network = () => Promise.reject(new Error("cut"));
    expect((await device.run("whoami")).code).toBe(6);
  });

  test("is nobody where nobody is logged in, which says how", async () => {
    const online = await openOnline();
    const device = online.device();
    expect(await device.run("whoami", "--server", SITE)).toEqual({
      code: 4,
      out: "",
      err: `todo: you are not logged in to todo.example.com\n  Log in: todo login ${SITE}\n`,
    });
    expect(online.asked).toEqual([]);
  });
});
