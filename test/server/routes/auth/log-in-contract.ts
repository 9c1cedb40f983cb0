import { describe, expect, test } from "bun:test";
import { TodoError } from "../../../../src/domain/errors.ts";
import { createPasswords } from "../../../../src/services/accounts/passwords.ts";
import { type AccountApi, EMAIL, MINUTE, type OpenAccountApi, PASSWORD } from "../../../support/server/account-api.ts";
import { readBytes } from "../../../support/server/reply-bytes.ts";

const PATH = "/api/auth/login";
const NEW_PASSWORD = "nine small red lamps";

function tryPassword(api: AccountApi, password: string, email = EMAIL) {
  return api.ask("POST", PATH, { json: { email, password } });
}

/** The same accounts with passwords that cost more from now on. */
function besideWithCost(api: AccountApi): AccountApi {
  return api.beside({ passwords: createPasswords({ memoryCost: 16, timeCost: 1 }) });
}

async function hashOf({ accounts }: AccountApi): Promise<string> {
  return (await accounts.findAccount({ email: EMAIL }))?.passwordHash ?? "";
}

export function describeLogIn(openApi: OpenAccountApi): void {
  describe("POST /api/auth/login", () => {
    test("signs in another device each time", async () => {
      const api = await openApi();
      const first = await api.register({ device: "laptop" });
      const second = await api.logIn({ device: "phone" });
      expect(second.user).toEqual(first.user);
      expect(second.session_id).not.toBe(first.session_id);
      const { body } = await api.ask("GET", "/api/auth/sessions", { as: second });
      expect(body.map(({ device }: { device: string }) => device).toSorted()).toEqual(["laptop", "phone"]);
      for (const grant of [first, second]) expect(await api.knock(grant)).toBe(200);
    });

    test("is 403 where too many devices are signed in, and says what to do, until one is signed out", async () => {
      const api = await openApi({ quotas: { devices: 2 } });
      const first = await api.register();
      await api.logIn();
      const { status, body } = await tryPassword(api, PASSWORD);
      expect([status, body.code, body.detail, body.quota]).toEqual([
        403,
        "quota_exceeded",
        "you can have 2 devices here and have 2: end the session of one first, with todo sessions revoke",
        { name: "devices", limit: 2, used: 2 },
      ]);
      await api.ask("DELETE", `/api/auth/sessions/${first.session_id}`, { as: first });
      expect((await tryPassword(api, PASSWORD)).status).toBe(200);
    });

    test("takes the password however its letters are composed", async () => {
      const api = await openApi();
      await api.register({ password: "Zoe\u0308 has green lamps" });
      expect((await api.logIn({ password: "Zo\u00eb has green lamps" })).user.email).toBe(EMAIL);
    });

    test.each([
      ["another", NEW_PASSWORD],
      ["the right one with a space", `${PASSWORD} `],
      ["the right one in capitals", PASSWORD.toUpperCase()],
      ["an empty one", ""],
      ["one with NUL", `${PASSWORD}\0`],
      ["one with half of a surrogate pair", `${PASSWORD}\ud83d`],
      ["the longest", "x".repeat(1536)],
      ["one that is too long to be read", "x".repeat(1537)],
    ])("answers an unknown address and a wrong password alike, byte for byte: %s", async (_, password) => {
      const api = await openApi();
      await api.register();
      const [wrong, unknown] = await Promise.all(
        [EMAIL, "ben@example.com"].map(async (email) =>
          readBytes(await api.send("POST", PATH, { as: null, json: { email, password } })),
        ),
      );
      expect(wrong).toEqual(unknown ?? wrong);
      expect(wrong?.status).toBe(password.length > 1536 ? 400 : 401);
      expect(api.lines.slice(-2).map(({ user }) => user)).toEqual([null, null]);
    });

    test("tells who is disabled so only to who knows the password", async () => {
      const api = await openApi();
      const { user } = await api.register();
      await api.accounts.setDisabled(user.id, api.clock.now);
      const { status, body, headers } = await tryPassword(api, PASSWORD);
      expect([status, body.detail]).toEqual([403, "this account is disabled"]);
      expect(headers.get("www-authenticate")).toBeNull();
      const [wrong, unknown] = [
        await tryPassword(api, NEW_PASSWORD),
        await tryPassword(api, PASSWORD, "b@example.com"),
      ];
      expect([wrong.status, wrong.body]).toEqual([401, unknown.body]);
      await api.accounts.setDisabled(user.id, null);
      expect((await api.logIn()).user).toEqual(user);
    });

    test("is not fooled by an account that is disabled while the password is checked", async () => {
      const api = await openApi();
      const { user } = await api.register();
      const late = api.beside({
        alter: (accounts) => ({
          findAccount: async (by) => {
            const account = await accounts.findAccount(by);
            await accounts.setDisabled(user.id, api.clock.now);
            return account;
          },
        }),
      });
      expect((await tryPassword(late, PASSWORD)).status).toBe(403);
    });

    test("is not fooled by a password that is changed while it is checked", async () => {
      const api = await openApi();
      const { user } = await api.register();
      const hash = await createPasswords({ memoryCost: 8, timeCost: 1 }).hash(NEW_PASSWORD);
      let isChanged = false;
      const late = api.beside({
        alter: (accounts) => ({
          findAccount: async (by) => {
            const account = await accounts.findAccount(by);
            if (!isChanged) await accounts.setPassword({ account: user.id, hash, now: api.clock.now });
            isChanged = true;
            return account;
          },
        }),
      });
      expect((await tryPassword(late, PASSWORD)).status).toBe(401);
      expect(await api.accounts.listSessions(user.id, api.clock.now)).toEqual([]);
      expect((await tryPassword(late, NEW_PASSWORD)).status).toBe(200);
    });

    test("hashes a right password anew where it costs more now, and no wrong one", async () => {
      const api = await openApi();
      await api.register();
      const before = await hashOf(api);
      const dearer = besideWithCost(api);
      expect((await tryPassword(dearer, NEW_PASSWORD)).status).toBe(401);
      expect(await hashOf(api)).toBe(before);
      await dearer.logIn();
      const after = await hashOf(api);
      expect([before, after].map((hash) => hash.split("$")[3])).toEqual(["m=8,t=1,p=1", "m=16,t=1,p=1"]);
      await dearer.logIn();
      expect(await hashOf(api)).toBe(after);
    });

    test("lets in also where the better hash can't be made or stored", async () => {
      const api = await openApi();
      await api.register();
      const fail = () => Promise.reject(new TodoError("unavailable", "not now"));
      const { verify } = createPasswords({ memoryCost: 16, timeCost: 1 });
      const servers = [
        api.beside({ passwords: { verify, hash: fail } }),
        api.beside({ passwords: createPasswords({ memoryCost: 16, timeCost: 1 }), alter: () => ({ renewHash: fail }) }),
      ];
      for (const server of servers) expect(await server.knock(await server.logIn())).toBe(200);
    });

    test("lets 20 in at once whose password costs more now", async () => {
      const api = await openApi();
      await api.register();
      const dearer = besideWithCost(api);
      const grants = await Promise.all(Array.from({ length: 20 }, () => dearer.logIn()));
      expect(await Promise.all(grants.map(dearer.knock))).toEqual(grants.map(() => 200));
      expect((await hashOf(api)).split("$")[3]).toBe("m=16,t=1,p=1");
    });

    test.each([
      { device: "" },
      { invite: "x" },
      { email: 1 },
      { email: "nonsense" },
      { password: null },
      { password: 1 },
    ])("refuses a body with %j", async (more) => {
      const api = await openApi();
      await api.register();
      const { status, body } = await api.ask("POST", PATH, { json: { email: EMAIL, password: PASSWORD, ...more } });
      expect([status, body.errors[0].path]).toEqual([400, Object.keys(more)[0]]);
    });

    test("is what a server says whose password hash can't be read", async () => {
      const api = await openApi();
      const { user } = await api.register();
      await api.accounts.setPassword({ account: user.id, hash: "nonsense", now: api.clock.now });
      expect((await tryPassword(api, PASSWORD)).status).toBe(401);
    });

    test("forgets sessions that are over", async () => {
      const api = await openApi();
      const { user } = await api.register();
      api.clock.now += 61 * 24 * 60 * MINUTE;
      const grant = await api.logIn();
      const sessions = await api.accounts.listSessions(user.id, 0);
      expect(sessions.map(({ id }) => id)).toEqual([grant.session_id]);
    });
  });
}
