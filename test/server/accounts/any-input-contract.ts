import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { ENDPOINTS } from "../../../src/server/endpoints.ts";
import { EMAIL, type OpenAccountApi, PASSWORD } from "../../support/server/account-api.ts";

const ROUTES = ENDPOINTS.filter(({ access, path }) => access === "account" || path.startsWith("/api/auth/"));

const MEMBERS = [
  ["email", "password", "device", "invite", "refresh_token", "current_password", "new_password", "name", "scopes"],
  ["days", "client_id", "scope", "grant_type", "device_code", "user_code", "approve", "__proto__", "constructor", ""],
].flat();

/** Texts that something on the way could stumble over. */
const nastyText = fc.oneof(
  fc.constantFrom("", " ", "\0", "\ud800", "a\ud83d", "\u202e", "null", "x".repeat(300), "x".repeat(2000), "ß@ß", "@"),
  fc.constantFrom(EMAIL, PASSWORD, "todo_ref_", "todo_dev_", `todo_ref_${"A".repeat(64)}`, "BCDF-GHJK", "tasks:read"),
  fc.constantFrom(
    "urn:ietf:params:oauth:grant-type:device_code",
    "$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA",
    "'; drop table",
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.string({ unit: "grapheme", maxLength: 20 }),
);

const anyValue = fc.oneof(
  { weight: 3, arbitrary: nastyText },
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 2 ** 53, 1e308, [], {}, ["tasks:read"], ["tasks:write", 1]),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Objects that often are what one of the routes takes, or nearly. */
const likely = fc.oneof(
  fc.record({ email: fc.oneof(fc.constant(EMAIL), nastyText), password: fc.oneof(fc.constant(PASSWORD), nastyText) }),
  fc.record({ refresh_token: nastyText }),
  fc.record({ current_password: nastyText, new_password: nastyText }),
  fc.record({ name: nastyText, days: fc.oneof(fc.integer(), anyValue), scopes: anyValue }, { requiredKeys: ["name"] }),
  fc.record({ grant_type: nastyText, device_code: nastyText }),
  fc.record({ user_code: nastyText, approve: fc.oneof(fc.boolean(), anyValue) }),
  fc.dictionary(fc.constantFrom(...MEMBERS), anyValue, { maxKeys: 6 }),
);

const anyJson = fc.oneof(
  { weight: 6, arbitrary: likely.map((value) => JSON.stringify(value)) },
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.constantFrom("", "{", '{"email":"a@b","email":"c@d"}', `{"email":${"[".repeat(5000)}`, "1e999", '"\\ud800"'),
  fc.string({ unit: "binary" }),
);

const anyForm = fc.oneof(
  fc
    .array(fc.tuple(fc.constantFrom(...MEMBERS), nastyText), { maxLength: 5 })
    .map((pairs) =>
      pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value.toWellFormed())}`).join("&"),
    ),
  fc
    .array(fc.constantFrom("device", "grant_type", "=", "&", "%", "%00", "%ff", "+", "ä", "x"), { maxLength: 12 })
    .map((pieces) => pieces.join("")),
);

const anySent = fc.oneof(
  { weight: 4, arbitrary: fc.record({ text: anyJson, type: fc.constant("application/json") }) },
  {
    weight: 2,
    arbitrary: fc.record({
      text: anyForm,
      type: fc.constantFrom(
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=UTF-8",
        "APPLICATION/X-WWW-FORM-URLENCODED",
      ),
    }),
  },
  fc.record({
    text: anyJson,
    type: fc.constantFrom("text/plain", "multipart/form-data; boundary=x", "application/json; charset=latin1", "x"),
  }),
  fc.record({
    text: fc.uint8Array({ maxLength: 40 }).map((bytes) => new Uint8Array(bytes)),
    type: fc.constantFrom("application/json", "application/x-www-form-urlencoded"),
  }),
);

const anyQuery = fc.oneof(
  { weight: 2, arbitrary: fc.constant("") },
  nastyText.map((text) => `?user_code=${encodeURIComponent(text.toWellFormed())}`),
  fc
    .array(fc.constantFrom("user_code", "=", "&", "%", "%ff", "x", "?"), { maxLength: 8 })
    .map((all) => `?${all.join("")}`),
);

const anyId = fc.oneof(
  fc.uuid(),
  nastyText.filter((text) => text.isWellFormed() && text !== "").map(encodeURIComponent),
);

const CALLED_BY_PASSWORD = new RegExp(`"(name|device)":"${PASSWORD}"`);

/** A slower store takes a share of the inputs. */
export function describeAnyAccountInput(openApi: OpenAccountApi, share = 1): void {
  describe.each(ROUTES.map(({ method, path }) => [method.toUpperCase(), path] as const))(
    "any input to %s %s",
    (...route) => {
      const [method, path] = route;

      test("is taken or refused as the document says, and breaks nothing", async () => {
        const api = await openApi();
        const mine = await api.register();
        const statuses = new Set<number>();
        await fc.assert(
          fc.asyncProperty(anySent, anyQuery, anyId, fc.boolean(), async ({ text, type }, query, id, isBare) => {
            // Whoever calls something by their password sees that again.
            fc.pre(typeof text !== "string" || !CALLED_BY_PASSWORD.test(text));
            const address = path.replace("{id}", id) + (method === "GET" || isBare ? query : "");
            const body = method === "GET" ? {} : { text, headers: { "content-type": type } };
            // checkReply knows the statuses that the document names, and how each looks.
            const { status } = await api.ask(method, address, { ...body, ...(!isBare && { as: mine }) });
            expect(status).toBeLessThan(500);
            statuses.add(status);
          }),
          { numRuns: Math.ceil(150 * share) },
        );
        // Of few inputs it is chance whether they are of more than one kind.
        if (share === 1) expect(statuses.size).toBeGreaterThan(1);
        expect(await api.knock(mine)).toBe(200);
      });
    },
  );
}
