import { describe, expect, test } from "bun:test";
import { EMAIL, PASSWORD } from "../../support/server/account-api.ts";
import { SITE, useOnline } from "../../support/cli/online.ts";
import { ON_A_TERMINAL } from "../../support/cli/terminal.ts";

const openOnline = useOnline();

const OTHER = "grace@example.com";
const NEW = "New password (12 characters or more): ";
const AGAIN = "The same again: ";

describe("`todo signup URL`", () => {
  test("makes an account and logs in to it, and that server is taken from then on", async () => {
    const online = await openOnline();
    const device = online.device();
    device.type(EMAIL, PASSWORD);
    expect(await device.run("signup", SITE)).toEqual({
      code: 0,
      out: `Logged in as ${EMAIL} to todo.example.com\n`,
      err: "",
    });
    expect(device.credentials()).toEqual({
      [SITE]: {
        token: expect.stringMatching(/^eyJ/),
        refresh_token: expect.stringMatching(/^todo_ref_/),
        expires_at: new Date(online.api.clock.now + 15 * 60_000).toISOString(),
        user: expect.any(String),
        email: EMAIL,
      },
    });
    expect(device.config()).toEqual({ server: SITE });
    expect(JSON.parse(await device.print("sessions", "--json"))).toMatchObject([{ device: "laptop", current: true }]);
  });

  test("asks for address and password twice on a terminal, and the first one for no invitation", async () => {
    const online = await openOnline({ signup: "first" });
    const device = online.device(ON_A_TERMINAL);
    device.type(EMAIL, PASSWORD, PASSWORD);
    expect(await device.run("signup", SITE)).toEqual({
      code: 0,
      out: `Logged in as ${EMAIL} to todo.example.com\n`,
      err: `E-mail: ${NEW}\n${AGAIN}\n`,
    });
  });

  test("checks each answer at once and asks again on a terminal", async () => {
    const online = await openOnline();
    const device = online.device(ON_A_TERMINAL);
    device.type("ada", "", EMAIL, "short", "passwordpassword", EMAIL, PASSWORD, "x", PASSWORD, PASSWORD);
    const { code, err } = await device.run("signup", SITE);
    // The third password is the last that may be wrong.
    expect([code, err]).toEqual([
      2,
      "E-mail: It is not an e-mail address.\nE-mail: There is no e-mail on standard input.\n" +
        `E-mail: ${NEW}\nThe password has fewer than 12 characters.\n` +
        `${NEW}\nThe password is one of the commonest passwords.\n` +
        `${NEW}\ntodo: the password is the e-mail address or its part before the @\n` +
        "  A few words that don't belong together are long and easy to remember.\n",
    ]);
    expect(online.asked).toEqual([]);
    device.type(EMAIL, PASSWORD, "x", PASSWORD, PASSWORD);
    expect(await device.run("signup", SITE)).toMatchObject({
      code: 0,
      err: `E-mail: ${NEW}\n${AGAIN}\nThe passwords do not match.\n${NEW}\n${AGAIN}\n`,
    });
  });

  test("asks for no address that --email gives", async () => {
    const online = await openOnline();
    const device = online.device(ON_A_TERMINAL);
    device.type(PASSWORD, PASSWORD);
    const { code, err } = await device.run("signup", SITE, "--email", OTHER);
    expect([code, err]).toEqual([0, expect.not.stringContaining("E-mail")]);
    expect(await device.print("whoami", "--quiet")).toBe(`${OTHER}\n`);
  });

  test("says it to programs and to scripts, and takes the server of the settings", async () => {
    const online = await openOnline();
    const device = online.device();
    device.configure({ server: SITE });
    device.type(EMAIL, PASSWORD);
    expect(JSON.parse(await device.print("signup", "--json"))).toEqual({
      user: expect.any(String),
      email: EMAIL,
      server: SITE,
      database: null,
      expires_at: null,
      synced: { sent: 0, received: 0, rejected: 0, conflicts: 0 },
    });
    device.type(OTHER, PASSWORD);
    expect(await device.run("signup", "--quiet")).toEqual({ code: 0, out: "", err: "" });
  });

  test("takes the place of the login before, whose session ends", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    const { token = "" } = device.credentials()[SITE] ?? {};
    device.type(OTHER, PASSWORD);
    await device.print("signup");
    expect(await device.print("whoami", "--quiet")).toBe(`${OTHER}\n`);
    expect(await online.api.knock(token)).toBe(401);
  });

  test("takes lines that end as on Windows", async () => {
    const device = (await openOnline()).device();
    device.setup.stdin = `${EMAIL}\r\n${PASSWORD}\r\n\r\n`;
    await device.print("signup", SITE);
    device.setup.stdin = `${EMAIL}\n${PASSWORD}\n`;
    await device.print("login", "--password");
  });
});

