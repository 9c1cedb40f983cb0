import { describe, expect, test } from "bun:test";
import { createRateLimit } from "../../../src/server/limits/rate-limit.ts";
import { MINUTE, type OpenAccountApi, SECOND, type Setting } from "../../support/server/account-api.ts";
import { decide, show } from "../../support/server/device-flow.ts";
import { statusesOf } from "../../support/server/replies.ts";

const GUESSES: Setting = {
  limits: ({ now }) => ({ guesses: createRateLimit({ limit: 5, windowMs: 10 * MINUTE }, now) }),
};

export function describeUserCodes(openApi: OpenAccountApi): void {
  describe("a user code", () => {
    test.each([
      ["in small letters", (code: string) => code.toLowerCase()],
      ["without its dash", (code: string) => code.replace("-", "")],
      ["with spaces all over", (code: string) => ` ${code.split("").join(" ")}\t`],
      ["with more dashes", (code: string) => code.split("").join("-")],
    ])("can be typed %s", async (_, type) => {
      const api = await openApi();
      const mine = await api.register();
      const { user_code } = await api.startDevice();
      expect((await show(api, mine, type(user_code))).body.user_code).toBe(user_code);
      expect((await decide(api, mine, type(user_code))).status).toBe(204);
    });

    test("shows no device that was decided on, and says so", async () => {
      const api = await openApi();
      const mine = await api.register();
      for (const approve of [true, false]) {
        const { user_code } = await api.startDevice();
        await decide(api, mine, user_code, approve);
        const { status, body } = await show(api, mine, user_code);
        expect([status, body.detail]).toEqual([409, "this code was used before"]);
      }
    });

    test("is good for one decision, also of those that come at once", async () => {
      const api = await openApi();
      const [ada, ben] = [await api.register(), await api.register({ email: "ben@example.com" })];
      const codes = await api.startDevice();
      const replies = await Promise.all(
        [ada, ben, ada, ben].map((as, at) => decide(api, as, codes.user_code, at % 2 === 0)),
      );
      expect(statusesOf(replies)).toEqual([204, 409, 409, 409]);
      expect((await decide(api, ada, codes.user_code)).status).toBe(409);
    });

    test.each(["", "x", "BCDF-GHJ", "BCDF-GHJK-L", "AEIO-UYAE", "BCDF_GHJK", "BCDF-GHJ\u0130", "%", "\0".repeat(8)])(
      "that is none is found nowhere: %j",
      async (user_code) => {
        const api = await openApi();
        const mine = await api.register();
        expect((await show(api, mine, user_code)).status).toBe(404);
        expect((await decide(api, mine, user_code)).status).toBe(404);
      },
    );

    test("can be guessed wrong five times, and then not even the right one is taken", async () => {
      const api = await openApi(GUESSES);
      const mine = await api.register();
      const { user_code } = await api.startDevice();
      for (let guess = 0; guess < 5; guess += 1) {
        const { status } = await (guess % 2 === 0 ? show(api, mine, "BCDF-GHJK") : decide(api, mine, "BCDFGHJL"));
        expect(status).toBe(404);
      }
      for (const { status, headers } of [await show(api, mine, user_code), await decide(api, mine, user_code)]) {
        expect([status, headers.get("retry-after")]).toEqual([429, "120"]);
      }
      const other = await api.register({ email: "ben@example.com" });
      expect((await show(api, other, user_code)).status).toBe(200);
      api.clock.now += 2 * MINUTE;
      expect((await decide(api, mine, user_code)).status).toBe(204);
    });

    test("costs nothing where it is right, also where it was used before", async () => {
      const api = await openApi(GUESSES);
      const mine = await api.register();
      const { user_code } = await api.startDevice();
      for (let time = 0; time < 8; time += 1) expect((await show(api, mine, user_code)).status).toBe(200);
      expect((await decide(api, mine, user_code)).status).toBe(204);
      for (let time = 0; time < 8; time += 1) expect((await decide(api, mine, user_code)).status).toBe(409);
      expect((await show(api, mine, "BCDF-GHJK")).status).toBe(404);
    });

    test("can't be guessed more often by who guesses at once, or signs in again", async () => {
      const api = await openApi(GUESSES);
      const devices = [await api.register(), await api.logIn()];
      const replies = await Promise.all(
        Array.from({ length: 20 }, (_, at) => show(api, devices[at % 2] ?? "", "BCDF-GHJK")),
      );
      expect(replies.filter(({ status }) => status === 404)).toHaveLength(5);
      api.clock.now += 10 * SECOND;
      expect((await show(api, await api.logIn(), "BCDF-GHJK")).status).toBe(429);
    });
  });
}
