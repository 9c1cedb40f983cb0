import { describe, expect, test } from "bun:test";
import { chmodSync, readFileSync, renameSync, statSync, symlinkSync } from "node:fs";
import { type Home, useHomes } from "../../support/cli/home.ts";
import {
  credentialsOf,
  EMAIL,
  entryOf,
  logIn,
  PASSWORD,
  signUp,
  startAccountServer,
} from "../../support/cli/people.ts";
import type { Server } from "../../support/server/server.ts";

const newHome = useHomes();

const GRACE = "grace@example.com";

/** What curl would be given. */
async function tokenOf(home: Home): Promise<string> {
  return (await home.print("auth", "token")).trim();
}

async function titlesOf(home: Home, server: Server): Promise<string[]> {
  const { body } = await server.ask("GET", "/api/tasks", { token: await tokenOf(home) });
  return body.map(({ title }: { readonly title: string }) => title);
}

test("two people on a new server each see their own tasks and nothing else", async () => {
  const [machine, ada, grace] = [newHome(), newHome(), newHome()];
  const server = await startAccountServer(machine);
  expect(await signUp(ada, server.url)).toMatchObject({ exitCode: 0, err: "" });
  // Who comes after the first needs an invitation.
  const refused = await signUp(grace, server.url, GRACE);
  expect([refused.exitCode, refused.err]).toEqual([
    4,
    expect.stringContaining("only who was invited can sign up here"),
  ]);
  const invite = (await machine.print("admin", "invite", "--quiet")).trim();
  expect(await signUp(grace, server.url, GRACE, invite)).toMatchObject({ exitCode: 0, err: "" });
  for (const [home, title] of [
    [ada, "Ada's"],
    [grace, "Grace's"],
  ] as const) {
    const { status } = await server.ask("POST", "/api/tasks", { token: await tokenOf(home), json: { title } });
    expect(status).toBe(201);
  }
  expect([await titlesOf(ada, server), await titlesOf(grace, server)]).toEqual([["Ada's"], ["Grace's"]]);
  expect(await Promise.all([ada, grace].map((home) => home.print("whoami", "-q")))).toEqual([
    `${EMAIL}\n`,
    `${GRACE}\n`,
  ]);
  const users = await machine.print("admin", "users");
  expect(users.split("\n").map((line) => line.split(" ")[0])).toEqual([EMAIL, GRACE, ""]);
  // The server's own user has none of them.
  expect(await machine.tasks()).toEqual([]);
});

test("a lost laptop is locked out by another device, at once", async () => {
  const [machine, phone, laptop] = [newHome(), newHome(), newHome()];
  const server = await startAccountServer(machine);
  await signUp(phone, server.url);
  await logIn(laptop, server.url);
  const token = await tokenOf(laptop);
  expect((await laptop.todo("sessions")).exitCode).toBe(0);
  const listed: { readonly id: string; readonly current: boolean }[] = JSON.parse(
    await phone.print("sessions", "--json"),
  );
  const lost = listed.find(({ current }) => !current)?.id.slice(-8) ?? "";
  await phone.print("sessions", "revoke", lost);
  expect((await server.ask("GET", "/api/tasks", { token })).status).toBe(401);
  const { exitCode, out, err } = await laptop.todo("sessions");
  expect([exitCode, out]).toEqual([4, ""]);
  expect(err).toBe(
    `todo: your session at ${new URL(server.url).host} has ended\n  Log in again: todo login ${server.url}\n`,
  );
  expect((await phone.todo("sessions")).exitCode).toBe(0);
});

test("an account that is disabled on the machine of the server is locked out within moments", async () => {
  const [machine, ada] = [newHome(), newHome()];
  const server = await startAccountServer(machine);
  await signUp(ada, server.url);
  await ada.print("sessions");
  await machine.print("admin", "disable", EMAIL);
  await Bun.sleep(1001);
  expect((await ada.todo("sessions")).exitCode).toBe(4);
  await machine.print("admin", "enable", EMAIL);
  expect((await ada.run({ args: ["login", "--email", EMAIL], input: `${PASSWORD}\n` })).exitCode).toBe(0);
});

describe("a file with tokens", () => {
  const COMMANDS = [["auth", "token"], ["sessions"], ["logout"], ["login", "--password"], ["signup"]];

  /** Somebody who is logged in, and each command with a good address and password on standard input. */
  async function openLoggedIn() {
    const [machine, home] = [newHome(), newHome()];
    const server = await startAccountServer(machine);
    await signUp(home, server.url);
    const run = (args: readonly string[]) => home.run({ args, input: `${EMAIL}\n${PASSWORD}\n` });
    return { server, home, run, path: credentialsOf(home) };
  }

  test("that others can read is refused before anything is sent, with what to type", async () => {
    const { server, home, run, path } = await openLoggedIn();
    const before = readFileSync(path, "utf8");
    chmodSync(path, 0o640);
    const asked = (await server.wholeLog()).length;
    for (const words of COMMANDS) {
      const { exitCode, out, err } = await run(words);
      expect([exitCode, out]).toEqual([1, ""]);
      expect(err).toBe(
        `todo: ${path}: others can read it, so it is not secret\n` +
          `  If nobody else has read it: chmod 600 ${path}. Otherwise get new tokens and revoke the old ones.\n`,
      );
    }
    expect([(await server.wholeLog()).length, readFileSync(path, "utf8"), statSync(path).mode & 0o777]).toEqual([
      asked,
      before,
      0o640,
    ]);
    chmodSync(path, 0o600);
    expect((await home.todo("sessions")).exitCode).toBe(0);
  });

  test("that is a symbolic link is refused before anything is sent, with what to type", async () => {
    const { server, run, path } = await openLoggedIn();
    renameSync(path, `${path}.elsewhere`);
    symlinkSync(`${path}.elsewhere`, path);
    const asked = (await server.wholeLog()).length;
    for (const words of COMMANDS) {
      expect(await run(words)).toMatchObject({
        exitCode: 1,
        out: "",
        err: `todo: ${path}: it is a symbolic link\n  Remove it: rm ${path}\n`,
      });
    }
    expect((await server.wholeLog()).length).toBe(asked);
  });

  test("is made for its owner alone, whatever the umask, and nothing else is that others can read", async () => {
    const [machine, home] = [newHome(), newHome()];
    const server = await startAccountServer(machine);
    const input = `${EMAIL}\n${PASSWORD}\n`;
    expect((await home.shell(`umask 000; todo signup ${server.url}`, { input })).exitCode).toBe(0);
    expect(
      (await home.shell("umask 000; todo login --password && todo sessions && todo logout", { input })).exitCode,
    ).toBe(0);
    const { out } = await home.shell('find "$HOME" -perm /077');
    // The folder itself is this test's.
    expect(out.split("\n").filter((name) => name !== "" && name !== home.path("home"))).toEqual([]);
    expect(() => entryOf(home)).toThrow("one login was expected");
  });
});
