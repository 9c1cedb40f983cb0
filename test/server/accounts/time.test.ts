import { expect, test } from "bun:test";
import { createPasswords } from "../../../src/services/accounts/passwords.ts";
import { EMAIL, PASSWORD, useAccountApis } from "../../support/server/account-api.ts";
import { mediansOf } from "../../support/medians.ts";

const openApi = useAccountApis();

test("the time of a sign-in that is refused does not tell who has an account", async () => {
  const api = await openApi({ passwords: createPasswords() });
  await api.register();
  const { user } = await api.register({ email: "disabled@example.com" });
  await api.accounts.setDisabled(user.id, api.clock.now);
  const attempt = (email: string, password: string) => async () => {
    const { status } = await api.ask("POST", "/api/auth/login", { json: { email, password } });
    expect(status).toBe(401);
  };
  const attempts = [
    attempt(EMAIL, "not seven tall green lamps"),
    attempt("ben@example.com", "not seven tall green lamps"),
    attempt("ben@example.com", PASSWORD),
    attempt("disabled@example.com", "not seven tall green lamps"),
    attempt(EMAIL, ""),
    attempt("ben@example.com", ""),
  ];
  // Whatever else this process does only adds time, once in a while. A difference of the attempts is there each time.
  let spread = Infinity;
  for (let round = 0; round < 4 && spread > 1.2; round += 1) {
    const medians = await mediansOf(attempts, 7);
    spread = Math.max(...medians) / Math.min(...medians);
  }
  expect(spread).toBeLessThanOrEqual(1.2);
}, 30_000);
