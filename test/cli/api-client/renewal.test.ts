import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { makePrivateFolder } from "../../../src/cli/platform/files.ts";
import {
  updatePrivateFile,
  readPrivateFile,
  backUpCorrupt,
  withFileLock,
} from "../../../src/cli/platform/private-files.ts";
import { openServer } from "../../../src/cli/api-client/server-client.ts";
import { readProblem } from "../../../src/contract/server-replies.ts";
import { at } from "../../support/stores/test-user.ts";
import { type Asked, type Device, type Network, type Online, SITE, useOnline } from "../../support/cli/online.ts";

const openOnline = useOnline();

const MINUTE = 60_000;
const REFRESH = "/api/auth/refresh";
const OVER = `todo: your session at todo.example.com has ended\n  Log in again: todo login ${SITE}\n`;

/** Somebody who is logged in, after all requests for that. */
async function openLoggedIn(): Promise<{ online: Online; device: Device }> {
  const online = await openOnline();
  const device = await online.signUp();
  online.asked.length = 0;
  return { online, device };
}

function entryOf(device: Device): Record<string, string> {
  return device.credentials()[SITE] ?? {};
}

/** Makes the token one that the server refuses, of which this device can't know. */
function spoil(device: Device): void {
  device.keep({ ...entryOf(device), token: "eyJ.spoilt.x" });
}

/** Lets the server do what it is asked, and then loses its answer. */
function lose(times: number, isMeant: (asked: Asked) => boolean): Network {
  let lost = 0;
  return async (asked, pass) => {
    const response = await pass();
    if (!isMeant(asked) || lost === times) return response;
    lost += 1;
    throw new Error("cut");
  };
}

describe("an access token", () => {
  test("is renewed from a minute before its end on, and not before", async () => {
    const { online, device } = await openLoggedIn();
    const { token = "" } = entryOf(device);
    online.goOn(14 * MINUTE);
    expect(await device.print("auth", "token")).toBe(`${token}\n`);
    expect(online.asked).toEqual([]);
    online.goOn(1);
    const next = (await device.print("auth", "token")).trim();
    expect(next).not.toBe(token);
    expect(online.paths()).toEqual([`POST ${REFRESH}`]);
    expect(await online.api.knock(next)).toBe(200);
    // It has its quarter of an hour again.
    online.goOn(14 * MINUTE);
    expect(await device.print("auth", "token")).toBe(`${next}\n`);
  });

  test("is renewed where the server says that it has expired, which this device's clock does not know", async () => {
    const { online, device } = await openLoggedIn();
    online.goOn(60 * MINUTE);
    device.keep({ ...entryOf(device), expires_at: "2026-11-20T11:00:00.000Z" });
    const codes: unknown[] = [];
    online.state.network = async (_, pass) => {
      const response = await pass();
      if (response.status === 401) codes.push(readProblem(await response.clone().json())?.code);
      return response;
    };
    expect(await device.print("sessions")).toContain("this one");
    expect(codes).toEqual(["token_expired"]);
    expect(online.paths()).toEqual(["GET /api/auth/sessions", `POST ${REFRESH}`, "GET /api/auth/sessions"]);
  });

  test("is renewed where the server refuses it, and the command goes on", async () => {
    const { online, device } = await openLoggedIn();
    spoil(device);
    expect(await device.print("sessions")).toContain("this one");
    expect(online.paths()).toEqual(["GET /api/auth/sessions", `POST ${REFRESH}`, "GET /api/auth/sessions"]);
    await device.print("sessions");
    expect(online.asked).toHaveLength(4);
  });

  test("is renewed once in a command, and then the server is right", async () => {
    const { online, device } = await openLoggedIn();
    const problem = { type: "about:blank", title: "Unauthorized", status: 401, code: "unauthorized" };
    online.state.network = async ({ path }, pass) =>
      path === REFRESH ? pass() : Response.json(problem, { status: 401 });
    expect(await device.run("sessions")).toEqual({ code: 4, out: "", err: "todo: todo.example.com: Unauthorized\n" });
    expect(online.paths()).toEqual(["GET /api/auth/sessions", `POST ${REFRESH}`, "GET /api/auth/sessions"]);
  });

  test.each(["", "soon", "9999-99-99"])("whose end is %j is used until it is refused", async (end) => {
    const { online, device } = await openLoggedIn();
    device.keep({ ...entryOf(device), expires_at: end });
    await device.print("sessions");
    expect(online.paths()).toEqual(["GET /api/auth/sessions"]);
    online.goOn(60 * MINUTE);
    await device.print("sessions");
    expect(online.paths().slice(1)).toContain(`POST ${REFRESH}`);
  });

  test("of a program is not renewed, and who has it is told to log in again", async () => {
    const { online, device } = await openLoggedIn();
    device.keep({ token: "todo_pat_revoked", user: "x", expires_at: "2026-11-20T09:00:30.000Z" });
    expect(await device.run("token", "list")).toEqual({
      code: 4,
      out: "",
      err: `todo: todo.example.com refuses the token\n  Log in again: todo login ${SITE}\n`,
    });
    expect(online.paths()).toEqual(["GET /api/auth/tokens"]);
  });
});

