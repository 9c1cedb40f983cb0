import { describe, expect, test } from "bun:test";
import { readGrant, readNothing, readProblem, readSessions } from "../../src/contract/server-replies.ts";

const GRANT = {
  access_token: "a",
  token_type: "Bearer",
  expires_in: 900,
  refresh_token: "r",
  session_id: "019a9f3c-51c8-7000-a1b2-c3d4e5f60718",
  user: { id: "acct_1", email: "ada@example.com" },
};

const SESSION = {
  id: "019a9f3c-51c8-7000-a1b2-c3d4e5f60718",
  device: "laptop",
  created_at: "2026-11-20T09:00:00.000Z",
  last_used_at: "2026-11-20T09:00:00.000Z",
  expires_at: "2027-01-19T09:00:00.000Z",
  current: true,
};

describe("a reply", () => {
  test("is read as it is", () => {
    expect(readGrant(GRANT)).toEqual(readGrant(GRANT));
    expect(JSON.stringify(readGrant(GRANT))).toBe(JSON.stringify(GRANT));
    expect(readSessions([SESSION])).toEqual([SESSION]);
  });

  test("of a newer server is read without what this version does not know, at whatever depth", () => {
    const newer = { ...GRANT, scope: "tasks", user: { ...GRANT.user, name: "Ada" } };
    expect(JSON.stringify(readGrant(newer))).toBe(JSON.stringify(GRANT));
    expect(newer.user.name).toBe("Ada");
    expect(readSessions([SESSION, { ...SESSION, place: "Berlin" }])).toEqual([SESSION, SESSION]);
    const problem = { type: "about:blank", title: "Conflict", status: 409, code: "conflict" } as const;
    expect(readProblem({ ...problem, instance: "/x", errors: [{ path: "", message: "m", kind: 1 }] })).toEqual({
      ...problem,
      errors: [{ path: "", message: "m" }],
    });
  });

  test("that lacks something, or is of another kind, is not read", () => {
    const { user: _user, ...nobody } = GRANT;
    for (const other of [
      undefined,
      null,
      "",
      [],
      {},
      nobody,
      { ...nobody, user: "ada", more: 1 },
      { ...GRANT, expires_in: "9" },
    ]) {
      expect(readGrant(other)).toBeUndefined();
    }
    expect(readSessions([SESSION, null])).toBeUndefined();
  });

  test("without a body is nothing else", () => {
    expect(readNothing(undefined)).toBeNull();
    for (const other of [null, {}, "", 0]) expect(readNothing(other)).toBeUndefined();
  });
});
