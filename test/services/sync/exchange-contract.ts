import { describe, expect, test } from "bun:test";
import { formatClock } from "../../../src/domain/task/clock.ts";
import type { Registers } from "../../../src/domain/task/registers.ts";
import { exchange } from "../../../src/services/sync/exchange.ts";
import { type Exchanged, type ExchangeRequest } from "../../../src/contract/sync.ts";
import { MAX_TASK_BYTES } from "../../../src/domain/task/size.ts";
import type { SyncStore } from "../../../src/ports/sync.ts";
import { at, newId, only } from "../../support/stores/test-user.ts";
import { refusalOf } from "../../support/errors.ts";
import { arriving, type ConcurrentSyncStores } from "../../support/sync/following.ts";
import { describeRegisters, NASTY_KEYS } from "../../support/tasks/registers.ts";
import { fillUp } from "../../support/tasks/sizes.ts";

const CLOCK = "019a9f3c51c80000a1b2c3d4";

/** A replica's side of one user, who has never been there before. */
export function createCaller(concurrentStores: ConcurrentSyncStores) {
  const { sync, byHand } = concurrentStores();
  const user = `user-${crypto.randomUUID()}`;
  const ask = (request: Partial<ExchangeRequest> = {}): Promise<Exchanged> =>
    exchange({ sync, user }, { cursor: null, limit: 1000, changes: [], ...request });
  const refusedFor = async (request: Partial<ExchangeRequest>) => (await refusalOf(ask(request))).code;
  return { sync, user, byHand, ask, refusedFor };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function decode(cursor: string): unknown[] {
  return JSON.parse(Buffer.from(cursor, "base64url").toString());
}

export function describeExchange(concurrentStores: ConcurrentSyncStores): void {
  describe("changes of tasks that are large together", () => {
    test("are merged a few at a time, so that others have their turn, and all of them arrive", async () => {
      const { sync, user, ask } = createCaller(concurrentStores);
      const merged: number[] = [];
      const large: SyncStore = {
        ...sync,
        precheck: async (...question) => ({ ...(await sync.precheck(...question)), touchedBytes: 5_000_000 }),
        exchange: (of, request) => {
          merged.push(request.arrivals.length);
          return sync.exchange(of, request);
        },
      };
      const changes = Array.from({ length: 20 }, (_, turn) => arriving({ title: `${turn}` }));
      const { accepted, rejected, cursor } = await exchange(
        { sync: large, user },
        { cursor: null, limit: 1000, changes },
      );
      expect({ merged, accepted, rejected }).toEqual({ merged: [8, 8, 4], accepted: 20, rejected: [] });
      expect((await ask({ cursor })).changes).toEqual([]);
      expect((await ask()).changes).toMatchObject(changes);
    });

    test("are known by what is stored of them, and new ones have nothing", async () => {
      const { sync, user, ask } = createCaller(concurrentStores);
      const [known, fresh] = [arriving({ title: "x".repeat(400) }), arriving({ title: "new" })];
      await ask({ changes: [known] });
      const touchedBy = async (...arrivals: (typeof known)[]) =>
        (await sync.precheck(user, { head: null, arrivals })).touchedBytes;
      expect([await touchedBy(), await touchedBy(fresh)]).toEqual([0, 0]);
      expect(await touchedBy(known, fresh)).toBeWithin(400, 600);
    });
  });

  describe("a cursor", () => {
    const open = () => createCaller(concurrentStores);

    test("leads from page to page to the end, and from there on to what is new", async () => {
      const { ask } = open();
      const sent = Array.from({ length: 5 }, (_, turn) => arriving({ title: `${turn}` }));
      await ask({ changes: sent });
      const seen: string[] = [];
      let cursor: string | null = null;
      for (let more = true; more;) {
        const page: Exchanged = await ask({ cursor, limit: 2 });
        seen.push(...page.changes.map(({ id }) => id));
        ({ cursor, more } = page);
      }
      expect(seen).toEqual(sent.map(({ id }) => id));
      expect((await ask({ cursor })).changes).toEqual([]);
      const late = arriving({ title: "late" });
      await ask({ changes: [late] });
      expect((await ask({ cursor })).changes).toMatchObject([late]);
    });

    test("leads behind what the replica brought itself, also where something of others came with it", async () => {
      const { ask } = open();
      const [theirs, mine] = [arriving({ title: "theirs" }), arriving({ title: "mine" })];
      await ask({ changes: [theirs] });
      const { changes, cursor } = await ask({ changes: [mine] });
      expect(changes).toMatchObject([theirs]);
      expect((await ask({ cursor })).changes).toEqual([]);
    });

    test("is refused as input where it is none of this server's, whatever a database would say of it", async () => {
      const { ask, refusedFor } = open();
      const { cursor } = await ask();
      const [epoch, position, revision, tag] = decode(cursor);
      const broken = [
        "",
        "x",
        "null",
        "=".repeat(9),
        cursor.slice(0, -4),
        `${cursor}!`,
        "A".repeat(401),
        ...[
          null,
          {},
          [],
          [epoch, position, revision],
          [epoch, position, revision, tag, 0],
          [epoch, -1, revision, tag],
          [epoch, 0.5, revision, tag],
          [epoch, 2 ** 63, revision, tag],
          [epoch, position, -1, tag],
          [epoch, String(position), revision, tag],
          [epoch, position, revision, "\0"],
          [epoch, position, revision, "\ud800"],
          ["\0", position, revision, tag],
          [epoch, position, revision, "x".repeat(65)],
          [epoch, position, revision, null],
        ].map(encode),
      ];
      for (const text of broken) expect([text, await refusedFor({ cursor: text })]).toEqual([text, "invalid_input"]);
    });

    test("is of another history where the database has another name, or never had this head", async () => {
      const { ask, refusedFor } = open();
      const stranger = open();
      const { cursor } = await ask({ changes: [arriving({ title: "x" })] });
      const [epoch, position, revision, tag] = decode(cursor);
      for (const other of [
        encode(["another", position, revision, tag]),
        encode([epoch, position, revision, crypto.randomUUID()]),
        encode([epoch, position, Number.MAX_SAFE_INTEGER, tag]),
      ]) {
        expect(await refusedFor({ cursor: other })).toBe("history_changed");
      }
      expect(await stranger.refusedFor({ cursor })).toBe("history_changed");
    });

    test("is expired where tasks behind it were purged, and nothing is merged then", async () => {
      const { ask, refusedFor, byHand, user } = open();
      const { cursor, head } = await ask({ changes: [arriving({ title: "x" })] });
      const sent = arriving({ title: "late" });
      await byHand(`update users set purged = ${head} where id = '${user}'`);
      expect((await ask({ cursor })).changes).toEqual([]);
      await byHand(`update users set purged = ${head + 1} where id = '${user}'`);
      expect(await refusedFor({ cursor, changes: [sent] })).toBe("cursor_expired");
      expect((await ask()).changes.map(({ id }) => id)).not.toContain(sent.id);
    });

    test("of another history is said to be that also where something was purged", async () => {
      const { ask, refusedFor, byHand, user } = open();
      const [epoch, , revision] = decode((await ask({ changes: [arriving({ title: "x" })] })).cursor);
      await byHand(`update users set purged = 99 where id = '${user}'`);
      expect(await refusedFor({ cursor: encode([epoch, 0, revision, "other"]) })).toBe("history_changed");
    });
  });

  describe("what a replica brings", () => {
    const open = () => createCaller(concurrentStores);

    test("may be a minute ahead of the database, and not a millisecond more", async () => {
      const { sync, user } = open();
      // A database whose clock stands still.
      const now = 1_800_000_000_000;
      const still = {
        ...sync,
        precheck: async (...asked: Parameters<typeof sync.precheck>) => ({ ...(await sync.precheck(...asked)), now }),
      };
      const bringAt = (time: number, id = newId()) => {
        const registers = { title: `${formatClock((BigInt(time) << 16n) + 65_535n, "ffffffff")}"x"` };
        return exchange(
          { sync: still, user },
          { cursor: null, limit: 9, changes: [arriving({ title: "ok" }), { id, registers }] },
        );
      };
      expect((await refusalOf(bringAt(now + 60_001))).code).toBe("clock_skew");
      expect((await open().ask()).changes).toEqual([]);
      expect((await sync.precheck(user, { head: null, arrivals: [] })).differs).toBe(false);
      const { changes } = await exchange({ sync: still, user }, { cursor: null, limit: 9, changes: [] });
      expect(changes).toEqual([]);
      expect(await bringAt(now + 60_000)).toMatchObject({ accepted: 2, rejected: [] });
    });

    test("may take the place of what is there also where the database's clock was set back", async () => {
      const { sync, user } = open();
      const clock = { now: 1_800_000_000_000 };
      const set = {
        ...sync,
        precheck: async (...asked: Parameters<typeof sync.precheck>) => ({
          ...(await sync.precheck(...asked)),
          now: clock.now,
        }),
      };
      const id = newId();
      const bringAt = (time: number, title: string) => {
        const registers = { title: `${formatClock(BigInt(time) << 16n, "ffffffff")}${JSON.stringify(title)}` };
        return exchange({ sync: set, user }, { cursor: null, changes: [{ id, registers }] });
      };
      const { now } = clock;
      await bringAt(now, "old");
      clock.now -= 3_600_000;
      expect(await refusalOf(bringAt(now + 2, "ahead"))).toMatchObject({
        code: "clock_skew",
        serverTime: now - 59_999,
      });
      expect(await bringAt(now + 1, "new")).toMatchObject({ accepted: 1, rejected: [] });
    });

    test("is answered without writing anything where all of it is there already", async () => {
      const { ask } = open();
      const changes = [arriving({ title: "x" }), arriving({ title: "y", "tag:home": true })];
      const first = await ask({ changes });
      const before = await concurrentStores().photograph();
      const again = await ask({ cursor: first.cursor, changes });
      expect(again).toEqual({ ...first, serverTime: again.serverTime });
      expect(await concurrentStores().photograph()).toEqual(before);
    });

    test("is not acknowledged where it was there already and is purged meanwhile, wherever the replica begins", async () => {
      const { sync, user, ask } = open();
      const changes = [arriving({ title: "x", deleted_at: "2026-11-20T09:00:00.000Z" })];
      const { cursor } = await ask({ changes: [arriving({ title: "y" })] });
      for (const from of [null, cursor]) {
        await ask({ changes });
        const purging: typeof sync = {
          ...sync,
          exchange: async (...asked) => {
            expect(await sync.purge(user, Date.UTC(2100, 0))).toBe(1);
            return sync.exchange(...asked);
          },
        };
        const late = exchange({ sync: purging, user }, { cursor: from, changes });
        expect((await refusalOf(late)).code).toBe("cursor_expired");
      }
    });

    test("is kept as it is where this version does not know it", async () => {
      const { ask } = open();
      const fields = Object.fromEntries(
        NASTY_KEYS.filter((key) => !key.startsWith("tag:")).map((key) => [key, `${key}!`]),
      );
      const registers: Registers = JSON.parse(
        JSON.stringify({ future: `${CLOCK}1e+21`, flag: `${CLOCK}false`, none: `${CLOCK}null` }).replace(
          "{",
          `{"__proto__":${JSON.stringify(`${CLOCK}"own"`)},`,
        ),
      );
      const sent = [arriving({ title: "x", ...fields }), { id: newId(), registers }];
      expect(await ask({ changes: sent })).toMatchObject({ accepted: 2, rejected: [] });
      const kept = (await ask()).changes;
      for (const [place, change] of sent.entries()) {
        expect(describeRegisters(at(kept, place).registers)).toBe(describeRegisters(change.registers));
      }
      expect(Object.keys(at(kept, 1).registers)).toContain("__proto__");
    });

    /** Each with the field that is to be named. */
    const flawed: readonly (readonly [name: string, field: string, change: { id?: string; registers: Registers }])[] = [
      ["no fields", "", { registers: {} }],
      ["an id in upper case", "", { id: newId().toUpperCase(), registers: { title: `${CLOCK}"x"` } }],
      ["an id that is none", "", { id: "\0", registers: { title: `${CLOCK}"x"` } }],
      [
        "too many fields",
        "",
        { registers: Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`f${n}`, `${CLOCK}1`])) },
      ],
      ["a field with NUL in its name", "a\0", { registers: { "a\0": `${CLOCK}1` } }],
      ["a field with half a character in its name", "\ud800", { registers: { "\ud800": `${CLOCK}1` } }],
      [
        "a field with a long name, which is cut",
        `${"f".repeat(128)}…`,
        { registers: { ["f".repeat(129)]: `${CLOCK}1` } },
      ],
      ["no clock", "title", { registers: { title: '"x"' } }],
      ["a clock in upper case", "title", { registers: { title: `${CLOCK.toUpperCase()}"x"` } }],
      ["nothing behind the clock", "title", { registers: { title: CLOCK } }],
      ["an object", "f", { registers: { f: `${CLOCK}{}` } }],
      ["an array", "f", { registers: { f: `${CLOCK}["x"]` } }],
      ["a value with a space before it", "f", { registers: { f: `${CLOCK} 1` } }],
      ["a number in another writing", "f", { registers: { f: `${CLOCK}1.0` } }],
      ["a needless escape", "f", { registers: { f: `${CLOCK}"\\u0041"` } }],
      ["NUL in a text", "f", { registers: { f: `${CLOCK}"\\u0000"` } }],
      ["half of a character in a text", "f", { registers: { f: `${CLOCK}"\\ud800"` } }],
      ["a very long text", "f", { registers: { f: `${CLOCK}"${"x".repeat(65_537)}"` } }],
      ["an empty title", "title", { registers: { title: `${CLOCK}""` } }],
      ["no title", "title", { registers: { title: `${CLOCK}null` } }],
      ["a title that is a number", "title", { registers: { title: `${CLOCK}1` } }],
      ["a title that is not in its normal form", "title", { registers: { title: `${CLOCK}"e\u0301"` } }],
      ["a long title", "title", { registers: { title: `${CLOCK}"${"x".repeat(501)}"` } }],
      ["a day that there is not", "due_date", { registers: { due_date: `${CLOCK}"2026-02-30"` } }],
      ["a moment in another zone", "due_date", { registers: { due_date: `${CLOCK}"2026-02-03T10:00:00+01:00"` } }],
      ["a priority that there is not", "priority", { registers: { priority: `${CLOCK}"urgent"` } }],
      ["a project called none", "project", { registers: { project: `${CLOCK}"none"` } }],
      ["a moment without milliseconds", "deleted_at", { registers: { deleted_at: `${CLOCK}"2026-11-20T09:00:00Z"` } }],
      ["a tag of two words", "tag:a b", { registers: { "tag:a b": `${CLOCK}true` } }],
      ["a tag that is a text", "tag:a", { registers: { "tag:a": `${CLOCK}"true"` } }],
    ];

    test.each(flawed)(
      "is rejected with %s, which holds up nothing else",
      async (_, field, { id = newId(), registers }) => {
        const { ask } = open();
        const [one, two] = [arriving({ title: "one" }), arriving({ title: "two" })];
        const answer = await ask({ changes: [one, { id, registers }, two] });
        expect(answer.accepted).toBe(2);
        expect(only(answer.rejected)).toEqual({
          id,
          code: "invalid_input",
          field,
          message: expect.stringMatching(/\S/),
        });
        expect((await ask()).changes.map((task) => task.id)).toEqual([one.id, two.id]);
      },
    );

    test("is rejected as a whole task where one of its fields is wrong", async () => {
      const { ask } = open();
      const change = arriving({ title: "fine", priority: "urgent" });
      expect((await ask({ changes: [change] })).rejected).toMatchObject([{ id: change.id, field: "priority" }]);
      expect((await ask()).changes).toEqual([]);
    });

    test("is rejected when it makes its task too large, which the answer names, and holds up nothing else", async () => {
      const { ask } = open();
      const first = arriving({ title: "first", ...fillUp(MAX_TASK_BYTES - 100, {}) });
      await ask({ changes: [first] });
      const [small, more] = [arriving({ title: "small" }), arriving({ "tag:more": true, later: "x".repeat(100) })];
      const answer = await ask({ changes: [{ ...more, id: first.id }, small] });
      expect(answer).toMatchObject({ accepted: 1, rejected: [{ id: first.id, field: "" }] });
      expect(only(answer.rejected).message).toContain("524288 bytes");
      const held = new Map((await ask()).changes.map(({ id, registers }) => [id, registers]));
      expect([held.get(first.id), held.get(small.id)]).toEqual([first.registers, small.registers]);
    });

    test("is not ahead where it is rejected", async () => {
      const { ask } = open();
      const registers = { title: `${"f".repeat(24)}""` };
      expect((await ask({ changes: [{ id: newId(), registers }] })).rejected).toHaveLength(1);
    });
  });

  describe("a page", () => {
    const open = () => createCaller(concurrentStores);

    test("of one has one, and all come one after another", async () => {
      const { ask } = open();
      const sent = Array.from({ length: 4 }, (_, turn) => arriving({ title: `${turn}` }));
      await ask({ changes: sent });
      let cursor: string | null = null;
      for (const [turn, { id }] of sent.entries()) {
        const page: Exchanged = await ask({ cursor, limit: 1 });
        expect([page.changes.map((task) => task.id), page.more]).toEqual([[id], turn < 3]);
        cursor = page.cursor;
      }
    });

    test("ends after about a megabyte, and at the earliest after one task", async () => {
      const { ask, byHand } = open();
      const long = "x".repeat(65_000);
      const large = () =>
        arriving({ title: "x", ...Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((key) => [key, long])) });
      const huge = arriving({
        title: "x",
        ...Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`f${n}`, long])),
      });
      const sent = [large(), large(), large(), huge, large()];
      const { registers: title } = arriving({ title: "x" });
      // It is older than the limit of tasks.
      await ask({ changes: sent.map((task) => (task === huge ? { ...huge, registers: title } : task)) });
      await byHand(`update tasks set registers = '${JSON.stringify(huge.registers)}' where id = '${huge.id}'`);
      const sizes: number[] = [];
      const seen: string[] = [];
      let cursor: string | null = null;
      for (let more = true; more;) {
        const page: Exchanged = await ask({ cursor });
        sizes.push(page.changes.length);
        seen.push(...page.changes.map(({ id }) => id));
        ({ cursor, more } = page);
      }
      expect(sizes).toEqual([2, 1, 1, 1]);
      expect(seen).toEqual(sent.map(({ id }) => id));
    });
  });
}
