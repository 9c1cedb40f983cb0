import { describe, expect, test } from "bun:test";
import { EMAIL, PASSWORD } from "../../support/server/account-api.ts";
import { at } from "../../support/stores/test-user.ts";
import { type Device, type Online, SITE, useOnline } from "../../support/cli/online.ts";

const openOnline = useOnline();

type Listed = { readonly id: string; readonly device: string; readonly current: boolean };

async function list(device: Device): Promise<Listed[]> {
  return JSON.parse(await device.print("sessions", "--json"));
}

/** One more device that calls itself so. */
async function addDevice(online: Online, name: string): Promise<Device> {
  const { api } = online;
  const grant = await api.logIn({ device: name });
  const device = online.device();
  device.configure({ server: SITE });
  device.keep({ token: grant.access_token, refresh_token: grant.refresh_token, user: "x", email: EMAIL });
  return device;
}

describe("`todo sessions`", () => {
  test("lists the devices, the last used first, and says which one is this", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    online.goOn(5 * 60_000);
    await addDevice(online, "phone");
    const [phone, laptop] = await list(device);
    expect(await device.run("sessions")).toEqual({
      code: 0,
      out:
        `${phone?.id.slice(-8)}  phone   last used 2026-11-20 10:05\n` +
        `${laptop?.id.slice(-8)}  laptop  last used 2026-11-20 10:00  (this one)\n`,
      err: "",
    });
    expect(await device.print("sessions", "list")).toBe(await device.print("sessions"));
    expect(await device.print("sessions", "list", "--server", SITE, "--quiet")).toBe(`${phone?.id}\n${laptop?.id}\n`);
    expect(await device.print("sessions", "--quiet")).toBe(`${phone?.id}\n${laptop?.id}\n`);
    expect([phone, laptop]).toMatchObject([
      { device: "phone", current: false },
      { device: "laptop", current: true },
    ]);
  });

  test("stand in columns, however wide their names are", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    for (const name of ["📱 phone", "買い物リスト", "x"]) await addDevice(online, name);
    const lines = (await device.print("sessions")).trimEnd().split("\n");
    const places = lines.map((line) => Bun.stringWidth(line.split("last used")[0] ?? ""));
    expect([lines.length, new Set(places).size]).toEqual([4, 1]);
  });

  test("are nobody else's", async () => {
    const online = await openOnline();
    const [device, other] = [await online.signUp(), await online.signUp("grace@example.com")];
    expect(await list(device)).toHaveLength(1);
    const { id } = at(await list(other), 0);
    expect((await device.run("sessions", "revoke", id)).code).toBe(3);
    expect((await other.run("sessions")).code).toBe(0);
  });

  test("are not for a personal token", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    device.setup.env["TODO_TOKEN"] = await device.makeToken("ci");
    const { code, out, err } = await device.run("sessions");
    expect([code, out]).toEqual([4, ""]);
    expect(err).toContain("only a device that is signed in to an account of this server can do this\n");
  });
});

