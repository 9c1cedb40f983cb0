import { expect, test } from "bun:test";
import { createOwnerSessions } from "../../../../src/services/accounts/owner-sessions.ts";
import { useAccountApis } from "../../../support/server/account-api.ts";
import { TOKENS, useApis } from "../../../support/server/api.ts";

const PATH = "/app/config.json";

const openApi = useApis();
const openAccountApi = useAccountApis();

test("a server without accounts says where the page gets its tokens", async () => {
  const web = { tokenUrl: "https://app.example.com/api/auth/token", signInUrl: "https://app.example.com/login" };
  const { status, headers, body } = await openApi({ web }).ask("GET", PATH, { as: null });
  expect([status, headers.get("cache-control"), body]).toEqual([
    200,
    "no-store",
    { version: "1.2.3", accounts: null, token_url: web.tokenUrl, signin_url: web.signInUrl, owner: false },
  ]);
});

test.each(["open", "invite", "closed"] as const)("a server whose sign-up is %s says so", async (signup) => {
  const { body } = await (await openAccountApi({ signup })).ask("GET", PATH);
  expect(body).toMatchObject({ accounts: { signup }, token_url: null, signin_url: null, owner: false });
});

test("a server whose first account is anyone's says so until somebody has it", async () => {
  const api = await openAccountApi({ signup: "first" });
  expect((await api.ask("GET", PATH)).body.accounts).toEqual({ signup: "open" });
  await api.register();
  expect((await api.ask("GET", PATH)).body.accounts).toEqual({ signup: "invite" });
});

test("a server of one's own database says that `todo web` signs in its owner", async () => {
  const owner = createOwnerSessions({ tokens: TOKENS, readDatabaseId: () => Promise.resolve("a"), now: Date.now });
  const { body } = await (await openAccountApi({ parts: { owner } })).ask("GET", PATH);
  expect(body.owner).toBe(true);
});

test("a server of the API alone has no settings of a page", async () => {
  expect((await openApi({ web: null }).ask("GET", PATH, { as: null })).status).toBe(404);
});
