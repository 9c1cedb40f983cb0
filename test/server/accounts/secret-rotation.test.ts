import { describe, expect, test } from "bun:test";
import { EMAIL, MINUTE, PASSWORD, useAccountApis } from "../../support/server/account-api.ts";
import { deriveKey, forge } from "../../support/server/forged-tokens.ts";

const openApi = useAccountApis();

const OLD = "Qf8yLr3ZtWn6HsVb1KxJd9GpCm5TuEa2";
const NEW = "nD2mK9vQx7RfT4sWbY1zHc8LgJp3EuAo";

const told = (...secrets: string[]) => ({ tokens: { secrets } });

describe("a server whose secret is changed", () => {
  test("takes tokens of the old one, and signs with the new one", async () => {
    const before = await openApi(told(OLD));
    const grant = await before.register();
    const between = before.beside(told(NEW, OLD));
    expect(await between.knock(grant)).toBe(200);
    const renewed = await between.refresh(grant);
    const after = before.beside(told(NEW));
    expect(await Promise.all([before, between, after].map((api) => api.knock(renewed)))).toEqual([401, 200, 200]);
    expect(await after.knock(grant)).toBe(401);
  });

  test("signs nobody out, and leaves programs their tokens", async () => {
    const before = await openApi(told(OLD));
    const grant = await before.register();
    const program = await before.makeToken(grant);
    const after = before.beside(told(NEW));
    expect(await after.knock(program)).toBe(200);
    const renewed = await after.refresh(grant);
    expect([renewed.session_id, await after.knock(renewed)]).toEqual([grant.session_id, 200]);
    // The old refresh token is still answered again: it is sealed with no secret of the server's.
    after.clock.now += MINUTE;
    for (const api of [before, after]) expect((await api.refresh(grant)).refresh_token).toBe(renewed.refresh_token);
    expect((await after.ask("POST", "/api/auth/login", { json: { email: EMAIL, password: PASSWORD } })).status).toBe(
      200,
    );
  });

  test.each<[string, readonly string[]]>([
    ["keeps", [NEW, OLD]],
    ["lost", [NEW]],
  ])("ends a session whose token comes back after more than a minute, with one that it %s", async (_, secrets) => {
    const before = await openApi(told(OLD));
    const grant = await before.register();
    const after = before.beside(told(...secrets));
    const renewed = await after.refresh(grant);
    after.clock.now += MINUTE + 1;
    const { status } = await after.ask("POST", "/api/auth/refresh", { json: { refresh_token: grant.refresh_token } });
    expect([status, await after.knock(renewed)]).toEqual([401, 401]);
  });

  test("knows a token that was used up long ago by the secrets that it has, and ends nothing for any other", async () => {
    const before = await openApi(told(OLD));
    const first = await before.register();
    const json = { refresh_token: first.refresh_token };
    const third = await before.refresh(await before.refresh(first));
    for (const [secrets, status] of [
      [[NEW], 200],
      [[NEW, OLD], 401],
    ] as const) {
      const after = before.beside(told(...secrets));
      const renewed = await after.refresh(third);
      expect((await after.ask("POST", "/api/auth/refresh", { json })).status).toBe(401);
      expect(await after.knock(renewed)).toBe(status);
    }
  });

  test("takes none of a key that is derived from both, or from one that it never had", async () => {
    const api = await openApi(told(NEW, OLD));
    const { user, session_id } = await api.register();
    const now = api.clock.now / 1000;
    const claims = {
      iss: "todo",
      aud: "todo",
      sub: user.id,
      sid: session_id,
      jti: crypto.randomUUID(),
      iat: now,
      exp: now + 900,
    };
    for (const secret of [NEW, OLD]) expect(await api.knock(forge(claims, { key: deriveKey(secret) }))).toBe(200);
    for (const secret of [`${NEW},${OLD}`, NEW + OLD, ""]) {
      expect(await api.knock(forge(claims, { key: deriveKey(secret) }))).toBe(401);
    }
  });
});
