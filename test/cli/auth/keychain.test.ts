import { describe, expect, test } from "bun:test";
import { openServer } from "../../../src/cli/api-client/server-client.ts";
import type { Io, Keychain } from "../../../src/cli/platform/io.ts";
import { createKeychainAccess } from "../../../src/cli/platform/keychain.ts";
import { EMAIL, PASSWORD } from "../../support/server/account-api.ts";
import { type Device, type Online, SITE, useOnline } from "../../support/cli/online.ts";
import { DATABASE, ORIGIN, SECRET, tokenOf } from "../../support/cli/remote.ts";

const openOnline = useOnline();

const MINUTE = 60_000;
const SAID = "The keychain can't be used (it is locked): the file for tokens is used instead.\n";

/** A keychain in memory, of which some parts can be made to fail. */
function createKeychain() {
  const entries = new Map<string, string>();
  const asked: string[] = [];
  const state: { fails: readonly string[] } = { fails: [] };
  const ask = async <Result>(what: "get" | "set" | "delete", answer: () => Result): Promise<Result> => {
    asked.push(what);
    if (state.fails.includes(what)) throw new Error("it is locked");
    return answer();
  };
  const keychain: Keychain = {
    get: (name) => ask("get", () => entries.get(name) ?? null),
    set: (name, secret) => ask("set", () => void entries.set(name, secret)),
    delete: (name) => ask("delete", () => entries.delete(name)),
  };
  return { entries, asked, state, keychain };
}

type Faked = ReturnType<typeof createKeychain>;

/** A device that keeps its tokens in the keychain, where that works. */
function openDevice(online: Online, { keychain }: Pick<Faked, "keychain">, env: Record<string, string> = {}): Device {
  return online.device({ keychain, env: { TODO_CREDENTIAL_STORE: "keychain", TODO_SERVER: SITE, ...env } });
}