describe("an invitation", () => {
  test("is what all need who come after the first", async () => {
    const online = await openOnline({ signup: "first" });
    await online.signUp();
    const device = online.device();
    device.type(OTHER, PASSWORD);
    const { code, out, err } = await device.run("signup", SITE);
    expect([code, out]).toEqual([4, ""]);
    expect(err).toBe(
      "todo: todo.example.com: only who was invited can sign up here\n" +
        "  Invitations are made on the server's machine: todo admin invite\n",
    );
    device.type(OTHER, PASSWORD, await online.api.invite());
    await device.print("signup", SITE);
    expect(await device.print("whoami", "--quiet")).toBe(`${OTHER}\n`);
  });

  test("is asked for on a terminal only where the server wants one, and again where it is not good", async () => {
    const online = await openOnline({ signup: "first" });
    await online.signUp();
    const device = online.device(ON_A_TERMINAL);
    device.type(OTHER, PASSWORD, PASSWORD, "todo_inv_wrong", await online.api.invite());
    expect(await device.run("signup", SITE)).toEqual({
      code: 0,
      out: `Logged in as ${OTHER} to todo.example.com\n`,
      err:
        `E-mail: ${NEW}\n${AGAIN}\nYou need an invitation to sign up here.\nInvitation: ` +
        "That invitation is not good.\nInvitation: ",
    });
    device.type("cy@example.com", PASSWORD, PASSWORD, "");
    expect(await device.run("signup", SITE)).toMatchObject({
      code: 4,
      err: expect.stringContaining("only who was invited can sign up here\n  Invitations are made on"),
    });
  });

  test("is good once", async () => {
    const online = await openOnline({ signup: "invite" });
    const invite = await online.api.invite();
    const codes = [];
    for (const email of [EMAIL, OTHER]) {
      const device = online.device();
      device.type(email, PASSWORD, invite);
      codes.push((await device.run("signup", SITE)).code);
    }
    expect(codes).toEqual([0, 4]);
  });
});

describe("`todo signup` keeps nothing", () => {
  test("where the two passwords differ each time, and sends nothing", async () => {
    const online = await openOnline();
    const device = online.device(ON_A_TERMINAL);
    device.type(EMAIL, ...Array.from({ length: 3 }, () => [PASSWORD, `${PASSWORD} `]).flat());
    const { code, err } = await device.run("signup", SITE);
    expect([code, err]).toEqual([2, expect.stringContaining("\ntodo: the passwords do not match\n")]);
    expect([online.asked, [...device.kept], device.config()]).toEqual([[], [], undefined]);
  });

  test.each<[string, string, string, number, string]>([
    ["a short password", EMAIL, "short", 2, "todo: the password has fewer than 12 characters"],
    ["the address as password", "ada.lovelace@example.com", "ada.lovelace", 2, "the password is the e-mail address"],
    ["what is no address", "ada", PASSWORD, 2, "todo: it is not an e-mail address"],
  ])("of %s", async (_, email, password, exit, why) => {
    const online = await openOnline();
    const device = online.device();
    device.type(email, password);
    const { code, out, err } = await device.run("signup", SITE);
    expect([code, out, online.asked]).toEqual([exit, "", []]);
    expect(err).toContain(why);
    expect(err).not.toContain(`${password}\n`);
    expect([...device.kept]).toEqual([]);
  });

  test("where the address has an account", async () => {
    const online = await openOnline();
    await online.signUp();
    const device = online.device();
    device.type(EMAIL.toUpperCase(), PASSWORD);
    const { code, err } = await device.run("signup", SITE);
    expect([code, err.split("\n").length > 1, err]).toEqual([5, true, expect.stringContaining("todo.example.com: ")]);
    expect([...device.kept]).toEqual([]);
  });

  test("where nobody can sign up", async () => {
    const device = (await openOnline({ signup: "closed" })).device();
    device.type(EMAIL, PASSWORD, "todo_inv_x");
    const { code, err } = await device.run("signup", SITE);
    expect([code, err]).toEqual([4, expect.stringContaining("nobody can sign up here")]);
  });

  test.each<[string, readonly string[], string]>([
    ["an address", [], "there is no e-mail on standard input"],
    ["a password", [EMAIL], "there is no new password on standard input"],
    ["a password, only an empty line", [EMAIL, "", "x"], "there is no new password on standard input"],
  ])("without %s", async (_, lines, why) => {
    const online = await openOnline();
    const device = online.device();
    device.type(...lines);
    expect(await device.run("signup", SITE)).toEqual({ code: 2, out: "", err: `todo: ${why}\n` });
    expect(online.asked).toEqual([]);
  });

  test("where nothing says which server is meant, and asks for nothing then", async () => {
    const device = (await openOnline()).device(ON_A_TERMINAL);
    expect(await device.run("signup")).toEqual({
      code: 2,
      out: "",
      err: "todo: no server is given\n  Such as: todo signup todo.example.com\n  Or name it with TODO_SERVER.\n",
    });
  });
});
