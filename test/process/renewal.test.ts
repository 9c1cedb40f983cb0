import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { finish, type Home, useHomes } from "../support/cli/home.ts";
import { credentialsOf, entryOf, expire, renewalsIn, signUp, startAccountServer } from "../support/cli/people.ts";
import { eventually, type Server } from "../support/server/server.ts";
import { startTcpProxy, type TcpProxy } from "../support/server/tcp-proxy.ts";

const newHome = useHomes();

const TOKEN = ["auth", "token"];

/** Somebody who is logged in to a server of their own, and must renew that first of all. */
async function openExpired(): Promise<{ home: Home; server: Server }> {
  const home = newHome();
  const server = await startAccountServer(home);
  await signUp(home, server.url);
  expire(home);
  return { home, server };
}

/** The same through a network with faults. */
async function openBehindProxy(): Promise<{ home: Home; server: Server; proxy: TcpProxy }> {
  const { home, server } = await openExpired();
  const proxy = await startTcpProxy({ target: server.port });
  const origin = `http://localhost:${proxy.port}`;
  expire(home, origin);
  await home.print("config", "set", "server", origin);
  return { home, server, proxy };
}

const lockOf = (home: Home) => `${credentialsOf(home)}.renewal.lock`;

/** Makes a lock as old as one that was left behind by a process that was killed some seconds ago. */
function age(lock: string, seconds: number): void {
  const then = Date.now() / 1000 - seconds;
  utimesSync(lock, then, then);
}

/** Runs the command so many times at once and answers the token that all of them print. Fails the test where one does not. */
async function runAtOnce(home: Home, times: number): Promise<string> {
  const ended = await Promise.all(Array.from({ length: times }, () => home.todo(...TOKEN)));
  const [first] = ended;
  for (const { exitCode, err } of ended) expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
  expect(new Set(ended.map(({ out }) => out)).size).toBe(1);
  return first?.out.trim() ?? "";
}

async function expectLoggedIn(home: Home, server: Server, token: string): Promise<void> {
  expect((await server.ask("GET", "/api/me", { token })).status).toBe(200);
  expect(entryOf(home).token).toBe(token);
  expect(statSync(credentialsOf(home)).mode & 0o777).toBe(0o600);
  expect(readdirSync(dirname(credentialsOf(home))).toSorted()).toEqual(["config.json", "credentials.json"]);
  expect((await home.todo("sessions")).exitCode).toBe(0);
}

describe("ten commands at once whose token is over", () => {
  test("get one new token, which all of them use", async () => {
    const { home, server } = await openExpired();
    const token = await runAtOnce(home, 10);
    expect(renewalsIn(await server.wholeLog())).toEqual([200]);
    await expectLoggedIn(home, server, token);
  });

  test("do not wait for one that was killed, and leave no lock", async () => {
    const { home, server } = await openExpired();
    writeFileSync(lockOf(home), "");
    age(lockOf(home), 9.5);
    const token = await runAtOnce(home, 10);
    expect(renewalsIn(await server.wholeLog())).toEqual([200]);
    await expectLoggedIn(home, server, token);
  });
});

test("a command that is killed while it renews leaves the others logged in", async () => {
  const { home, server, proxy } = await openBehindProxy();
  proxy.mode = "silent";
  const killed = home.start({ args: TOKEN });
  await eventually("it renews", () => existsSync(lockOf(home)) && proxy.connections() > 0);
  killed.kill("SIGKILL");
  await finish(killed);
  expect(existsSync(lockOf(home))).toBe(true);
  // What it sent gets there all the same, and its answer to nobody.
  proxy.mode = "pass";
  age(lockOf(home), 9.5);
  const token = await runAtOnce(home, 3);
  await expectLoggedIn(home, server, token);
  proxy.stop();
});

test("a server that is killed between renewing and answering leaves everybody logged in", async () => {
  const { home, server, proxy } = await openBehindProxy();
  const before = entryOf(home);
  proxy.mode = { cutAfter: 0 };
  const first = home.todo(...TOKEN);
  await eventually("the server renewed", () => renewalsIn(server.log()).includes(200));
  await server.kill("SIGKILL");
  const { exitCode, out, err } = await first;
  expect([exitCode, out]).toEqual([6, ""]);
  expect(err).toStartWith(`todo: localhost:${proxy.port} `);
  expect(entryOf(home)).toEqual(before);
  const again = await startAccountServer(home, { args: ["--port", String(server.port)] });
  proxy.mode = "pass";
  const token = await runAtOnce(home, 1);
  expect(renewalsIn(await again.wholeLog())).toEqual([200]);
  await expectLoggedIn(home, again, token);
  expire(home, `http://localhost:${proxy.port}`);
  await expectLoggedIn(home, again, await runAtOnce(home, 1));
  proxy.stop();
});
