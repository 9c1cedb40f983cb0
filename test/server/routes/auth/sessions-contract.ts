import { describe, expect, test } from "bun:test";
import { DAY, MINUTE, type OpenAccountApi } from "../../../support/server/account-api.ts";

const PATH = "/api/auth/sessions";

export function describeSessions(openApi: OpenAccountApi): void {
  describe("GET /api/auth/sessions", () => {
    test("lists the devices that are signed in, the last used first, and says which one asks", async () => {
      const api = await openApi();
      const laptop = await api.register({ device: "laptop" });
      api.clock.now += MINUTE;
      await api.logIn({ device: "phone" });
      api.clock.now += MINUTE;
      const renewed = await api.refresh(laptop);
      const { status, body } = await api.ask("GET", PATH, { as: renewed });
      expect(status).toBe(200);
      expect(body).toMatchObject([
        { device: "laptop", last_used_at: "2026-11-20T09:02:00.000Z", current: true },
        { device: "phone", last_used_at: "2026-11-20T09:01:00.000Z", current: false },
      ]);
    });

    test("calls a device as it calls itself, and unknown where it says nothing", async () => {
      const api = await openApi();
      const grant = await api.register();
      await api.logIn({ device: "  Zoe\u0308's 🦊 phone " });
      const { body } = await api.ask("GET", PATH, { as: grant });
      const devices = body.map(({ device }: { device: string }) => device);
      expect(devices.toSorted()).toEqual(["Zo\u00eb's 🦊 phone", "unknown device"]);
    });

    test("lists none that are over", async () => {
      const api = await openApi();
      const idle = await api.register();
      api.clock.now += 59 * DAY;
      const [ended, mine] = [await api.logIn(), await api.logIn()];
      await api.ask("DELETE", `${PATH}/${ended.session_id}`, { as: mine });
      const before = await api.ask("GET", PATH, { as: mine });
      expect(before.body.map(({ id }: { id: string }) => id).toSorted()).toEqual(
        [idle.session_id, mine.session_id].toSorted(),
      );
      api.clock.now += DAY;
      const renewed = await api.refresh(mine);
      const after = await api.ask("GET", PATH, { as: renewed });
      expect(after.body.map(({ id }: { id: string }) => id)).toEqual([mine.session_id]);
    });
  });

  describe("DELETE /api/auth/sessions/{id}", () => {
    test("locks another device out at once, and oneself too", async () => {
      const api = await openApi();
      const [mine, other] = [await api.register(), await api.logIn()];
      expect(await api.knock(other)).toBe(200);
      const { status } = await api.ask("DELETE", `${PATH}/${other.session_id.toUpperCase()}`, { as: mine });
      expect([status, await api.knock(other), await api.knock(mine)]).toEqual([204, 401, 200]);
      expect((await api.ask("DELETE", `${PATH}/${mine.session_id}`, { as: mine })).status).toBe(204);
      expect(await api.knock(mine)).toBe(401);
    });

    test("finds no session that is over or that there never was, and refuses what is no UUID", async () => {
      const api = await openApi();
      const [mine, other] = [await api.register(), await api.logIn()];
      await api.ask("DELETE", `${PATH}/${other.session_id}`, { as: mine });
      for (const [id, expected] of [
        [other.session_id, 404],
        [crypto.randomUUID(), 404],
        ["nonsense", 400],
        ["%00", 400],
      ] as const) {
        expect([id, (await api.ask("DELETE", `${PATH}/${id}`, { as: mine })).status]).toEqual([id, expected]);
      }
    });
  });
}
