import { describe, expect, test } from "bun:test";
import { readPageGrant, readPageSettings, readSessions } from "../../src/contract/read-page-replies.ts";

const GRANT = {
  access_token: "a token",
  token_type: "Bearer",
  expires_in: 900,
  session_id: "019a9f3c-51c8-7000-8000-000000000001",
  account: "acct_1",
  user: { id: "user_1", email: "ann@example.com" },
};
const SETTINGS = {
  version: "1.2.3",
  accounts: { signup: "open" as const },
  token_url: null,
  signin_url: "https://app.example.com/",
  owner: false,
};
const SESSION = {
  id: "019a9f3c-51c8-7000-8000-000000000001",
  device: "Firefox on Linux",
  created_at: "2026-11-30T12:00:00.000Z",
  last_used_at: "2026-11-30T12:00:00.000Z",
  expires_at: "2027-01-30T12:00:00.000Z",
  current: true,
};

/** An object once for each of its members, which has something else then. */
function spoilEach(whole: Readonly<Record<string, unknown>>, kept: readonly string[] = []) {
  const names = Object.keys(whole).filter((name) => !kept.includes(name));
  return names.flatMap((name) => [
    { ...whole, [name]: [] },
    { ...whole, [name]: undefined },
  ]);
}

const FOREIGN = [undefined, null, 1, "text", [], {}, [null]];

describe("a sign-in of the page", () => {
  test("is read, also with what only a later server says, and of an owner without an address", () => {
    for (const user of [GRANT.user, { id: "owner", email: null }]) {
      expect(readPageGrant({ ...GRANT, user, later: 1 })).toMatchObject({ ...GRANT, user });
    }
  });

  test("is nothing else", () => {
    const users = spoilEach(GRANT.user).map((user) => ({ ...GRANT, user }));
    const replies = [...FOREIGN, ...spoilEach(GRANT, ["token_type", "session_id"]), ...users];
    expect(replies.map(readPageGrant).filter((reply) => reply !== undefined)).toEqual([]);
  });
});

describe("what the page must know of its server", () => {
  test("is read, also of a server without accounts", () => {
    for (const accounts of [SETTINGS.accounts, null]) {
      expect(readPageSettings({ ...SETTINGS, accounts })).toEqual({ ...SETTINGS, accounts });
    }
  });

  test("is nothing else", () => {
    const replies = [...FOREIGN, ...spoilEach(SETTINGS), { ...SETTINGS, accounts: { signup: 1 } }];
    expect(replies.map(readPageSettings).filter((reply) => reply !== undefined)).toEqual([]);
  });
});

describe("the devices of an account", () => {
  test("are read, also if there are none", () => {
    for (const sessions of [[], [SESSION]]) expect(readSessions(sessions)).toEqual(sessions);
  });

  test("are nothing else, and their times are some", () => {
    const sessions = [...spoilEach(SESSION), { ...SESSION, last_used_at: "soon" }];
    const replies = [null, {}, [null], ...sessions.map((session) => [SESSION, session])];
    expect(replies.map(readSessions).filter((reply) => reply !== undefined)).toEqual([]);
  });
});
