import { describe, expect, test } from "bun:test";
import { ENDPOINTS } from "../../src/server/endpoints.ts";
import { useAccountApis } from "../support/server/account-api.ts";
import { idOf } from "../support/server/api.ts";

const openApi = useAccountApis();

/** The largest body that most routes read. */
const BODY_BYTES = 60_000;
const MAX_ANSWER_BYTES = 8000;

const MEMBERS = [
  ["id", "title", "description", "due_date", "priority", "project", "tags", "completed", "email", "password"],
  ["device", "invite", "refresh_token", "current_password", "new_password", "name", "scopes", "days", "client_id"],
  ["scope", "grant_type", "device_code", "user_code", "approve", "protocol", "replica", "user", "cursor", "changes"],
].flat();

/** Texts that are longer once they are quoted, and again once they are JSON. */
const LONG = ['"', "\u0001", "\ud83e\udd8a"].map((letter) => letter.repeat(9000));

/** Each member as the list of many wrong values, as a long text, and as one among many that nobody knows. */
const BODIES: readonly string[] = [
  JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`m${at}`, 0]))),
  JSON.stringify(Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`${at}${"\u0001".repeat(150)}`, 0]))),
  JSON.stringify(Object.fromEntries(MEMBERS.map((name) => [name, Array.from({ length: 600 }, () => 1)]))),
  JSON.stringify(Object.fromEntries(MEMBERS.map((name) => [name, Array.from({ length: 300 }, () => "a b")]))),
  JSON.stringify({ title: "x", tags: Array.from({ length: 15_000 }, () => 1) }),
  JSON.stringify({ title: "x", tags: Array.from({ length: 9000 }, (_, at) => `t${at}`) }),
  JSON.stringify({ name: "x", scopes: Array.from({ length: 15_000 }, () => 1) }),
  JSON.stringify(Array.from({ length: 15_000 }, () => 1)),
  ...LONG.flatMap((text) => ["due_date", "email", "name"].map((name) => JSON.stringify({ title: "x", [name]: text }))),
  ...LONG.map((text) => JSON.stringify(Object.fromEntries(MEMBERS.map((name) => [name, text.slice(0, 200)])))),
  `{"x":${'{"x":'.repeat(40)}0${"}".repeat(41)}`,
  "x".repeat(BODY_BYTES),
].filter((text) => text.length < 65_000);

const LONG_QUERY = Array.from({ length: 300 }, (_, at) => `${"m".repeat(20)}${at}=1`).join("&");
const QUERIES = [
  LONG_QUERY,
  `${"%01".repeat(2000)}=1&${"%01".repeat(2000)}=2`,
  `due_before=${"%22".repeat(2000)}`,
  `tag=${"%22".repeat(2000)}`,
  `sort=${"%22".repeat(2000)}&cursor=${"%22".repeat(2000)}&limit=${"1".repeat(2000)}`,
  `user_code=${"%22".repeat(2000)}`,
  "tag=a b&".repeat(500),
];

describe.each(ENDPOINTS.map(({ method, path }) => [method.toUpperCase(), path] as const))(
  "what %s %s refuses",
  (method, path) => {
    test("is answered in a few kilobytes, whatever was sent", async () => {
      const api = await openApi();
      const { access_token } = await api.register();
      const headers = { authorization: `Bearer ${access_token}`, "content-type": "application/json" };
      const sizes: [number, string][] = [];
      const note = async (sent: string, { status, headers: answered, body }: Response) => {
        if (status < 400) return body?.cancel();
        const size = (await new Response(body).text()).length + JSON.stringify([...answered]).length;
        if (size > MAX_ANSWER_BYTES) sizes.push([size, sent.slice(0, 60)]);
      };
      const address = path.replace("{id}", idOf("kqvzkqvzkqvz"));
      const bodies = method === "GET" ? [] : BODIES;
      for (const text of bodies) await note(text, await api.send(method, address, { as: null, text, headers }));
      for (const query of QUERIES) {
        await note(query, await api.send(method, `${address}?${query}`, { as: null, headers }));
      }
      for (const id of ["%01".repeat(3000), "x".repeat(9000)]) {
        const odd = path.includes("{id}") ? path.replace("{id}", id) : `${path}/${id}`;
        await note(id, await api.send(method, odd, { as: null, headers }));
      }
      expect(sizes).toEqual([]);
    });
  },
);

test("changes that a server rejects are answered with little more than came", async () => {
  const api = await openApi();
  const { access_token } = await api.register();
  const clock = "019a9f3c51c80000a1b2c3d4";
  for (const text of LONG) {
    const values = ["due_date", "priority", "tag:a", `tag:${text}`, text];
    const changes = values.map((field) => ({
      id: idOf("kqvzkqvzkqvz"),
      registers: { [field]: clock + JSON.stringify(text) },
    }));
    const { body } = await api.ask("POST", "/api/sync", {
      as: access_token,
      json: { protocol: 1, replica: "r", changes },
    });
    expect(body.rejected.length).toBeGreaterThan(2);
    expect(JSON.stringify(body.rejected).length).toBeLessThan(MAX_ANSWER_BYTES);
  }
});
