import { describe, expect, test } from "bun:test";
import { EMAIL, PASSWORD } from "../../support/server/account-api.ts";
import { SITE, useOnline } from "../../support/cli/online.ts";
import { ON_A_TERMINAL } from "../../support/cli/terminal.ts";

const openOnline = useOnline();

const NEW = "nine quiet paper boats";

describe("`todo password`", () => {
  test("changes the password and logs the other devices out, but not this one", async () => {
    const online = await openOnline();
    const [device, other] = [await online.signUp(), await online.logIn()];
    device.type(PASSWORD, NEW);
    expect(await device.run("password")).toEqual({
      code: 0,
      out: "Changed the password. Your other devices are logged out, and your personal tokens have ended.\n",
      err: "",
    });
    expect((await device.run("sessions")).code).toBe(0);
    expect((await other.run("sessions")).code).toBe(4);
    other.type(EMAIL, PASSWORD);
    expect((await other.run("login", "--password")).code).toBe(4);
    other.type(EMAIL, NEW);
    expect((await other.run("login", "--password")).code).toBe(0);
  });

  test("asks for the password once and for the new one twice on a terminal", async () => {
    const device = await (await openOnline()).signUp();
    device.setup.terminals = ON_A_TERMINAL.terminals;
    device.type(PASSWORD, NEW, NEW);
    expect(await device.run("password", "--server", SITE)).toMatchObject({
      code: 0,
      err: "Password: \nNew password (12 characters or more): \nThe same again: \n",
    });
  });

  test("says it to programs and to scripts", async () => {
    const device = await (await openOnline()).signUp();
    device.type(PASSWORD, NEW);
    expect(JSON.parse(await device.print("password", "--json"))).toEqual({ changed: true, kept_tokens: false });
    device.type(NEW, PASSWORD);
    expect(await device.run("password", "--quiet")).toEqual({ code: 0, out: "", err: "" });
  });

  test("ends the personal tokens, and keeps them where that is said", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    const token = await device.makeToken("ci");
    device.type(PASSWORD, NEW);
    expect(await device.print("password", "--keep-tokens")).toBe(
      "Changed the password. Your other devices are logged out, and programs keep their tokens.\n",
    );
    expect(await online.api.knock(token)).toBe(200);
    device.type(NEW, PASSWORD);
    await device.print("password");
    expect(await online.api.knock(token)).toBe(401);
  });

  test.each([
    ["y", true],
    ["n", false],
    ["", false],
  ])("asks on a terminal whether to keep the tokens, if there are any: %p", async (answer, isKept) => {
    const online = await openOnline();
    const device = await online.signUp();
    const tokens = [await device.makeToken("ci"), await device.makeToken("ci")];
    device.setup.terminals = ON_A_TERMINAL.terminals;
    device.type(PASSWORD, NEW, NEW, answer);
    const { code, err } = await device.run("password", "--json");
    expect([code, err]).toEqual([0, expect.stringContaining("Keep your 2 personal tokens as well? [y/N] ")]);
    for (const token of tokens) expect(await online.api.knock(token)).toBe(isKept ? 200 : 401);
  });

  test.each<[string, readonly string[], number, string]>([
    ["the password is wrong", [NEW, NEW], 4, "todo: todo.example.com: the password is wrong\n"],
    ["the new one is short", [PASSWORD, "short"], 2, "todo: the password has fewer than 12 characters\n"],
    ["there is no new one", [PASSWORD], 2, "todo: there is no new password on standard input\n"],
    ["there is none at all", [], 2, "todo: there is no password on standard input\n"],
  ])("changes nothing where %s", async (_, lines, exit, why) => {
    const online = await openOnline();
    const device = await online.signUp();
    device.type(...lines);
    const { code, out, err } = await device.run("password");
    expect([code, out]).toEqual([exit, ""]);
    expect(err).toStartWith(why);
    await online.logIn();
  });

  test("asks again where the new ones differ, and changes nothing where they differ each time", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    online.asked.length = 0;
    device.setup.terminals = ON_A_TERMINAL.terminals;
    device.type(PASSWORD, NEW, "x", NEW, "y", NEW, "z");
    expect(await device.run("password")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/(\nThe passwords do not match\.[^]*){2}\ntodo: the passwords do not match\n/),
    });
    expect(online.asked).toEqual([]);
  });

  test("asks for nothing where nobody is logged in", async () => {
    const device = (await openOnline()).device({ ...ON_A_TERMINAL, env: { TODO_SERVER: SITE } });
    expect(await device.run("password")).toMatchObject({ code: 4, err: expect.not.stringContaining("Password:") });
  });
});
