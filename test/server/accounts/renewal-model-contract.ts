import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type AccountApi, DAY, EMAIL, MINUTE, type OpenAccountApi } from "../../support/server/account-api.ts";

/** What must be true of a session. */
type Model = {
  /** How many tokens it has had, and when the last one was made. */
  made: number;
  renewedAt: number;
  /** Which token its client has: the last one, or the one before, where the answer was lost. */
  held: number;
  /** Until when its access token is good. */
  goodUntil: number;
  /** When the session ends, however often it is renewed. */
  readonly endsAt: number;
  isOver: boolean;
};

/** A server, and a client with all tokens that it or a thief could have kept. */
type Real = { readonly api: AccountApi; readonly tokens: string[]; access: string };

type Step = fc.AsyncCommand<Model, Real>;

async function renew({ api }: Real, token: string | undefined) {
  return api.ask("POST", "/api/auth/refresh", { json: { refresh_token: token } });
}

/** The client renews with what it has, so many times at once. None of the answers arrives, or all do. */
const renewed = (times: number, arrives: boolean): Step => ({
  check: () => true,
  run: async (model, real) => {
    const token = real.tokens[model.held];
    const replies = await Promise.all(Array.from({ length: times }, () => renew(real, token)));
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => (model.isOver ? 401 : 200)));
    if (model.isOver) return;
    const [next, ...others] = new Set(replies.map(({ body }) => body.refresh_token));
    expect(others).toEqual([]);
    if (model.held === model.made) {
      real.tokens.push(next);
      model.made += 1;
      model.renewedAt = real.api.clock.now;
    }
    expect(next).toBe(real.tokens[model.made]);
    if (!arrives) return;
    model.held = model.made;
    model.goodUntil = real.api.clock.now + 15 * MINUTE;
    real.access = replies[0]?.body.access_token;
  },
  toString: () => `renew ${times} times, ${arrives ? "heard" : "lost"}`,
});

/** Time passes, but for who lost an answer no more than they have to ask again, and for nobody the age that ends a session. */
const waited = (time: number): Step => ({
  check: () => true,
  run: async (model, { api, access }) => {
    const latest = Math.min(model.renewedAt + (model.held === model.made ? 60 * DAY - 1 : MINUTE), model.endsAt - 1);
    api.clock.now = Math.max(Math.min(api.clock.now + time, latest), api.clock.now);
    const isGood = !model.isOver && api.clock.now < model.goodUntil;
    expect(await api.knock(access)).toBe(isGood ? 200 : 401);
  },
  toString: () => `wait ${time} ms`,
});

/** Somebody uses a token that the client has used up twice. */
const stolen = (steps: number): Step => ({
  check: ({ made }) => made >= steps,
  run: async (model, real) => {
    expect((await renew(real, real.tokens[model.made - steps])).status).toBe(401);
    model.isOver = true;
    expect(await real.api.knock(real.access)).toBe(401);
  },
  toString: () => `steal ${steps} steps back`,
});

const anyRenewal = fc.tuple(fc.constantFrom(1, 1, 2, 5), fc.boolean()).map((given) => renewed(...given));
const anyWait = fc.constantFrom(0, 1, 1000, 59_999, MINUTE, 16 * MINUTE, 59 * DAY).map(waited);
const anyTheft = fc.integer({ min: 2, max: 4 }).map(stolen);

/** A slower store takes a share of the runs. */
export function describeRenewalModel(openApi: OpenAccountApi, share = 1): void {
  const numRuns = Math.ceil(40 * share);

  async function play(steps: Iterable<Step>): Promise<Model> {
    const api = await openApi();
    const { refresh_token, access_token } = await api.register({ email: EMAIL });
    const now = api.clock.now;
    const opened = { renewedAt: now, goodUntil: now + 15 * MINUTE, endsAt: now + 180 * DAY };
    const model: Model = { made: 0, held: 0, isOver: false, ...opened };
    const setUp = () => ({ model, real: { api, tokens: [refresh_token], access: access_token } });
    await fc.asyncModelRun(setUp, steps);
    return model;
  }

  describe("any session", () => {
    const honest = fc.commands([anyRenewal, anyWait], { maxCommands: 20, size: "max" });

    test("of a client that asks again within a minute where an answer is lost is never ended", async () => {
      await fc.assert(
        fc.asyncProperty(honest, async (steps) => expect((await play(steps)).isOver).toBe(false)),
        { numRuns },
      );
    });

    test("is ended by any token two steps back or more, whatever was before and comes after", async () => {
      const enough = Array.from({ length: 4 }, () => renewed(1, true));
      await fc.assert(
        fc.asyncProperty(honest, anyTheft, honest, async (before, theft, after) => {
          expect((await play([...before, ...enough, theft, ...after])).isOver).toBe(true);
        }),
        { numRuns },
      );
    });
  });
}
