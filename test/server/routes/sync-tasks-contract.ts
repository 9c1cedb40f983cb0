import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { SyncStore } from "../../../src/ports/sync.ts";
import { createPurge } from "../../../src/services/sync/purging.ts";
import type { Ask, OpenApi } from "../../support/server/api.ts";
import { newId } from "../../support/stores/test-user.ts";
import { arriving } from "../../support/sync/following.ts";
import { NASTY_KEYS } from "../../support/tasks/registers.ts";

const HELLO = { protocol: 1, replica: "laptop" };
const DAY_MS = 86_400_000;
const DELETED_AT = "2026-11-20T09:00:00.000Z";
const CLOCK = "019a9f3c51c80000a1b2c3d4";

/** Fields that are nearly those of a request. */
const likeRequest = fc.record(
  {
    protocol: fc.oneof(fc.constant(1), fc.jsonValue()),
    replica: fc.oneof(fc.constant("laptop"), fc.string({ unit: "binary", maxLength: 70 })),
    cursor: fc.oneof(
      fc.constant(null),
      fc.string({ unit: "binary", maxLength: 20 }),
      fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString("base64url")),
      fc
        .tuple(fc.string({ unit: "binary", maxLength: 9 }), fc.integer(), fc.integer(), fc.string({ unit: "binary" }))
        .map((value) => Buffer.from(JSON.stringify(value)).toString("base64url")),
    ),
    limit: fc.oneof(fc.constantFrom(1, 1000, 1001, 0, -1, 1.5, "1"), fc.integer()),
    changes: fc.oneof(
      fc.jsonValue(),
      fc.array(
        fc.record(
          {
            id: fc.oneof(fc.uuid(), fc.string({ unit: "binary", maxLength: 70 }), fc.jsonValue()),
            registers: fc.oneof(
              fc.dictionary(
                fc.oneof(
                  fc.constantFrom("title", "due_date", "tag:a", ...NASTY_KEYS),
                  fc.string({ unit: "binary", maxLength: 8 }),
                ),
                fc.oneof(
                  fc.json().map((value) => CLOCK + value),
                  fc.string({ unit: "binary" }).map((value) => CLOCK + JSON.stringify(value)),
                  fc.string({ unit: "binary" }),
                ),
              ),
              fc.jsonValue(),
            ),
          },
          { requiredKeys: ["id", "registers"] },
        ),
        { maxLength: 4 },
      ),
    ),
  },
  { requiredKeys: ["protocol", "replica"] },
);

