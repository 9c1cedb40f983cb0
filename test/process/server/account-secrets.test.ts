import { expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { drawPort } from "../../support/server/ports.ts";
import { useFaultyServers } from "../../support/server/faulty-servers.ts";
import { type Ended, finish, type Home, useHomes } from "../../support/cli/home.ts";
import {
  credentialsOf,
  EMAIL,
  entryOf,
  logIn,
  PASSWORD,
  signUp,
  startAccountServer,
} from "../../support/cli/people.ts";
import { eventually } from "../../support/server/server.ts";

const newHome = useHomes();
const servers = useFaultyServers();

/** All that may be known to one process, or to nobody but its user. */
const SECRET = new RegExp(`todo_(?:ref|pat|dev|inv)_|eyJhbGci|${PASSWORD}|wrong horse battery`);

/** Every file below a folder that has a secret in it. */
function findSecrets(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names.map((name) => join(folder, name)).filter((path) => statSync(path).isFile());
  return files.filter((path) => SECRET.test(readFileSync(path, "latin1")));
}

/** A command that fails, and what is on its standard input. */
async function fail(home: Home, args: readonly string[], ...lines: readonly string[]): Promise<Ended> {
  const ended = await home.run({ args, input: lines.map((line) => `${line}\n`).join("") });
  expect([args, ended.exitCode === 0, ended.out]).toEqual([args, false, ""]);
  expect([args, SECRET.exec(ended.err)?.[0]]).toEqual([args, undefined]);
  expect(ended.err).not.toContain("bug");
  return ended;
}

test("secrets are in one file of their user's and in what was asked for, and nowhere else", async () => {
  const [machine, home, other] = [newHome(), newHome(), newHome()];
  const server = await startAccountServer(machine);
  await signUp(home, server.url);
  const token = (await home.run({ args: ["token", "create", "bot"], input: `${PASSWORD}\n` })).out.trim();
  await fail(home, ["token", "create", "more"], "wrong horse battery");
  await machine.print("admin", "invite");
  await logIn(other, server.url);
  await fail(home, ["login", "--password"], EMAIL, "wrong horse battery");
  await fail(home, ["signup"], EMAIL, PASSWORD);
  await fail(home, ["signup"], "grace@example.com", PASSWORD, "todo_inv_wrong");
  await fail(home, ["login", "--token", "-"], `${token}x`);
  await fail(home, ["password"], "wrong horse battery", PASSWORD);
  await fail(home, ["login", token]);
  await fail(home, ["token", "revoke", token]);
  await fail(home, ["sessions", "--server", `http://localhost:${drawPort()}`]);
  await fail(home, ["login", `http://localhost:${drawPort()}`, "--password"], EMAIL, PASSWORD);
  await home.run({ args: ["password"], input: `${PASSWORD}\n${PASSWORD} and one more\n` });
  await fail(other, ["sessions"]);
  await fail(other, ["auth", "token", "--json", "--server", `${server.url}/?token=${token}`, "more"]);
  const { token: access, refresh_token: refresh } = entryOf(home);
  await server.ask("GET", `/api/tasks?token=${token}&x=${access}`, { token: refresh });
  const { out, err } = await server.kill("SIGTERM");
  expect(SECRET.exec(out + err)?.[0]).toBeUndefined();
  expect(findSecrets(home.folder)).toEqual([credentialsOf(home)]);
  expect(findSecrets(other.folder)).toEqual([credentialsOf(other)]);
  // The database of the server has what can be compared with them. Whoever reads it can't log in.
  expect(findSecrets(machine.folder)).toEqual([]);
  expect(existsSync(machine.db)).toBe(true);
});

test("a proxy sees nothing of what is for a server on this machine", async () => {
  const [machine, home] = [newHome(), newHome()];
  const server = await startAccountServer(machine);
  await signUp(home, server.url);
  const proxy = servers.answering(() => Response.json([]));
  const env = Object.fromEntries(["http_proxy", "HTTP_PROXY", "https_proxy"].map((name) => [name, proxy.origin]));
  const { exitCode, out } = await home.run({ args: ["sessions"], env });
  expect([exitCode, out]).toEqual([0, expect.stringContaining("this one")]);
  expect(proxy.requests).toEqual([]);
});

test("whoever lists the processes sees no password and no token, while one is sent", async () => {
  const home = newHome();
  const slow = servers.answering(() => new Promise<never>(() => undefined));
  const login = home.start({
    args: ["login", slow.origin, "--password", "--email", EMAIL],
    input: `${PASSWORD}\n`,
  });
  await eventually("the password is sent", () => slow.requests.length > 0);
  const { stdout } = Bun.spawnSync(["ps", "axww", "-o", "args"]);
  expect(stdout.toString()).toContain(slow.origin);
  expect(stdout.toString()).not.toContain(PASSWORD);
  login.kill("SIGKILL");
  expect(SECRET.exec(Object.values(await finish(login)).join())?.[0]).toBeUndefined();
});
