import { describe, expect, test } from "bun:test";
import { hashSecret } from "../../../src/services/accounts/opaque-secrets.ts";
import { type AccountApi, EMAIL, type OpenAccountApi, PASSWORD } from "../../support/server/account-api.ts";
import { askForToken, GRANT_TYPE } from "../../support/server/device-flow.ts";
import { makeUpRefreshToken } from "../../support/server/forged-tokens.ts";

/** Sends what somebody without an account sends, and answers the status. */
type Try = (api: AccountApi, text: string) => Promise<number>;

// `send`, because names are no secrets: whatever `ask` is given as one must stand in no reply.
const post =
  (path: string, toJson: (text: string) => object): Try =>
  async (api, text) =>
    (await api.send("POST", path, { as: null, json: toJson(text) })).status;

const asBearer =
  (method: string, path: string, json?: object): Try =>
  async (api, text) =>
    (await api.send(method, path, { as: null, json, headers: { authorization: `Bearer ${text}` } })).status;

/** Every place where a secret belongs, how it begins, and the status for what is none. */
const PLACES: readonly (readonly [where: string, prefix: string, status: number, attempt: Try])[] = [
  ["a bearer", "todo_pat_", 401, asBearer("GET", "/api/me")],
  ["a renewal", "todo_ref_", 401, post("/api/auth/refresh", (refresh_token) => ({ refresh_token }))],
  ["a sign-out", "todo_ref_", 204, post("/api/auth/logout", (refresh_token) => ({ refresh_token }))],
  [
    "a device that polls",
    "todo_dev_",
    400,
    post("/api/auth/device/token", (device_code) => ({ grant_type: GRANT_TYPE, device_code })),
  ],
  [
    "an invitation",
    "todo_inv_",
    403,
    post("/api/auth/register", (invite) => ({ email: "dan@example.com", password: PASSWORD, invite })),
  ],
  ["a password", "", 401, post("/api/auth/login", (password) => ({ email: EMAIL, password }))],
  ["who may see a device", "todo_pat_", 401, asBearer("GET", "/api/auth/device?user_code=BCDF-GHJK")],
  ["who may let a device in", "todo_pat_", 401, asBearer("POST", "/api/auth/device/decision", {})],
];

export function describeNames(openApi: OpenAccountApi): void {
  /** Somebody with one of everything, and all that names it without being secret: lists, logs and the database show it. */
  async function setUp() {
    const api = await openApi();
    const mine = await api.register();
    const [program, invite] = [await api.makeToken(mine), await api.invite()];
    const { device_code, user_code } = await api.startDevice();
    const ids = [mine.session_id, program.id, mine.user.id];
    const secrets = [mine.refresh_token, mine.access_token, program.token, device_code, invite];
    const names = [
      ...ids,
      ...ids.map((id) => makeUpRefreshToken(id.replace("acct_", ""))),
      ...secrets.map(hashSecret),
      EMAIL,
      program.last8,
      user_code,
      user_code.replace("-", ""),
    ];
    return { api, mine, program, invite, device_code, names };
  }

  /** Fails the test unless all is there, undecided and good. */
  async function expectUnharmed({ api, mine, program, invite, device_code }: Awaited<ReturnType<typeof setUp>>) {
    expect([await api.knock(mine), await api.knock(program)]).toEqual([200, 200]);
    expect((await api.refresh(mine)).session_id).toBe(mine.session_id);
    expect((await askForToken(api, { device_code })).body.error).toBe("authorization_pending");
    const json = { email: "cem@example.com", password: PASSWORD, invite };
    expect((await api.beside({ signup: "invite" }).ask("POST", "/api/auth/register", { json })).status).toBe(201);
  }

  describe("what names something of an account", () => {
    test.each(PLACES)("is no secret for %s, and does no harm there", async (_, prefix, status, attempt) => {
      const people = await setUp();
      const invited = people.api.beside({ signup: "invite" });
      const statuses = new Set<number>();
      for (const name of people.names) {
        for (const text of new Set([name, prefix + name])) statuses.add(await attempt(invited, text));
      }
      expect([...statuses]).toEqual([status]);
      await expectUnharmed(people);
    });
  });
}