describe("`todo sessions revoke`", () => {
  test.each<[string, (phone: Listed) => string]>([
    ["its name", ({ device }) => device],
    ["its id", ({ id }) => id],
    ["its id in capitals", ({ id }) => id.toUpperCase()],
    ["the letters of the list", ({ id }) => id.slice(-8)],
    ["four of them", ({ id }) => id.slice(-4)],
  ])("locks out the device that is named by %s, at once", async (_, nameOf) => {
    const online = await openOnline();
    const device = await online.signUp();
    const phone = await addDevice(online, "old phone");
    await phone.print("sessions");
    const found = (await list(device)).find((each) => each.device === "old phone");
    const name = found ? nameOf(found) : "";
    expect(await device.run("sessions", "revoke", name)).toEqual({ code: 0, out: "Locked out old phone\n", err: "" });
    expect(await phone.run("sessions")).toEqual({
      code: 4,
      out: "",
      err: `todo: your session at todo.example.com has ended\n  Log in again: todo login ${SITE}\n`,
    });
    expect(await list(device)).toMatchObject([{ device: "laptop", current: true }]);
  });

  test("says it to programs and to scripts", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    await addDevice(online, "phone");
    await addDevice(online, "tablet");
    const said: unknown = JSON.parse(await device.print("sessions", "revoke", "phone", "--json"));
    expect(said).toMatchObject({ device: "phone", current: false });
    expect(await device.run("sessions", "revoke", "tablet", "--quiet")).toEqual({ code: 0, out: "", err: "" });
  });

  test("names the choices where several are meant, and ends none", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    online.goOn(1000);
    await addDevice(online, "phone");
    online.goOn(1000);
    await addDevice(online, "phone");
    const { code, out, err } = await device.run("sessions", "revoke", "phone");
    const [newer, older] = (await list(device)).filter((each) => each.device === "phone");
    const choices = `  ${newer?.id.slice(-8)}  phone (2)\n  ${older?.id.slice(-8)}  phone (1)\n`;
    expect({ code, out, err }).toEqual({ code: 3, out: "", err: `todo: 2 have this name or id\n${choices}` });
    expect(await list(device)).toHaveLength(3);
    await device.print("sessions", "revoke", "phone (1)");
    expect(await list(device)).toMatchObject([{ id: newer?.id }, { device: "laptop" }]);
    expect(await device.print("sessions")).toContain("  phone   last used");
  });

  test.each(["phon", "PHONE", "", "0000", "e", "todo_ref_c2VjcmV0c2VjcmV0"])(
    "knows no device that is called %j, and does not repeat it",
    async (name) => {
      const online = await openOnline();
      const device = await online.signUp();
      await addDevice(online, "phone");
      expect(await device.run("sessions", "revoke", name)).toEqual({
        code: 3,
        out: "",
        err: "todo: nothing has this name or id\n",
      });
      expect(await list(device)).toHaveLength(2);
    },
  );

  test("asks before it locks this very device out", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    Object.assign(device.setup, { terminals: ["in"] });
    device.type("n");
    expect(await device.run("sessions", "revoke", "laptop")).toEqual({
      code: 0,
      out: "",
      err: "Lock out this very device? [y/N] No device was locked out.\n",
    });
    expect((await device.run("sessions")).code).toBe(0);
    device.type("y");
    expect(await device.run("sessions", "revoke", "laptop")).toEqual({
      code: 0,
      out: "Locked out laptop\n",
      err: `Lock out this very device? [y/N] That was this device. To log in again: todo login ${SITE}\n`,
    });
    expect((await device.run("sessions")).code).toBe(4);
  });

  test("needs --yes for this very device where nobody can answer", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    expect(await device.run("sessions", "revoke", "laptop")).toEqual({
      code: 2,
      out: "",
      err: `todo: locking out this very device needs --yes without a terminal\n  To log out here: todo logout ${SITE}\n`,
    });
    expect((await device.run("sessions")).code).toBe(0);
    expect(await device.print("sessions", "revoke", "laptop", "--yes")).toBe("Locked out laptop\n");
    expect((await device.run("sessions")).code).toBe(4);
  });

  test.each([
    [["sessions", "revoke", "laptop", "--yes", "--server", SITE]],
    [["sessions", "--server", SITE, "revoke", "laptop", "--yes"]],
  ])("takes the server that is named anywhere behind the first word: %j", async (words) => {
    const online = await openOnline();
    const device = await online.signUp();
    device.configure({ server: "https://other.example.com" });
    expect(await device.print(...words)).toBe("Locked out laptop\n");
  });

  test("takes its other flags between the words and behind them", async () => {
    const online = await openOnline();
    const device = await online.signUp();
    await addDevice(online, "phone");
    expect(await device.print("sessions", "--quiet", "revoke", "phone")).toBe("");
    const { out } = await device.run("--json", "sessions", "revoke", "laptop", "--yes");
    expect(JSON.parse(out)).toMatchObject({ device: "laptop" });
  });
});

describe("the name of a device", () => {
  test("is what --name says at the login or the sign-up", async () => {
    const online = await openOnline();
    const device = online.device();
    device.type(EMAIL, PASSWORD);
    await device.print("signup", SITE, "--name", "work");
    const other = online.device();
    other.type(EMAIL, PASSWORD);
    await other.print("login", SITE, "--password", "--name", "Ada's phone");
    expect((await list(device)).map(({ device: name }) => name).toSorted()).toEqual(["Ada's phone", "work"]);
  });

  test("is sent to the page in the browser, too", async () => {
    const online = await openOnline();
    const device = online.device({ terminals: ["in"] });
    online.state.network = (_, pass) => pass().then(() => Promise.reject(new Error("cut")));
    await device.run("login", SITE, "--name", "work");
    expect(online.asked.map(({ path, body }) => [path, body])).toEqual([["/api/auth/device", '{"device":"work"}']]);
  });

  test.each([
    [["--name", " "], "--name is empty"],
    [["--name", "work", "--token", "-"], "--name is for a device, and a token belongs to none"],
  ])("is refused before anything is asked or sent: %j", async (flags, why) => {
    const online = await openOnline();
    const { code, err } = await online.device({ terminals: ["in"] }).run("login", SITE, ...flags);
    expect([code, err]).toEqual([2, `todo: ${why}\n`]);
    expect(online.asked).toEqual([]);
  });
});