/** A slower store takes a share of the inputs. */
export function describeSyncTasks(openApi: OpenApi, openSync: () => SyncStore, share = 1): void {
  /** Somebody who has never been there before. Each reply is compared with the document. */
  const open = () => {
    const purges: Promise<void>[] = [];
    const api = openApi(({ now }) => {
      const sync = openSync();
      const purge = createPurge({ sync, now });
      const notePurge = (user: string) => {
        const purging = purge(user);
        purges.push(purging);
        return purging;
      };
      return { sync, purge: notePurge };
    });
    const as = `user-${crypto.randomUUID()}`;
    const post = (ask: Ask) => api.ask("POST", "/api/sync", { as, ...ask });
    return { ...api, user: as, post, untilPurged: () => Promise.all(purges) };
  };

  describe("POST /api/sync", () => {
    test("answers who has nothing with nothing, and says whose and where that is", async () => {
      const { post, user } = open();
      const { status, body } = await post({ json: HELLO });
      expect([status, body]).toEqual([
        200,
        {
          user,
          epoch: expect.stringMatching(/^[\w-]{32,36}$/),
          server_time: expect.stringMatching(/^\d{4}-.*Z$/),
          cursor: expect.stringMatching(/^[\w-]+$/),
          head: "0",
          more: false,
          accepted: 0,
          rejected: [],
          changes: [],
        },
      ]);
    });

    test("takes what one replica brings and gives it to another, page by page", async () => {
      const { post } = open();
      const changes = Array.from({ length: 3 }, (_, turn) => arriving({ title: `${turn}`, "tag:home": true }));
      const sent = await post({ json: { ...HELLO, changes } });
      expect(sent.body).toMatchObject({ accepted: 3, rejected: [], changes: [], more: false, head: "3" });
      const first = await post({ json: { ...HELLO, replica: "phone", limit: 2 } });
      expect(first.body).toMatchObject({ more: true, changes: changes.slice(0, 2) });
      expect(first.body.changes[0].revision).toBe("1");
      const next = await post({ json: { ...HELLO, replica: "phone", limit: 2, cursor: first.body.cursor } });
      expect(next.body).toMatchObject({ more: false, changes: changes.slice(2) });
    });

    test("forgets a deletion after 180 days, and is 410 for a replica that was away for longer", async () => {
      const { post, clock, untilPurged } = open();
      const changes = [arriving({ title: "kept" }), arriving({ title: "gone", deleted_at: DELETED_AT })];
      const { cursor } = (await post({ json: { ...HELLO, changes: changes.slice(0, 1) } })).body;
      await post({ json: { ...HELLO, changes } });
      clock.now += 181 * DAY_MS;
      await post({ json: HELLO });
      await untilPurged();
      const late = await post({ json: { ...HELLO, cursor } });
      expect([late.status, late.body.code]).toEqual([410, "cursor_expired"]);
      expect((await post({ json: HELLO })).body.changes).toMatchObject(changes.slice(0, 1));
    });

    test("names what it rejects beside what it takes", async () => {
      const { post } = open();
      const wrong = arriving({ title: "" });
      const { status, body } = await post({ json: { ...HELLO, changes: [wrong, arriving({ title: "x" })] } });
      expect([status, body.accepted]).toEqual([200, 1]);
      expect(body.rejected).toEqual([
        { id: wrong.id, code: "invalid_input", field: "title", message: expect.stringContaining("empty") },
      ]);
    });

    test("keeps a field called __proto__", async () => {
      const { post } = open();
      const registers = `{"__proto__":${JSON.stringify(`${CLOCK}"own"`)},"title":${JSON.stringify(`${CLOCK}"x"`)}}`;
      const change = `{"id":"${newId()}","registers":${registers}}`;
      const text = JSON.stringify(HELLO).replace("}", `,"changes":[${change}]}`);
      expect((await post({ text })).body).toMatchObject({ accepted: 1, rejected: [] });
      const { body } = await post({ json: HELLO });
      expect(new Map(Object.entries(body.changes[0].registers))).toEqual(
        new Map([
          ["__proto__", `${CLOCK}"own"`],
          ["title", `${CLOCK}"x"`],
        ]),
      );
    });

    test.each([0, 2, -1, 99])("is 426 for the protocol %i, and takes nothing", async (protocol) => {
      const { post } = open();
      const { status, body } = await post({ json: { ...HELLO, protocol, changes: [arriving({ title: "x" })] } });
      expect([status, body.code]).toEqual([426, "unsupported_protocol"]);
      expect([body.oldest_protocol, body.newest_protocol]).toEqual([1, 1]);
      expect((await post({ json: HELLO })).body.changes).toEqual([]);
    });

    test.each(["0", "2", "99999999999", "-1", "1.0", "x", "", "1, 2"])(
      "is 426 for the protocol %p in the header, whatever the body is",
      async (version) => {
        const { post } = open();
        const headers = { "todo-protocol": version };
        for (const ask of [{ json: { ...HELLO, changes: [arriving({ title: "x" })] } }, { text: "{" }, {}]) {
          const { status, body, headers: said } = await post({ ...ask, headers });
          expect([status, body.code, said.get("upgrade")]).toEqual([426, "unsupported_protocol", "todo-protocol/1"]);
        }
        expect((await post({ json: HELLO })).body.changes).toEqual([]);
      },
    );

    test("says the protocol of the answer, and takes it in the header", async () => {
      const { post } = open();
      const { status, headers } = await post({ json: HELLO, headers: { "todo-protocol": "1" } });
      expect([status, headers.get("todo-protocol")]).toEqual([200, "1"]);
      expect((await post({ json: { ...HELLO, protocol: 2 }, headers: { "todo-protocol": "1" } })).status).toBe(426);
      expect((await post({ json: HELLO, as: null, headers: { "todo-protocol": "2" } })).status).toBe(401);
    });

    test("is 409 for a replica that follows somebody else, and takes nothing", async () => {
      const { post, user } = open();
      const changes = [arriving({ title: "x" })];
      const { status, body } = await post({ json: { ...HELLO, user: `${user}x`, changes } });
      expect([status, body.code]).toEqual([409, "account_mismatch"]);
      expect((await post({ json: HELLO })).body.changes).toEqual([]);
      expect((await post({ json: { ...HELLO, user, changes } })).body.accepted).toBe(1);
    });

    test("is 409 for a cursor of another history, 400 for one that is none, 422 for a clock that is ahead", async () => {
      const { post } = open();
      const theirs = (await open().post({ json: HELLO })).body;
      const ahead = { id: newId(), registers: { title: '0fffffffffff0000a1b2c3d4"x"' } };
      const refusals = [
        await post({ json: { ...HELLO, cursor: theirs.cursor } }),
        await post({ json: { ...HELLO, cursor: "x" } }),
        await post({ json: { ...HELLO, changes: [ahead] } }),
      ];
      expect(refusals.map(({ status, body }) => [status, body.code])).toEqual([
        [409, "history_changed"],
        [400, "invalid_input"],
        [422, "clock_skew"],
      ]);
    });

    test.each<unknown>([
      {},
      { protocol: 1 },
      { ...HELLO, protocol: "1" },
      { ...HELLO, replica: "" },
      { ...HELLO, replica: "x".repeat(65) },
      { ...HELLO, limit: 0 },
      { ...HELLO, limit: 1001 },
      { ...HELLO, cursor: 1 },
      { ...HELLO, changes: {} },
      { ...HELLO, changes: [{ id: newId() }] },
      { ...HELLO, changes: [{ id: newId(), registers: ["x"] }] },
      { ...HELLO, changes: [{ id: newId(), registers: { title: null } }] },
      { ...HELLO, changes: [{ id: newId(), registers: { title: ["x"] } }] },
      { ...HELLO, changes: Array.from({ length: 501 }, () => arriving({ title: "x" })) },
    ])("is 400 for a request of another shape: %#", async (json) => {
      const { status, body } = await open().post({ json });
      expect([status, body.code]).toEqual([400, "invalid_input"]);
    });

    test("passes over members that later versions may have", async () => {
      const { status } = await open().post({ json: { ...HELLO, later: { more: true } } });
      expect(status).toBe(200);
    });

    test("is 401 without a token, and 403 for one that may only read", async () => {
      const { post } = open();
      const readOnly = await post({ json: HELLO, claims: { scope: "tasks:read" } });
      expect([(await post({ json: HELLO, as: null })).status, readOnly.status]).toEqual([401, 403]);
      expect(readOnly.body.code).toBe("insufficient_scope");
      expect((await post({ json: HELLO, claims: { scope: "tasks:read tasks:write" } })).status).toBe(200);
    });

    test("never breaks, whatever is sent", async () => {
      const { post } = open();
      const seen = new Set<number>();
      const body = fc.oneof(
        { weight: 6, arbitrary: likeRequest.map((value) => JSON.stringify(value)) },
        { weight: 1, arbitrary: fc.json() },
        { weight: 1, arbitrary: fc.string({ unit: "binary", minLength: 1 }) },
      );
      await fc.assert(
        fc.asyncProperty(body, async (text) => {
          const { status } = await post({ text });
          seen.add(status);
          expect([200, 400, 409, 426]).toContain(status);
        }),
        // The first two are known: few others are good, and where the share is small there may be none.
        { numRuns: Math.ceil(1000 * share) + 2, examples: [[JSON.stringify(HELLO)], ["{}"]] },
      );
      for (const status of [200, 400]) expect(seen).toContain(status);
    });
  });
}
