import { describe, expect, test } from "bun:test";
import { EMAIL, PASSWORD } from "../../../support/server/account-api.ts";
import { SITE, useOnline } from "../../../support/cli/online.ts";
import { ON_A_TERMINAL, type Setup } from "../../../support/cli/terminal.ts";

const openOnline = useOnline();

const PI = "http://raspberrypi.local:8787";
const AT_HOME = ["192.168.1.5", "fe80::1"];
const WARNING =
  `${PI} is not encrypted. Others in its network can read your password and tasks.\n` +
  "In another network, whoever has this address there gets your login.\n" +
  "Use it all the same, also for syncs? [y/N] ";

/** A device at home, where a server has the name of PI, and what it sent to that name. */
async function openHome(setup: Partial<Setup> = {}) {
  const online = await openOnline();
  await online.signUp();
  const sent: string[] = [];
  const device = online.device({
    fetch: (url, init) => {
      sent.push(url);
      return online.fetch(url.replace(PI, SITE), init);
    },
    resolveHost: () => Promise.resolve(AT_HOME),
    ...setup,
  });
  return { device, sent };
}

const logIn = ["login", "raspberrypi.local:8787", "--password"];

describe("a server at home without TLS", () => {
  test("is used after a warning and a yes, and from then on without asking", async () => {
    const { device, sent } = await openHome(ON_A_TERMINAL);
    device.type("yes", EMAIL, PASSWORD);
    const { code, err } = await device.run(...logIn);
    expect([code, err.startsWith(`${WARNING}E-mail: `)]).toEqual([0, true]);
    expect(device.config()).toMatchObject({ server: PI, "insecure-http": PI });
    expect(Object.keys(device.credentials())).toEqual([PI]);
    device.type(EMAIL, PASSWORD);
    expect((await device.run(...logIn)).err).not.toContain("not encrypted");
    device.type("");
    await device.print("sessions");
    await device.print("sync");
    sent.length = 0;
    await device.print("sync", "--background");
    expect(sent.map((url) => url.startsWith(`${PI}/api/sync`))).toContain(true);
  });

  test.each(["n", "", "perhaps"])("gets no byte after %j", async (answer) => {
    const { device, sent } = await openHome(ON_A_TERMINAL);
    device.type(answer, EMAIL, PASSWORD);
    const { code, err } = await device.run(...logIn);
    expect([code, err]).toEqual([2, `${WARNING}todo: nothing was sent\n  Put TLS before the server, and use https.\n`]);
    expect([sent, device.config(), device.kept.size]).toEqual([[], undefined, 0]);
  });

  test("is refused where nobody can be asked, unless --insecure-http says yes", async () => {
    const { device, sent } = await openHome();
    for (const words of [logIn, ["signup", PI], ["login", PI, "--token", "-"]]) {
      device.type(EMAIL, PASSWORD);
      const { code, err } = await device.run(...words);
      expect([code, err]).toEqual([
        2,
        `todo: ${PI} is not encrypted: others in its network could read your password and tasks\n` +
          "  Put TLS before the server, and use https.\n" +
          `  Or agree to it once: todo login ${PI} --insecure-http\n` +
          "  Without an account there, the same with todo signup.\n",
      ]);
    }
    expect(sent).toEqual([]);
    device.type(EMAIL, PASSWORD);
    expect((await device.run(...logIn, "--insecure-http")).code).toBe(0);
    expect(device.config()).toMatchObject({ "insecure-http": PI });
  });

  test("gets nothing from a sync, in the background too, that nobody agreed to or that was taken back", async () => {
    const { device, sent } = await openHome();
    device.type(EMAIL, PASSWORD);
    await device.print(...logIn, "--insecure-http");
    await device.print("config", "unset", "insecure-http");
    await device.print("add", "Pay rent");
    sent.length = 0;
    for (const words of [["sync"], ["sync", PI], ["sessions"], ["auth", "token"], ["logout"]]) {
      const { code, err } = await device.run(...words);
      expect([words, code, err]).toEqual([words, 2, expect.stringContaining("is not encrypted")]);
    }
    await device.run("sync", "--background");
    expect(sent).toEqual([]);
    expect(await device.print("sync", "--status")).toContain("is not encrypted");
    device.setup.env["TODO_INSECURE_HTTP"] = `${PI}/, http://10.0.0.5:8787`;
    await device.print("sync");
    expect(sent).not.toEqual([]);
  });

  test("is another one on another port, path or name", async () => {
    const { device, sent } = await openHome();
    device.type(EMAIL, PASSWORD);
    await device.print(...logIn, "--insecure-http");
    sent.length = 0;
    for (const url of [
      "http://raspberrypi.local",
      `${PI}/todo`,
      "http://raspberrypi.lan:8787",
      "http://192.168.1.5:8787",
    ]) {
      expect((await device.run("sessions", "--server", url)).err).toContain("is not encrypted");
    }
    expect(sent).toEqual([]);
  });

  test.each([
    [["203.0.113.9"]],
    [["192.168.1.5", "203.0.113.9"]],
    [["2001:db8::1"]],
    [["100.64.0.9"]],
    [["::ffff:192.168.1.5"]],
  ])("gets nothing where its name leads out of the network: %j", async (addresses) => {
    const { device, sent } = await openHome();
    device.type(EMAIL, PASSWORD);
    await device.print(...logIn, "--insecure-http");
    device.setup.resolveHost = () => Promise.resolve(addresses);
    sent.length = 0;
    const { code, err } = await device.run("sync");
    expect([code, err]).toEqual([6, expect.stringContaining("has a public address in this network")]);
    device.type(EMAIL, PASSWORD);
    expect((await device.run(...logIn)).code).toBe(6);
    await device.run("sync", "--watch");
    expect(sent).toEqual([]);
  });

  test("can't be one of the public net, whatever is said", async () => {
    const { device, sent } = await openHome(ON_A_TERMINAL);
    for (const url of ["http://todo.example.com", "http://203.0.113.9:8787"]) {
      device.type("yes", EMAIL, PASSWORD);
      const { code, err } = await device.run("login", url, "--password", "--insecure-http");
      expect([code, err]).toEqual([2, expect.stringContaining("is not https")]);
      expect((await device.run("config", "set", "insecure-http", url)).code).toBe(2);
      expect((await device.run("config", "set", "insecure-http", url.replace("http:", "https:"))).code).toBe(2);
    }
    expect(sent).toEqual([]);
  });
});
