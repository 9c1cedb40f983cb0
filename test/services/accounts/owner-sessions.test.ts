import { describe, expect, test } from "bun:test";
import { createOwnerSessions } from "../../../src/services/accounts/owner-sessions.ts";
import { createAuthenticator } from "../../../src/services/tokens/authenticate.ts";
import { refusalOf } from "../../support/errors.ts";
import { trustSecrets } from "../../support/server/token-settings.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const TOKENS = trustSecrets("kZ8r2v5uY1w4x7A0dF3gH6jK9mN2qR5t");

/** The sessions of a server, with a clock that the test moves. */
function openSessions(databaseId = "a", tokens = TOKENS) {
  const clock = { now: Date.UTC(2026, 10, 20, 9) };
  const now = () => clock.now;
  const sessions = createOwnerSessions({ tokens, readDatabaseId: () => Promise.resolve(databaseId), now });
  return {
    ...sessions,
    clock,
    signIn: () => sessions.open(sessions.createCode()),
    identify: async (token: string) => createAuthenticator(tokens, { now, fetch })(`Bearer ${token}`),
  };
}

/** Why a refresh token is refused. */
async function refusalOfRenewal(owner: ReturnType<typeof openSessions>, text: string): Promise<string> {
  return (await refusalOf(owner.renew(text))).message;
}

describe("a code", () => {
  test("signs in the owner, by a token that is good for a quarter of an hour", async () => {
    const owner = openSessions();
    const granted = await owner.signIn();
    expect(granted).toMatchObject({ user: "local", email: null, expiresIn: 900 });
    expect(granted.refreshToken).toMatch(new RegExp(`^todo_own_${granted.session}_[\\w-]{43}$`));
    expect(await owner.identify(granted.accessToken)).toMatchObject({ user: "local", scopes: null, session: null });
    owner.clock.now += 15 * MINUTE_MS;
    expect(await refusalOf(owner.identify(granted.accessToken))).toMatchObject({ code: "token_expired" });
  });

  test("is good once, also for two at once", async () => {
    const owner = openSessions();
    const code = owner.createCode();
    const both = await Promise.allSettled([owner.open(code), owner.open(code)]);
    expect(both.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  });

  test("is good for a minute", async () => {
    const owner = openSessions();
    const codes = [owner.createCode(), owner.createCode()];
    owner.clock.now += MINUTE_MS - 1;
    expect(await owner.open(codes[0] ?? "")).toMatchObject({ user: "local" });
    owner.clock.now += 1;
    expect((await refusalOf(owner.open(codes[1] ?? ""))).message).toBe("the code was used or is older than a minute");
  });

  test.each(["", "nonsense", "todo_web_"])("is none if it is %p", async (code) => {
    expect(await refusalOf(openSessions().open(code))).toMatchObject({ code: "unauthorized" });
  });

  test("of one server is none of another", async () => {
    expect(await refusalOf(openSessions().open(openSessions().createCode()))).toMatchObject({ code: "unauthorized" });
  });
});

test("the account is a name for the database, which stays the same", async () => {
  const [one, again, other] = await Promise.all(["a", "a", "b"].map((id) => openSessions(id).signIn()));
  expect(one?.account).toMatch(/^local-[\da-f]{12}$/);
  expect(again?.account).toBe(one?.account ?? "");
  expect(other?.account).not.toBe(one?.account);
});

test("no token is good for longer than the server takes one", async () => {
  const owner = openSessions("a", { ...TOKENS, maxLifetimeS: 120 });
  const { expiresIn, accessToken } = await owner.signIn();
  expect([expiresIn, (await owner.identify(accessToken)).user]).toEqual([120, "local"]);
});

describe("a session", () => {
  test("is renewed by a token that is good once, and for a minute answered with the same next one", async () => {
    const owner = openSessions();
    const first = await owner.signIn();
    const second = await owner.renew(first.refreshToken);
    expect([second.session, second.refreshToken === first.refreshToken]).toEqual([first.session, false]);
    owner.clock.now += MINUTE_MS;
    expect((await owner.renew(first.refreshToken)).refreshToken).toBe(second.refreshToken);
    expect((await owner.renew(second.refreshToken)).session).toBe(first.session);
  });

  test("ends if a token is used again after more than a minute, because two have it", async () => {
    const owner = openSessions();
    const first = await owner.signIn();
    const second = await owner.renew(first.refreshToken);
    owner.clock.now += MINUTE_MS + 1;
    for (const { refreshToken } of [first, second]) {
      expect(await refusalOfRenewal(owner, refreshToken)).toBe("the session is over");
    }
  });

  test("does not end by a token that somebody made up, or that is older still", async () => {
    const owner = openSessions();
    const first = await owner.signIn();
    const third = await owner.renew((await owner.renew(first.refreshToken)).refreshToken);
    for (const text of [first.refreshToken, `todo_own_${first.session}_${"a".repeat(43)}`, "", "todo_ref_x"]) {
      expect(await refusalOfRenewal(owner, text)).toBe("the session is over");
      owner.end(text);
    }
    expect((await owner.renew(third.refreshToken)).session).toBe(first.session);
  });

  test("lives for 60 days after it was renewed last", async () => {
    const owner = openSessions();
    const [kept, idle] = [await owner.signIn(), await owner.signIn()];
    owner.clock.now += 60 * DAY_MS - 1;
    expect((await owner.renew(kept.refreshToken)).session).toBe(kept.session);
    owner.clock.now += 1;
    expect(await refusalOfRenewal(owner, idle.refreshToken)).toBe("the session is over");
  });

  test.each(["the current token", "the one before"])("ends by %s, and leaves the others", async (which) => {
    const owner = openSessions();
    const [first, other] = [await owner.signIn(), await owner.signIn()];
    const second = await owner.renew(first.refreshToken);
    owner.end(which === "the current token" ? second.refreshToken : first.refreshToken);
    expect(await refusalOfRenewal(owner, second.refreshToken)).toBe("the session is over");
    expect((await owner.renew(other.refreshToken)).session).toBe(other.session);
  });

  test("is one of the hundred that were used last", async () => {
    const owner = openSessions();
    const first = await owner.signIn();
    for (let other = 0; other < 100; other += 1) await owner.signIn();
    expect(await refusalOfRenewal(owner, first.refreshToken)).toBe("the session is over");
  });
});
