import { describe, expect, test } from "bun:test";
import { DAY, MINUTE, type OpenAccountApi, PASSWORD } from "../../../support/server/account-api.ts";
import { askForToken, decide, GRANT_TYPE, poll, show } from "../../../support/server/device-flow.ts";

export function describeDevice(openApi: OpenAccountApi): void {
  describe("a device that asks to be let in", () => {
    test("gets codes, and once it was let in a session of who did that", async () => {
      const api = await openApi();
      const mine = await api.register();
      const codes = await api.startDevice();
      expect(codes).toEqual({
        device_code: expect.stringMatching(/^todo_dev_[\w-]{43}$/),
        user_code: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/),
        verification_uri: "http://localhost:8787/device",
        verification_uri_complete: `http://localhost:8787/device?user_code=${codes.user_code}`,
        expires_in: 600,
        interval: 5,
      });
      expect(await poll(api, codes)).toBe("authorization_pending");
      expect((await show(api, mine, codes.user_code)).body).toEqual({
        user_code: codes.user_code,
        device: "television",
        created_at: "2026-11-20T09:00:00.000Z",
        expires_at: "2026-11-20T09:10:00.000Z",
      });
      expect((await decide(api, mine, codes.user_code)).status).toBe(204);
      const { status, headers, body } = await askForToken(api, codes);
      expect([status, headers.get("cache-control")]).toEqual([200, "no-store"]);
      expect(body).toMatchObject({ token_type: "Bearer", expires_in: 900, user: mine.user });
      expect(await api.knock(body)).toBe(200);
      const sessions = await api.ask("GET", "/api/auth/sessions", { as: body });
      expect(sessions.body).toContainEqual(expect.objectContaining({ device: "television", current: true }));
    });

    test("gets none where too many are signed in, and says why", async () => {
      const api = await openApi({ quotas: { devices: 1 } });
      const mine = await api.register();
      const codes = await api.startDevice();
      await decide(api, mine, codes.user_code);
      const { status, body } = await askForToken(api, codes);
      const why = "you can have 1 devices here and have 1: end the session of one first, with todo sessions revoke";
      expect([status, body]).toEqual([400, { error: "access_denied", error_description: why }]);
      expect(await poll(api, codes)).toBe("slow_down");
      api.clock.now += MINUTE;
      expect(await poll(api, codes)).toBe("access_denied");
    });

    test("may send forms, and more than is needed", async () => {
      const api = await openApi();
      const mine = await api.register();
      const order = { client_id: "todo-cli", scope: "openid", device: "Zo\u00eb's television", more: "x" };
      const { body } = await api.ask("POST", "/api/auth/device", { form: order });
      expect((await show(api, mine, body.user_code)).body.device).toBe("Zo\u00eb's television");
      await decide(api, mine, body.user_code);
      const form = { grant_type: GRANT_TYPE, device_code: body.device_code, client_id: "todo-cli", more: "x" };
      const headers = { "content-type": "Application/X-WWW-Form-URLEncoded;charset=utf-8" };
      const { status } = await api.ask("POST", "/api/auth/device/token", { form, headers });
      expect(status).toBe(200);
    });

    test.each([{}, { form: {} }])("need say nothing of itself: %j", async (sent) => {
      const api = await openApi();
      const mine = await api.register();
      const { body } = await api.ask("POST", "/api/auth/device", "form" in sent ? sent : { json: sent });
      expect((await show(api, mine, body.user_code)).body.device).toBe("unknown device");
    });

    test("is let in once, also where it asks ten times at once", async () => {
      const api = await openApi();
      const mine = await api.register();
      const codes = await api.startDevice();
      await decide(api, mine, codes.user_code);
      const servers = [api, api.beside()];
      const told = await Promise.all(Array.from({ length: 10 }, (_, at) => poll(servers[at % 2] ?? api, codes)));
      const others = told.filter((each) => each !== "let in");
      expect(others).toHaveLength(9);
      // Either is the end of it: whether the code was still there when it was looked at is chance.
      for (const each of others) expect(["invalid_grant", "access_denied"]).toContain(each);
      expect(await poll(api, codes)).toBe("invalid_grant");
      expect(await api.accounts.listSessions(mine.user.id, api.clock.now)).toHaveLength(2);
    });

    test("is told so where it was refused", async () => {
      const api = await openApi();
      const mine = await api.register();
      const codes = await api.startDevice();
      expect((await decide(api, mine, codes.user_code, false)).status).toBe(204);
      expect([await poll(api, codes), await poll(api, codes)]).toEqual(["access_denied", "access_denied"]);
      expect(await api.accounts.listSessions(mine.user.id, api.clock.now)).toHaveLength(1);
    });

    test("is let in by a device that signed in less than 15 minutes ago, and by no older one, renewed or not", async () => {
      const api = await openApi();
      const mine = await api.register();
      api.clock.now += 15 * MINUTE - 1;
      const early = await api.startDevice();
      expect((await decide(api, mine, early.user_code)).status).toBe(204);
      const renewed = await api.refresh(mine);
      api.clock.now += 1;
      const [late, unwanted] = [await api.startDevice(), await api.startDevice()];
      const { status, body } = await decide(api, renewed, late.user_code);
      expect([status, body.detail]).toEqual([403, "sign in again to let a device in"]);
      expect(await poll(api, late)).toBe("authorization_pending");
      expect((await decide(api, renewed, unwanted.user_code, false)).status).toBe(204);
      expect((await decide(api, await api.logIn(), late.user_code)).status).toBe(204);
    });

    test("waits ten minutes, and nobody can let it in after that", async () => {
      const api = await openApi();
      const mine = await api.register();
      const [early, late, approved] = [await api.startDevice(), await api.startDevice(), await api.startDevice()];
      await decide(api, mine, approved.user_code);
      api.clock.now += 10 * MINUTE - 1;
      expect((await decide(api, mine, early.user_code)).status).toBe(204);
      expect(await poll(api, early)).toBe("let in");
      api.clock.now += 1;
      expect((await show(api, mine, late.user_code)).status).toBe(404);
      expect((await decide(api, mine, late.user_code)).status).toBe(404);
      expect([await poll(api, late), await poll(api, approved)]).toEqual(["expired_token", "expired_token"]);
    });

    test("is forgotten after a while", async () => {
      const api = await openApi();
      const codes = await api.startDevice();
      api.clock.now += DAY;
      await api.startDevice();
      expect(await poll(api, codes)).toBe("invalid_grant");
    });

    test("has to ask less often each time that it asks too soon", async () => {
      const api = await openApi();
      const codes = await api.startDevice();
      const told: string[] = [];
      for (const wait of [0, 4999, 10_000, 9999, 15_000, 14_999, 20_000, 20_000]) {
        api.clock.now += wait;
        told.push(await poll(api, codes));
      }
      const [pending, slow] = ["authorization_pending", "slow_down"];
      expect(told).toEqual([pending, slow, pending, slow, pending, slow, pending, pending]);
    });

    test("is let in also where it asks too soon", async () => {
      const api = await openApi();
      const mine = await api.register();
      const codes = await api.startDevice();
      await poll(api, codes);
      await decide(api, mine, codes.user_code);
      expect(await poll(api, codes)).toBe("let in");
    });

    test("is refused where who let it in is disabled by then, and gone where they are", async () => {
      const api = await openApi();
      const [ada, ben] = [await api.register(), await api.register({ email: "ben@example.com" })];
      const [one, other] = [await api.startDevice(), await api.startDevice()];
      await decide(api, ada, one.user_code);
      await decide(api, ben, other.user_code);
      await api.accounts.setDisabled(ada.user.id, api.clock.now);
      await api.ask("DELETE", "/api/me", { as: ben, json: { password: PASSWORD } });
      expect([await poll(api, one), await poll(api, other)]).toEqual(["access_denied", "invalid_grant"]);
      await api.accounts.setDisabled(ada.user.id, null);
      expect(await poll(api, one)).toBe("access_denied");
    });

    test.each(["", "todo_dev_", "nonsense", "todo_dev_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "\0"])(
      "with a code that there is not is told so: %j",
      async (device_code) => {
        expect(await poll(await openApi(), { device_code })).toBe("invalid_grant");
      },
    );

    test("with another grant type is told so, and one with none is refused", async () => {
      const api = await openApi();
      const { device_code } = await api.startDevice();
      const form = { grant_type: "refresh_token", device_code };
      const { status, body } = await api.ask("POST", "/api/auth/device/token", { form });
      expect([status, body]).toEqual([400, { error: "unsupported_grant_type" }]);
      const missing = await api.ask("POST", "/api/auth/device/token", { form: { device_code } });
      expect([missing.status, missing.body.code]).toEqual([400, "invalid_input"]);
      const twice = await api.ask("POST", "/api/auth/device/token", {
        text: `grant_type=${GRANT_TYPE}&device_code=a&device_code=b`,
        headers: { "content-type": "application/x-www-form-urlencoded; charset=UTF-8" },
      });
      expect([twice.status, twice.body.detail]).toEqual([400, "a field is given more than once"]);
    });
  });
}
