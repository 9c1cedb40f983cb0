import { describe, expect, test } from "bun:test";
import { EMAIL, type OpenAccountApi, PASSWORD } from "../../../support/server/account-api.ts";
import { statusesOf } from "../../../support/server/replies.ts";

const PATH = "/api/auth/register";

/** The same address twice, as somebody could spell it. */
const SPELLINGS = [
  ["ada@example.com", "ADA@Example.COM"],
  ["ada@example.com", "  ada@example.com\t"],
  ["zo\u00eb@example.com", "zoe\u0308@example.com"],
  ["ZO\u00cb@example.com", "zoe\u0308@example.com"],
  // There is no capital of this one, so that it is composed only when it is small.
  ["J\u030c@example.com", "\u01f0@example.com"],
  ["\u212a@example.com", "k@example.com"],
  // Terminals send a domain as it was typed, and browsers as IDNA writes it in ASCII.
  ["ada@B\u00dcCHER.example", "ada@xn--bcher-kva.example"],
] as const;

const BAD_ADDRESSES = [
  [
    "",
    "ada",
    "@",
    "ada@",
    "@example.com",
    "ada@example@com",
    "a b@example.com",
    "ada@exam ple.com",
    "a\nb@example.com",
  ],
  [
    "a\0da@example.com",
    "ada\u200b@example.com",
    "ada\u202e@example.com",
    "ad\ud83da@example.com",
    "ada\uff20example.com",
  ],
  [
    "ada@[192.0.2.1]",
    "ada@example.com/x",
    "ada@example.com:25",
    "ada@example.com#x",
    "ada@ex%61mple.com",
    "ada@\u00e4|b",
  ],
  ["ada@example.com, ben@example.com", "Ada <ada@example.com>", `${"x".repeat(243)}@example.com`],
].flat();

export function describeRegister(openApi: OpenAccountApi): void {
  describe("POST /api/auth/register", () => {
    test("makes an account and signs it in", async () => {
      const api = await openApi();
      const { status, body } = await api.ask("POST", PATH, { json: { email: EMAIL, password: PASSWORD } });
      expect([status, body.token_type, body.expires_in]).toEqual([201, "Bearer", 900]);
      expect(body.user).toEqual({ id: expect.stringMatching(/^acct_[0-9a-f-]{36}$/), email: EMAIL });
      expect((await api.ask("GET", "/api/me", { as: body })).body).toEqual({
        ...body.user,
        name: null,
        issuer: "todo",
        scopes: null,
        expires_at: "2026-11-20T09:15:00.000Z",
      });
      expect(api.lines.map(({ user }) => user)).toEqual([body.user.id, body.user.id]);
    });

    test("makes one that owns its tasks", async () => {
      const api = await openApi();
      const ada = await api.register();
      const made = await api.ask("POST", "/api/tasks", { as: ada, json: { title: "Water the lamps" } });
      expect(made.status).toBe(201);
      expect((await api.ask("GET", "/api/tasks", { as: ada })).body).toEqual([made.body]);
      expect(await api.store.count(ada.user.id, [])).toBe(1);
    });

    test.each(SPELLINGS)("takes %j and %j for one address", async (one, other) => {
      const api = await openApi();
      const { user } = await api.register({ email: one });
      const again = await api.ask("POST", PATH, { json: { email: other, password: PASSWORD } });
      expect([again.status, again.body.code]).toEqual([409, "conflict"]);
      for (const email of [one, other]) expect((await api.logIn({ email })).user).toEqual(user);
      expect(user.email).toBe(user.email.normalize("NFC").toLowerCase());
    });

    test("makes one account of 20 that come at once with one address", async () => {
      const api = await openApi();
      const json = { email: EMAIL, password: PASSWORD };
      const replies = await Promise.all(Array.from({ length: 20 }, () => api.ask("POST", PATH, { json })));
      expect(statusesOf(replies)).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
      expect(await api.accounts.listAccounts()).toHaveLength(1);
    });

    test.each(["a@b", "o'hara+x@example.com", "\u00e4@example.com", `${"x".repeat(242)}@example.com`])(
      "takes the address %j",
      async (email) => {
        expect((await (await openApi()).register({ email })).user.email).toBe(email);
      },
    );

    test.each(BAD_ADDRESSES)("refuses the address %j", async (email) => {
      const api = await openApi();
      const { status, body } = await api.ask("POST", PATH, { json: { email, password: PASSWORD } });
      expect([status, body.errors]).toEqual([400, [{ path: "email", message: expect.any(String) }]]);
      expect(await api.accounts.listAccounts()).toEqual([]);
    });

    test.each([
      ["12 characters", "tall lamps 7"],
      ["256 characters that take two UTF-16 units each", "🦊".repeat(256)],
      ["white space around it", "  seven tall green lamps  "],
      ["no letters", "83649265028375"],
    ])("takes a password with %s as it is", async (_, password) => {
      const api = await openApi();
      await api.register({ password });
      expect((await api.logIn({ password })).user.email).toBe(EMAIL);
      for (const other of [password.toUpperCase(), password.trim(), password.slice(0, -1)].filter(
        (each) => each !== password,
      )) {
        const { status } = await api.ask("POST", "/api/auth/login", { json: { email: EMAIL, password: other } });
        expect(status).toBe(401);
      }
    });

    test.each([
      ["11 characters", "tall lamps!"],
      ["257 characters", "\u01f0".repeat(257)],
      ["more than is read", "x".repeat(1537)],
      ["NUL", "seven tall\0green lamps"],
      ["half of a surrogate pair", "seven tall \ud83d lamps"],
      ["the address in it alone", EMAIL],
      ["nothing but a common one", "Password1234"],
    ])("refuses a password with %s and never repeats it", async (_, password) => {
      const api = await openApi();
      const { status, body } = await api.ask("POST", PATH, { json: { email: EMAIL, password } });
      expect([status, body.errors]).toEqual([400, [{ path: "password", message: expect.any(String) }]]);
      expect(JSON.stringify(body)).not.toContain(password);
      expect(await api.accounts.listAccounts()).toEqual([]);
    });

    test.each([{ device: " " }, { device: "x".repeat(101) }, { device: "a\0b" }, { device: null }, { admin: true }])(
      "refuses %j beside what is needed",
      async (more) => {
        const api = await openApi();
        const { status, body } = await api.ask("POST", PATH, { json: { email: EMAIL, password: PASSWORD, ...more } });
        expect([status, body.errors[0].path]).toEqual([400, Object.keys(more)[0]]);
        expect(await api.accounts.listAccounts()).toEqual([]);
      },
    );

    test("refuses a form, and a body without what is needed", async () => {
      const api = await openApi();
      const form = await api.ask("POST", PATH, { form: { email: EMAIL, password: PASSWORD } });
      expect(form.status).toBe(415);
      const { status, body } = await api.ask("POST", PATH, { json: {} });
      expect([status, body.errors.map(({ path }: { path: string }) => path)]).toEqual([400, ["email", "password"]]);
    });
  });
}