describe("the credential that was renewed", () => {
  test("takes the place of the one before, beside all others and what a later version wrote", async () => {
    const { online, device } = await openLoggedIn();
    const before = entryOf(device);
    device.keep({ ...before, later: "version" });
    device.keep({ token: "other" }, "https://other.example.com");
    online.goOn(60 * MINUTE);
    await device.print("sessions");
    const after = entryOf(device);
    expect(after).toEqual({
      ...before,
      later: "version",
      token: expect.not.stringMatching(before["token"] ?? ""),
      refresh_token: expect.stringMatching(/^todo_ref_/),
      expires_at: "2026-11-20T10:15:00.000Z",
    });
    expect(after["refresh_token"]).not.toBe(before["refresh_token"]);
    expect(device.credentials()["https://other.example.com"]).toEqual({ token: "other" });
  });

  test("is the one that another process got meanwhile, where there is one", async () => {
    const { online, device } = await openLoggedIn();
    const { user = "" } = entryOf(device);
    online.goOn(60 * MINUTE);
    const { refresh_token = "" } = entryOf(device);
    const grant = await online.api.refresh({ refresh_token });
    const whileOtherWorks = async <Result>(_: string, work: () => Promise<Result>) => {
      device.keep({ token: grant.access_token, refresh_token: grant.refresh_token, user });
      return work();
    };
    Object.assign(device.io, { withFileLock: whileOtherWorks });
    expect(await device.print("auth", "token")).toBe(`${grant.access_token}\n`);
    expect(online.asked).toEqual([]);
  });
});

describe("a renewal whose answer is lost", () => {
  test.each([1, 2])("%d times is asked for again, and nobody is logged out", async (times) => {
    const { online, device } = await openLoggedIn();
    online.goOn(60 * MINUTE);
    online.state.network = lose(times, ({ path }) => path === REFRESH);
    const { code } = await online.hurry(() => device.run("sessions"));
    expect([code, online.paths().filter((path) => path.endsWith(REFRESH))]).toMatchObject([0, { length: times + 1 }]);
    online.goOn(60 * MINUTE);
    await device.print("sessions");
  });

  test("three times leaves the credential as it is, with which the next command gets the same answer", async () => {
    const { online, device } = await openLoggedIn();
    online.goOn(60 * MINUTE);
    const before = entryOf(device);
    online.state.network = lose(3, ({ path }) => path === REFRESH);
    expect(await online.hurry(() => device.run("sessions"))).toEqual({
      code: 6,
      out: "",
      err:
        "todo: todo.example.com can't be reached\n" +
        "  Check the URL and your network. Your tasks here are not touched.\n",
    });
    expect(entryOf(device)).toEqual(before);
    await device.print("sessions");
    expect(entryOf(device)).not.toEqual(before);
    online.goOn(60 * MINUTE);
    await device.print("sessions");
  });

  test("is waited for for less than a lock is respected", async () => {
    const { online, device } = await openLoggedIn();
    online.goOn(60 * MINUTE);
    const begin = device.setup.now;
    // Nothing is under way there, so that time passes.
    Object.assign(device.io, {
      fetch: (_: string, { signal }: RequestInit) =>
        new Promise((__, reject) => signal?.addEventListener("abort", () => reject(signal.reason))),
    });
    const { code, err } = await online.hurry(() => device.run("auth", "token"));
    expect([code, err]).toEqual([6, expect.stringContaining("todo: todo.example.com does not answer\n")]);
    expect(device.setup.now - begin).toBe(9000);
  });
});