/** Lets work that is to be done alone wait for the one before, as processes do. */
function takeTurns(): Io["withFileLock"] {
  let last: Promise<unknown> = Promise.resolve();
  return (_, work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

async function signUp(device: Device): Promise<string> {
  device.type(EMAIL, PASSWORD);
  return (await device.run("signup")).err;
}

describe("a keychain that works", () => {
  test("has the credential, and the file has nothing", async () => {
    const [online, faked] = [await openOnline(), createKeychain()];
    const device = openDevice(online, faked);
    expect(await signUp(device)).toBe("");
    expect([...faked.entries.keys()]).toEqual([SITE]);
    expect(JSON.parse(faked.entries.get(SITE) ?? "")).toEqual({
      token: expect.stringMatching(/^eyJ/),
      refresh_token: expect.stringMatching(/^todo_ref_/),
      expires_at: "2026-11-20T09:15:00.000Z",
      user: expect.any(String),
      email: EMAIL,
    });
    expect([...device.kept]).toEqual([]);
    expect(await device.print("whoami")).toBe(`${EMAIL} on todo.example.com, by the login in the keychain\n`);
    await device.print("sessions");
  });

  test("gets the renewed credential", async () => {
    const [online, faked] = [await openOnline(), createKeychain()];
    const device = openDevice(online, faked);
    await signUp(device);
    const before = faked.entries.get(SITE);
    online.goOn(60 * MINUTE);
    await device.print("sessions");
    expect(faked.entries.get(SITE)).not.toBe(before);
    expect([...device.kept]).toEqual([]);
  });

  test("has the renewed credential before another command may renew it, also when it is slow", async () => {
    const [online, faked] = [await openOnline(), createKeychain()];
    const [asked, kept] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const device = openDevice(online, faked);
    await signUp(device);
    const keepSlowly: Keychain["set"] = async (name, secret) => {
      asked.resolve();
      await kept.promise;
      await faked.keychain.set(name, secret);
    };
    const askKeychain = createKeychainAccess({ ...faked.keychain, set: keepSlowly }, device.io.err.write);
    Object.assign(device.io, { askKeychain, withFileLock: takeTurns() });
    online.goOn(60 * MINUTE);
    online.asked.length = 0;
    let renewed = 0;
    const renew = async () => {
      const token = await (await openServer(device.io, SITE)).freshToken();
      renewed += 1;
      return token;
    };
    const renewals = [renew(), renew()];
    await asked.promise;
    await new Promise((resolve) => setImmediate(resolve));
    expect(renewed).toBe(0);
    kept.resolve();
    expect(new Set(await Promise.all(renewals)).size).toBe(1);
    expect(online.paths()).toEqual(["POST /api/auth/refresh"]);
  });

  test("gets what was in the file, which keeps what others have there", async () => {
    const [online, faked] = [await openOnline(), createKeychain()];
    const device = openDevice(online, faked, { TODO_CREDENTIAL_STORE: "file" });
    await signUp(device);
    device.keep({ token: "other" }, "https://other.example.com");
    device.setup.env["TODO_CREDENTIAL_STORE"] = "keychain";
    // The login in the file goes on, until there is something new to keep.
    expect(await device.print("whoami")).toEndWith(`by the login in ${device.path}\n`);
    online.goOn(60 * MINUTE);
    await device.print("sessions");
    expect([...faked.entries.keys()]).toEqual([SITE]);
    expect(device.credentials()).toEqual({ "https://other.example.com": { token: "other" } });
    expect(await device.print("whoami")).toEndWith("by the login in the keychain\n");
  });

  test("is cleared at the logout, and so is the file, and the session ends", async () => {
    const [online, faked] = [await openOnline(), createKeychain()];
    const device = openDevice(online, faked);
    await signUp(device);
    const { token }: { token: string } = JSON.parse(faked.entries.get(SITE) ?? "");
    expect(await device.run("logout")).toEqual({ code: 0, out: "Logged out of todo.example.com\n", err: "" });
    expect([faked.entries.size, await online.api.knock(token)]).toEqual([0, 401]);
    faked.entries.set(SITE, JSON.stringify({ token: "old" }));
    device.keep({ token: "new" });
    await device.print("logout");
    expect([faked.entries.size, device.credentials()]).toEqual([0, {}]);
  });

  test.each(["", "null", "[]", '{"token":1}', "{", "todo_pat_x"])("that holds %j holds nothing", async (text) => {
    const [online, faked] = [await openOnline(), createKeychain()];
    const device = openDevice(online, faked);
    faked.entries.set(SITE, text);
    expect(await device.run("whoami")).toMatchObject({
      code: 4,
      err: expect.stringContaining("you are not logged in"),
    });
    expect(await signUp(device)).toBe("");
  });

  test("has tokens for databases, too", async () => {
    const [online, faked] = [await openOnline(), createKeychain()];
    const device = openDevice(online, faked, { TODO_DB: DATABASE, BETTER_AUTH_SECRET: SECRET });
    device.type(await tokenOf("grace"));
    await device.print("login", "--token", "-");
    expect([[...faked.entries.keys()], [...device.kept]]).toEqual([[ORIGIN], []]);
    expect(await device.print("whoami")).toStartWith("grace, by the token of the keychain, until ");
    expect(await device.print("logout")).toBe("Logged out of db.example.com/todo\n");
    expect(faked.entries.size).toBe(0);
  });

  test("is not asked where nobody wants it", async () => {
    const [online, faked] = [await openOnline(), createKeychain()];
    const device = openDevice(online, faked, { TODO_CREDENTIAL_STORE: "" });
    await signUp(device);
    await device.print("logout");
    expect(faked.asked).toEqual([]);
  });

  test("gets the credential where the file can't be read, a copy of which is kept", async () => {
    const [online, faked] = [await openOnline(), createKeychain()];
    const device = openDevice(online, faked);
    device.kept.set(device.path, "{ broken");
    const aside = `${device.path}.corrupt-1`;
    expect(await signUp(device)).toBe(`The tokens that were kept could not be read. They are in ${aside}\n`);
    expect([faked.entries.size, device.credentials()]).toEqual([1, {}]);
    await device.print("sessions");
  });
});

describe("a keychain that fails", () => {
  test("is said to do so in one line, and the file has the credential", async () => {
    const [online, faked] = [await openOnline(), createKeychain()];
    faked.state.fails = ["get", "set", "delete"];
    const device = openDevice(online, faked);
    expect(await signUp(device)).toBe(SAID);
    expect(Object.keys(device.credentials())).toEqual([SITE]);
    // It was asked for a login before, and then no more.
    expect(faked.asked).toEqual(["get"]);
  });

  test("is not asked for what is in the file", async () => {
    const [online, faked] = [await openOnline(), createKeychain()];
    faked.state.fails = ["get", "set", "delete"];
    const device = openDevice(online, faked);
    await signUp(device);
    faked.asked.length = 0;
    for (const words of [["whoami"], ["sessions"], ["auth", "token"]]) {
      expect(await device.run(...words)).toMatchObject({ code: 0, err: "" });
    }
    expect(faked.asked).toEqual([]);
  });

  test("leaves an older credential behind, which is not used any more", async () => {
    const [online, faked] = [await openOnline(), createKeychain()];
    const device = openDevice(online, faked);
    await signUp(device);
    online.goOn(60 * MINUTE);
    faked.state.fails = ["set"];
    expect((await device.run("sessions")).err).toBe(SAID);
    faked.state.fails = [];
    // With the older one this would be a token that was used up, and the session would end.
    online.goOn(60 * MINUTE);
    const same = openDevice(online, faked);
    same.kept.set(same.path, device.kept.get(device.path) ?? "");
    expect(await same.run("sessions")).toMatchObject({ code: 0, err: "" });
    expect(same.credentials()).toEqual({});
    expect(await same.print("whoami")).toEndWith("by the login in the keychain\n");
  });

  test("is said to do so where nobody is logged in for all that is known, and at the logout", async () => {
    const [online, faked] = [await openOnline(), createKeychain()];
    faked.state.fails = ["get", "delete"];
    expect((await openDevice(online, faked).run("whoami")).err).toBe(
      `${SAID}todo: you are not logged in to todo.example.com\n  Log in: todo login ${SITE}\n`,
    );
    const device = openDevice(online, faked);
    device.keep({ token: "todo_pat_x" });
    expect(await device.run("logout")).toEqual({ code: 0, out: "Logged out of todo.example.com\n", err: SAID });
    expect(device.credentials()).toEqual({});
  });

  test("is waited for for three seconds, once", async () => {
    const online = await openOnline();
    const never = () => new Promise<never>(() => undefined);
    const device = openDevice(online, { keychain: { get: never, set: never, delete: never } });
    const begin = device.setup.now;
    const err = await online.hurry(() => signUp(device));
    expect(err).toBe(
      "The keychain can't be used (it did not answer within 3 seconds): the file for tokens is used instead.\n",
    );
    expect([device.setup.now - begin, Object.keys(device.credentials())]).toEqual([3000, [SITE]]);
  });

  test("can't command the terminal with what it says, and may fail with anything", async () => {
    const online = await openOnline();
    const evil = () => Promise.reject(new Error("\u001b[2J\nno"));
    expect(await signUp(openDevice(online, { keychain: { get: evil, set: evil, delete: evil } }))).toBe(
      "The keychain can't be used (\\e[2J\\nno): the file for tokens is used instead.\n",
    );
    const odd = () => {
      throw new Error("at once");
    };
    const device = openDevice(online, { keychain: { get: odd, set: odd, delete: odd } });
    expect((await device.run("whoami")).err).toStartWith("The keychain can't be used (at once)");
  });
});
