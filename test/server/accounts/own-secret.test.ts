import { expect, test } from "bun:test";
import { signToken } from "../../../src/services/tokens/sign.ts";
import { trustSecrets } from "../../support/server/token-settings.ts";
import { SYSTEM, useStartedServers } from "../../support/server/started-servers.ts";

const start = useStartedServers();
const SECRET = "Vq3kT8wZr1XyN6mB4cJ7hL2pF9sD5gAe";

test("a secret of accounts alone makes no token of its holder good, and those of accounts are", async () => {
  const { url } = start({ host: "0.0.0.0", tokens: trustSecrets(), accountSecrets: [SECRET] });
  const me = async (token: string) => {
    const { status } = await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${token}` } });
    return status;
  };
  for (const user of ["local", "acct_0123456789"]) {
    const token = await signToken(trustSecrets(SECRET), { user, lifetimeS: 60 }, SYSTEM.now());
    expect(await me(token)).toBe(401);
  }
  const account = { email: "ada@example.com", password: "seven tall green lamps" };
  const grant = await fetch(`${url}/api/auth/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(account),
  });
  const [, token = ""] = /"access_token":"([^"]+)"/.exec(await grant.text()) ?? [];
  expect(await me(token)).toBe(200);
});