describe("a renewal that is refused", () => {
  test.each<[string, (online: Online, device: Device) => unknown]>([
    ["sixty days without a command", ({ goOn }) => goOn(61 * 24 * 60 * MINUTE)],
    [
      "half a year in which it was renewed",
      async ({ goOn }, device) => {
        for (let weeks = 0; weeks < 24; weeks += 6) {
          goOn(42 * 24 * 60 * MINUTE);
          await device.print("sessions");
        }
        goOn(12 * 24 * 60 * MINUTE);
      },
    ],
    [
      "a new password",
      async (_, device) => {
        const other = entryOf(device);
        device.type("seven tall green lamps", "nine quiet paper boats");
        await device.print("password");
        device.keep({ ...other, refresh_token: `todo_ref_${"A".repeat(64)}` });
        spoil(device);
      },
    ],
    [
      "a refresh token that was used up by somebody else",
      async ({ api, goOn }, device) => {
        const { refresh_token = "" } = entryOf(device);
        await api.refresh({ refresh_token });
        goOn(60 * MINUTE);
      },
    ],
  ])("after %s means that the session is over, and the credential stays", async (_, end) => {
    const { online, device } = await openLoggedIn();
    await end(online, device);
    online.asked.length = 0;
    const before = device.credentials();
    for (const words of [["sessions"], ["auth", "status"], ["token", "list"]]) {
      expect(await device.run(...words)).toEqual({ code: 4, out: "", err: OVER });
    }
    expect(device.credentials()).toEqual(before);
    // It is not tried three times.
    expect(online.paths().filter((path) => path.endsWith(REFRESH)).length).toBeLessThanOrEqual(3);
  });

  test("because it is asked too often says so, and keeps the credential", async () => {
    const { online, device } = await openLoggedIn();
    online.goOn(60 * MINUTE);
    const before = device.credentials();
    const problem = { type: "about:blank", title: "No", status: 429, code: "rate_limited" };
    online.state.network = async () => Response.json(problem, { status: 429, headers: { "retry-after": "30" } });
    expect(await device.run("sessions")).toEqual({
      code: 6,
      out: "",
      err: "todo: todo.example.com: No\n  Try again in 30 seconds.\n",
    });
    expect([online.asked.length, device.credentials()]).toEqual([1, before]);
  });
});

describe("with real files", () => {
  /** The device's credentials in a file, which it reads and writes as the program does. */
  async function openWithFile() {
    const { online, device } = await openLoggedIn();
    writeFileSync(device.path, device.kept.get(device.path) ?? "", { mode: 0o600 });
    Object.assign(device.io, { makePrivateFolder, readPrivateFile, updatePrivateFile, backUpCorrupt, withFileLock });
    online.goOn(60 * MINUTE);
    return { online, device };
  }

  test("twenty sessions at once get one new token, and leave no lock", async () => {
    const { online, device } = await openWithFile();
    const renew = async () => (await openServer(device.io, SITE)).freshToken();
    const tokens = await Promise.all(Array.from({ length: 20 }, renew));
    expect(online.paths()).toEqual([`POST ${REFRESH}`]);
    expect(new Set(tokens).size).toBe(1);
    expect(await online.api.knock(at(tokens, 0))).toBe(200);
    expect(JSON.parse(readFileSync(device.path, "utf8"))).toMatchObject({ [SITE]: { token: tokens[0] } });
    expect(readdirSync(dirname(device.path)).toSorted()).toEqual(["config.json", "credentials.json"]);
  });

  test("a renewal that fails leaves no lock either", async () => {
    const { online, device } = await openWithFile();
    online.state.network = () => Promise.reject(new Error("cut"));
    expect((await online.hurry(() => device.run("sessions"))).code).toBe(6);
    expect(existsSync(`${device.path}.renewal.lock`)).toBe(false);
  });
});
