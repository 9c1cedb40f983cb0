import { describe, expect, test } from "bun:test";
import { isStorable } from "../../../../src/contract/check-change.ts";
import { CLOCK_LENGTH, clockTime } from "../../../../src/domain/task/clock.ts";
import { stampFields, WALL_CLOCK } from "../../../../src/domain/task/registers.ts";
import { MAX_TASK_BYTES } from "../../../../src/domain/task/size.ts";
import { MAX_REQUEST_BYTES } from "../../../../src/ports/sync.ts";
import { refusalOf } from "../../../support/errors.ts";
import { BREAD, clockAt, DELETED_AT, MILK, NOW, OWNER, SERVER } from "../../../support/sync/replica.ts";
import { only } from "../../../support/stores/test-user.ts";
import { fillUp } from "../../../support/tasks/sizes.ts";
import type { OpenReplica } from "../../replica-contract.ts";

export function describeFollowing(open: OpenReplica): void {
  test("all that there is can be read, of its owner and of nobody else, with or without a server", async () => {
    const { replica, edit, acknowledge } = await open();
    expect(await replica.readAll()).toEqual([]);
    await edit(MILK, { title: "Milk", project: "Home" });
    await edit(BREAD, { title: "Bread" }, "somebody");
    await replica.bind(SERVER);
    await acknowledge();
    const [milk, ...others] = await replica.readAll();
    expect([milk?.id, Object.keys(milk?.registers ?? {}).toSorted(), others]).toEqual([MILK, ["project", "title"], []]);
  });

  describe("an outbox", () => {
    test("has nothing before a server is followed, then all that is there", async () => {
      const { replica, edit, waiting } = await open();
      await edit(MILK, { title: "Milk", project: "Home" });
      expect(await waiting()).toEqual({});
      await replica.bind(SERVER);
      expect(await waiting()).toEqual({ [MILK]: ["project", "title"] });
    });

    test("has the fields of each edit from then on, of its owner and of nobody else", async () => {
      const { replica, edit, waiting } = await open();
      await replica.bind(SERVER);
      await edit(MILK, { title: "Milk" });
      await edit(BREAD, { title: "Bread" }, "somebody");
      await edit(MILK, { "tag:shop": "x" });
      expect(await waiting()).toEqual({ [MILK]: ["tag:shop", "title"] });
    });

    test("keeps what was edited while it was sent", async () => {
      const { replica, edit, settle, waiting } = await open();
      await replica.bind(SERVER);
      await edit(MILK, { title: "Milk", project: "Home" });
      const { sent } = await replica.outgoing(100);
      await edit(MILK, { title: "Oat milk" });
      await settle({ sent });
      expect(await waiting()).toEqual({ [MILK]: ["title"] });
    });

    test("keeps it also where the task was to be sent as a whole", async () => {
      const { replica, edit, settle, waiting } = await open();
      await edit(MILK, { title: "Milk", project: "Home" });
      await replica.bind(SERVER);
      const { sent } = await replica.outgoing(100);
      await edit(MILK, { title: "Oat milk" });
      await settle({ sent });
      expect(await waiting()).toEqual({ [MILK]: ["title"] });
    });

    test("gets nothing of what the server brings", async () => {
      const { replica, settle, waiting, store } = await open();
      await replica.bind(SERVER);
      await settle({ tasks: [{ id: MILK, registers: { title: `${clockAt(NOW)}"Milk"` } }] });
      expect(await waiting()).toEqual({});
      expect((await store.get(OWNER, [MILK])).map(({ title }) => title)).toEqual(["Milk"]);
    });

    test("hands out so many tasks, and the others next", async () => {
      const { replica, edit, settle } = await open();
      await replica.bind(SERVER);
      await edit(MILK, { title: "Milk" });
      await edit(BREAD, { title: "Bread" });
      const first = await replica.outgoing(1);
      expect(first.changes).toHaveLength(1);
      await settle({ sent: first.sent });
      const second = await replica.outgoing(1);
      expect(second.changes).toHaveLength(1);
      expect(second.changes[0]?.id).not.toBe(first.changes[0]?.id);
    });

    test("hands out what fits into a request, and the others next", async () => {
      const { replica, edit, settle, waiting } = await open();
      await replica.bind(SERVER);
      for (const id of [MILK, BREAD]) await edit(id, fillUp(MAX_TASK_BYTES, {}));
      const first = await replica.outgoing(10);
      expect(first.changes).toHaveLength(1);
      await settle({ sent: first.sent });
      const second = await replica.outgoing(10);
      expect(second.changes).toHaveLength(1);
      await settle({ sent: second.sent });
      expect(await waiting()).toEqual({});
    });

    test("is filled by the transaction of the edit, so that another connection sees both or none", async () => {
      const path = "replica.db";
      const [one, other] = [await open(path), await open(path)];
      await one.openReplica(OWNER).bind(SERVER);
      await one.store.commit(OWNER, { action: "add", now: NOW, edits: [{ id: MILK, fields: { title: "Milk" } }] });
      expect((await other.openReplica(OWNER).outgoing(10)).changes.map(({ id }) => id)).toEqual([MILK]);
      await Promise.all([one.store.close(), other.store.close()]);
    });
  });

  describe("an outbox with a task that is larger than a request", () => {
    /** The server holds a part of it, and this device as much again. */
    const openLarge = async () => {
      const opened = await open();
      await opened.edit(MILK, { title: "Milk", ...fillUp(MAX_TASK_BYTES, {}, "mine") });
      await opened.replica.bind(SERVER);
      const theirs = stampFields(fillUp(MAX_TASK_BYTES, {}, "theirs"), clockAt(NOW));
      await opened.settle({ tasks: [{ id: MILK, registers: theirs }] });
      return opened;
    };

    test("names it as rejected when all of it is to be sent, and asks for it no more", async () => {
      const { replica, settle } = await openLarge();
      const { changes, sent, rejected } = await replica.outgoing(10);
      expect([changes, rejected]).toEqual([
        [],
        [{ id: MILK, code: "invalid_input", field: "", message: expect.stringContaining("524288") }],
      ]);
      await settle({ sent, rejected });
      expect(await replica.backlog()).toEqual({ unsent: 0, rejected });
      expect(await replica.outgoing(10)).toMatchObject({ changes: [], sent: [], rejected: [] });
    });

    test("sends what is edited of it from then on, such as its deletion, and goes on naming the rest", async () => {
      const { replica, settle, edit } = await openLarge();
      const first = await replica.outgoing(10);
      await settle(first);
      await edit(MILK, { deleted_at: DELETED_AT });
      const { changes, sent, rejected } = await replica.outgoing(10);
      expect(changes.map(({ id, registers }) => [id, Object.keys(registers)])).toEqual([[MILK, ["deleted_at"]]]);
      await settle({ sent, rejected });
      expect(await replica.backlog()).toEqual({ unsent: 0, rejected: first.rejected });
    });

    test("sends what the server had no room for, once there is room, and goes on naming the rest", async () => {
      const { replica, settle, edit } = await openLarge();
      const first = await replica.outgoing(10);
      await settle(first);
      await edit(MILK, { title: "Oat milk" });
      const full = { id: MILK, code: "quota_exceeded", field: "", message: "there is no room" };
      const { sent, rejected: withheld } = await replica.outgoing(10);
      await settle({ sent, rejected: [...withheld, full] });
      await replica.requeueRefused(NOW);
      const again = await replica.outgoing(10);
      expect(only(again.changes).registers["title"]).toEndWith('"Oat milk"');
      await settle(again);
      expect(await replica.backlog()).toEqual({ unsent: 0, rejected: first.rejected });
    });

    test("sends in parts what was edited of it and is too large itself, the title first", async () => {
      const { replica, settle, store } = await open();
      await replica.bind(SERVER);
      // As versions did that had no limit.
      const large = { ...fillUp(1_200_000, {}, "two"), title: "Milk" };
      await store.commit(OWNER, { action: "add", now: NOW, edits: [{ id: MILK, fields: large }] });
      const got: string[][] = [];
      for (let turn = 0; turn < 2; turn += 1) {
        const { changes, sent } = await replica.outgoing(10);
        expect(Buffer.byteLength(JSON.stringify(changes))).toBeLessThan(MAX_REQUEST_BYTES);
        got.push(changes.flatMap(({ registers }) => Object.keys(registers)));
        await settle({ sent });
      }
      expect(got[0]).toContain("title");
      expect(got.flat().toSorted()).toEqual(Object.keys(large).toSorted());
      expect((await replica.outgoing(10)).sent).toEqual([]);
    });
  });

  describe("an outbox of a file that is served too", () => {
    const title = `${clockAt(NOW)}"Milk"`;

    test("gets what somebody brings who follows that file, and not what was there already", async () => {
      const { replica, edit, acknowledge, waiting, sync } = await open();
      await replica.bind(SERVER);
      await edit(BREAD, { title: "Bread" });
      await acknowledge();
      const bread = { title: `${clockAt(1)}"Older"`, project: `${clockAt(NOW)}"Home"` };
      const arrivals = [
        { id: MILK, registers: { title } },
        { id: BREAD, registers: bread },
      ];
      for (const user of [OWNER, "somebody"]) await sync.exchange(user, { arrivals, after: 0, limit: 9, now: NOW });
      expect(await waiting()).toEqual({ [MILK]: ["title"], [BREAD]: ["project"] });
      await acknowledge();
      expect(await waiting()).toEqual({});
    });

    test("gets nothing of what was left out, because it would make its task too large", async () => {
      const { replica, edit, acknowledge, waiting, sync } = await open();
      await replica.bind(SERVER);
      await edit(MILK, { title: "Milk", ...fillUp(MAX_TASK_BYTES - 100, {}) });
      await acknowledge();
      const arrivals = [
        { id: MILK, registers: { project: `${clockAt(NOW)}"x"`, more: `${clockAt(NOW)}"${"x".repeat(200)}"` } },
        { id: BREAD, registers: { title } },
      ];
      const { leftOut } = await sync.exchange(OWNER, { arrivals, after: 0, limit: 9, now: NOW });
      expect(leftOut).toEqual([MILK]);
      expect(await waiting()).toEqual({ [BREAD]: ["title"] });
    });

    test("takes from its own server what is larger than a task may be", async () => {
      const { replica, edit, settle, sync } = await open();
      await replica.bind(SERVER);
      await edit(MILK, { title: "Milk", ...fillUp(MAX_TASK_BYTES, {}, "mine") });
      const theirs = stampFields(fillUp(MAX_TASK_BYTES, {}, "theirs"), clockAt(NOW));
      await settle({ tasks: [{ id: MILK, registers: theirs }] });
      const { tasks } = await sync.exchange(OWNER, { arrivals: [], after: 0, limit: 9, now: NOW });
      expect(only(tasks).registers).toMatchObject(theirs);
    });

    test("gets what is merged otherwise too, and all of a task that is restored so", async () => {
      const { replica, edit, acknowledge, waiting, store } = await open();
      await replica.bind(SERVER);
      await edit(BREAD, { title: "Bread", deleted_at: DELETED_AT });
      await acknowledge();
      await store.merge(OWNER, [
        { id: MILK, registers: { title } },
        { id: BREAD, registers: { deleted_at: `${clockAt(NOW + 9)}null` } },
      ]);
      expect(await waiting()).toEqual({ [MILK]: ["title"], [BREAD]: ["deleted_at", "title"] });
    });

    test("keeps its deletions: a replica purges nothing of its owner's", async () => {
      const { replica, edit, waiting, sync, store } = await open();
      await replica.bind(SERVER);
      await edit(MILK, { title: "Milk", deleted_at: DELETED_AT });
      await edit(MILK, { title: "Milk", deleted_at: DELETED_AT }, "somebody");
      expect(await sync.purge(OWNER, NOW + 86_400_000)).toBe(0);
      expect(await waiting()).toEqual({ [MILK]: ["deleted_at", "title"] });
      expect(await sync.purge("somebody", NOW + 86_400_000)).toBe(1);
      expect(await store.count(OWNER, [])).toBe(1);
    });
  });

  test("a clock from the end of time is none: nobody could count on from there", async () => {
    const ends = ["7fff", "8000", "ffff"].map((start) => ({
      id: MILK,
      registers: { title: `${start.padEnd(24, "f")}"x"` },
    }));
    expect(ends.map(isStorable)).toEqual([false, false, false]);
    const { replica, edit, settle, store } = await open();
    await replica.bind(SERVER);
    const latest = { id: MILK, registers: { title: `6${"f".repeat(23)}"x"` } };
    expect(isStorable(latest)).toBe(true);
    await settle({ tasks: [latest] });
    await edit(MILK, { title: "one" });
    await edit(MILK, { title: "two" });
    expect((await store.get(OWNER, [MILK])).map((task) => task.title)).toEqual(["two"]);
  });

  describe("of a deleted task", () => {
    /** One that the server has, deleted. */
    const openDeleted = async () => {
      const opened = await open();
      await opened.replica.bind(SERVER);
      await opened.edit(MILK, { title: "Milk", project: "Home" });
      await opened.acknowledge();
      await opened.edit(MILK, { deleted_at: DELETED_AT });
      return opened;
    };
    const whole = ["deleted_at", "project", "title"];

    test("only the deletion is sent", async () => {
      const { waiting } = await openDeleted();
      expect(await waiting()).toEqual({ [MILK]: ["deleted_at"] });
    });

    test.each([
      ["that is restored", { deleted_at: null }, whole],
      ["that is edited", { "tag:shop": true }, ["deleted_at", "project", "tag:shop", "title"]],
      ["that is deleted at another time, as an import does", { deleted_at: "2026-01-20T09:00:00.000Z" }, whole],
    ])("everything is sent of one %s, because the server may have purged the rest", async (_, fields, sent) => {
      const { edit, waiting, acknowledge } = await openDeleted();
      await acknowledge();
      await edit(MILK, fields);
      expect(await waiting()).toEqual({ [MILK]: sent });
      await acknowledge();
      expect(await waiting()).toEqual({});
    });

    test("everything is sent again where it was restored once more while that was on its way", async () => {
      const { edit, waiting, replica, settle } = await openDeleted();
      await edit(MILK, { deleted_at: null });
      const { sent } = await replica.outgoing(10);
      await edit(MILK, { deleted_at: DELETED_AT });
      await edit(MILK, { deleted_at: null });
      await settle({ sent });
      expect(await waiting()).toEqual({ [MILK]: whole });
    });

    test("everything is sent where an edit waits when the deletion arrives", async () => {
      const { replica, edit, settle, waiting, acknowledge } = await open();
      await replica.bind(SERVER);
      await edit(MILK, { title: "Milk", project: "Home" });
      await edit(BREAD, { title: "Bread" });
      await acknowledge();
      await edit(MILK, { title: "Oat milk" });
      const deleted = { deleted_at: `${clockAt(NOW + 9)}"${DELETED_AT}"` };
      await settle({ tasks: [MILK, BREAD].map((id) => ({ id, registers: deleted })) });
      expect(await waiting()).toEqual({ [MILK]: whole });
    });

    test("what the server has keeps its clock where a wrong one is put right", async () => {
      const { replica, edit, acknowledge, sync } = await openDeleted();
      await acknowledge();
      const clocks = async () => {
        const { tasks } = await sync.exchange(OWNER, { arrivals: [], after: 0, limit: 9, now: NOW });
        return tasks.map(({ registers }) => registers["title"]);
      };
      const before = await clocks();
      await edit(MILK, { deleted_at: null });
      await replica.redateUnsent(NOW - 3_600_000);
      expect(await clocks()).toEqual(before);
      // Now the server has nothing any more.
      await replica.restart();
      await replica.redateUnsent(NOW - 3_600_000);
      expect(await clocks()).not.toEqual(before);
    });
  });

  describe("a binding", () => {
    test("is to one account of one server", async () => {
      const { replica } = await open();
      expect(await replica.binding()).toBeNull();
      await replica.bind(SERVER);
      await replica.bind(SERVER);
      for (const other of [
        { ...SERVER, user: "acct_2" },
        { ...SERVER, server: "https://other.example.com" },
      ]) {
        expect((await refusalOf(replica.bind(other))).code).toBe("account_mismatch");
      }
      expect(await replica.binding()).toEqual({ ...SERVER, cursor: null, syncedAt: null });
    });

    test("moves on with what was settled, and begins anew with all tasks", async () => {
      const { replica, edit, settle, waiting } = await open();
      await edit(MILK, { title: "Milk" });
      await replica.bind(SERVER);
      await settle({ sent: (await replica.outgoing(10)).sent, cursor: "here" });
      expect(await replica.binding()).toEqual({ ...SERVER, cursor: "here", syncedAt: NOW });
      expect(await waiting()).toEqual({});
      await replica.restart();
      expect((await replica.binding())?.cursor).toBeNull();
      expect(await waiting()).toEqual({ [MILK]: ["title"] });
    });

    test("never moves back: an answer that comes after another process went on is not taken", async () => {
      const { replica, settle, openReplica } = await open();
      await replica.bind(SERVER);
      const sleeper = openReplica(OWNER);
      const { base: asked } = await sleeper.outgoing(10);
      await settle({ cursor: "newer" });
      const late = sleeper.applyResult({
        base: asked,
        tasks: [],
        sent: [],
        rejected: [],
        cursor: "older",
        more: false,
        now: NOW,
      });
      expect((await refusalOf(late)).code).toBe("locked");
      expect((await replica.binding())?.cursor).toBe("newer");
    });
  });

  describe("a change that the server refused", () => {
    test("is kept as rejected, and sent as a whole when it was edited again", async () => {
      const { replica, edit, settle, waiting } = await open();
      await replica.bind(SERVER);
      await edit(MILK, { title: "", project: "Home" });
      const { sent } = await replica.outgoing(10);
      const refusal = { id: MILK, code: "invalid_input", field: "title", message: "title is empty" };
      await settle({ sent, rejected: [refusal] });
      expect(await replica.backlog()).toEqual({ unsent: 0, rejected: [refusal] });
      expect(await waiting()).toEqual({});
      await edit(MILK, { title: "Milk" });
      expect(await waiting()).toEqual({ [MILK]: ["project", "title"] });
      await settle({ sent: (await replica.outgoing(10)).sent });
      expect(await replica.backlog()).toEqual({ unsent: 0, rejected: [] });
    });
  });

  describe("what another device changed", () => {
    test("is in the log with the values whose place it took, and no others", async () => {
      const { replica, edit, settle, store } = await open();
      await replica.bind(SERVER);
      await edit(MILK, { title: "Milk", project: "Home" });
      const registers = { title: `${clockAt(NOW + 9)}"Oat milk"`, project: `${clockAt(1)}"Older"` };
      await settle({ tasks: [{ id: MILK, registers }] });
      const [entry] = await store.history(OWNER, { id: MILK, limit: 1 });
      expect(entry).toMatchObject({ action: "sync", at: NOW, after: { title: registers.title } });
      expect(Object.keys(entry?.after ?? {})).toEqual(["title"]);
      expect(entry?.before["title"]?.slice(24)).toBe('"Milk"');
    });

    test("is not what undo takes back", async () => {
      const { replica, edit, settle, store } = await open();
      await replica.bind(SERVER);
      await edit(MILK, { title: "Milk" });
      await settle({ tasks: [{ id: BREAD, registers: { title: `${clockAt(NOW + 9)}"Bread"` } }] });
      expect((await store.lastChange(OWNER)).map(({ id }) => id)).toEqual([MILK]);
    });

    test("comes before every edit that is made later, whatever this clock says", async () => {
      const { replica, edit, settle, store } = await open();
      await replica.bind(SERVER);
      await settle({ tasks: [{ id: MILK, registers: { title: `${clockAt(NOW + 3_600_000)}"Theirs"` } }] });
      await edit(MILK, { title: "Mine" });
      expect((await store.get(OWNER, [MILK])).map(({ title }) => title)).toEqual(["Mine"]);
    });
  });

  describe("what settling series has made", () => {
    const settled = [{ id: MILK, registers: stampFields({ due_date: "2026-11-24" }, clockAt(NOW)) }];

    test("is sent like an edit, and is in the log as brought by a sync", async () => {
      const { replica, edit, acknowledge, waiting, store } = await open();
      await replica.bind(SERVER);
      await edit(MILK, { title: "Milk", due_date: "2026-11-23" });
      await acknowledge();
      expect(await replica.mergeUnsent(settled, NOW + 1)).toBe(true);
      expect(await waiting()).toEqual({ [MILK]: ["due_date"] });
      const [entry] = await store.history(OWNER, { limit: 1 });
      expect(entry).toMatchObject({ action: "sync", at: NOW + 1, id: MILK, after: settled[0]?.registers });
    });

    test("is nothing where it is there already", async () => {
      const { replica, acknowledge, waiting, store } = await open();
      await replica.bind(SERVER);
      await replica.mergeUnsent(settled, NOW);
      await acknowledge();
      const entries = await store.history(OWNER, {});
      expect(await replica.mergeUnsent(settled, NOW)).toBe(false);
      expect(await replica.mergeUnsent([], NOW)).toBe(false);
      expect(await waiting()).toEqual({});
      expect(await store.history(OWNER, {})).toEqual(entries);
    });

    test("is looked for in all series, with the records of those that are not settled", async () => {
      const { replica, edit } = await open();
      await edit(MILK, { title: "Milk", recurrence: "due 2026-11-23 FREQ=DAILY", occurrence: "2026-11-23" });
      await edit(BREAD, { title: "Milk", series: MILK, occurrence: "2026-11-22" });
      expect((await replica.findSeries()).map(({ id }) => id)).toEqual([MILK]);
      expect((await replica.findRecords([MILK])).map(({ id }) => id)).toEqual([BREAD]);
    });
  });

  describe("a conflict", () => {
    const openWith = async (fields: Readonly<Record<string, string>>) => {
      const opened = await open();
      await opened.replica.bind(SERVER);
      await opened.edit(MILK, fields);
      const arrive = (registers: Readonly<Record<string, string>>) =>
        opened.settle({ tasks: [{ id: MILK, registers }] });
      return { ...opened, arrive };
    };
    const [later, earlier] = [clockAt(NOW + 9), clockAt(1)];

    test("is an unsent value whose place a later one takes", async () => {
      const { arrive } = await openWith({ title: "Milk", project: "Home", priority: "low" });
      const arrivals = { title: `${later}"Oat milk"`, project: `${later}"Home"`, priority: `${earlier}"high"` };
      expect(await arrive({ ...arrivals, description: `${later}"new"` })).toEqual({ conflicts: 1 });
      expect(await arrive(arrivals)).toEqual({ conflicts: 0 });
    });

    test("is none where the server had the value", async () => {
      const { arrive, acknowledge } = await openWith({ title: "Milk" });
      await acknowledge();
      expect(await arrive({ title: `${later}"Oat milk"` })).toEqual({ conflicts: 0 });
    });

    test("is one also where the value was sent in the same exchange", async () => {
      const { settle, replica } = await openWith({ title: "Milk" });
      const { sent } = await replica.outgoing(10);
      const arrivals = [{ id: MILK, registers: { title: `${later}"Oat milk"` } }];
      expect(await settle({ tasks: arrivals, sent })).toEqual({ conflicts: 1 });
    });

    test("is each field once of a task that is sent as a whole", async () => {
      const { replica, edit, settle } = await open();
      await edit(MILK, { title: "Milk", project: "Home" });
      await replica.bind(SERVER);
      await edit(MILK, { title: "Milk!" });
      const registers = { title: `${later}"Oat milk"`, project: `${later}"Shop"` };
      expect(await settle({ tasks: [{ id: MILK, registers }] })).toEqual({ conflicts: 2 });
    });

    test("is none of what only goes with the fields of a restored task", async () => {
      const { arrive, edit, acknowledge } = await openWith({ title: "Milk", deleted_at: DELETED_AT });
      await acknowledge();
      await edit(MILK, { deleted_at: null });
      const registers = { title: `${later}"Oat milk"`, deleted_at: `${later}"2026-11-21T09:00:00.000Z"` };
      expect(await arrive(registers)).toEqual({ conflicts: 1 });
    });
  });

  describe("edits of a wrong clock", () => {
    const AHEAD = 3_600_000;

    test("get clocks from the server's now on, in the order in which they were made, and those of one edit one clock", async () => {
      const { replica, edit, store, sync, waiting } = await open();
      await replica.bind(SERVER);
      await edit(MILK, { title: "Milk", project: "Home" });
      await edit(BREAD, { title: "Bread" });
      await edit(MILK, { title: "Oat milk" });
      await replica.redateUnsent(NOW - AHEAD);
      const { tasks } = await sync.exchange(OWNER, { arrivals: [], after: 0, limit: 9, now: NOW });
      const clocks = Object.fromEntries(
        tasks.flatMap(({ id, registers }) =>
          Object.entries(registers).map(([field, register]) => [`${id} ${field}`, register.slice(0, 16)]),
        ),
      );
      const after = (place: bigint) => (BigInt(NOW - AHEAD) * 65_536n + place).toString(16).padStart(16, "0");
      expect(clocks).toEqual({
        [`${MILK} project`]: after(1n),
        [`${BREAD} title`]: after(2n),
        [`${MILK} title`]: after(3n),
      });
      expect((await store.history(OWNER, {})).map(({ clock }) => clock.slice(0, 16))).toEqual(
        Object.values(clocks).toSorted().toReversed(),
      );
      expect(await waiting()).toEqual({ [MILK]: ["project", "title"], [BREAD]: ["title"] });
    });

    test("leave a mark on those after it of when they were made, which goes where they go", async () => {
      const { replica, store, waiting, acknowledge } = await open();
      await replica.bind(SERVER);
      const edit = (now: number, title: string) =>
        store.commit(OWNER, { action: "edit", now, edits: [{ id: MILK, fields: { title } }] });
      await edit(NOW + AHEAD, "Milk");
      expect(await waiting()).toEqual({ [MILK]: ["title"] });
      await edit(NOW, "Oat milk");
      expect(await waiting()).toEqual({ [MILK]: ["title", WALL_CLOCK] });
      await replica.redateUnsent(NOW + 60_000);
      const { changes } = await replica.outgoing(9);
      const clocks = changes.flatMap(({ registers }) =>
        Object.values(registers).map((each) => each.slice(0, CLOCK_LENGTH)),
      );
      expect(new Set(clocks).size).toBe(1);
      expect(clockTime(clocks[0] ?? "")).toBe(NOW + 60_000);
      expect((await store.get(OWNER, [MILK])).map(({ updatedAt }) => updatedAt)).toEqual([new Date(NOW).toISOString()]);
      await acknowledge();
      expect(await waiting()).toEqual({});
    });

    test("get them also where the task is to be sent as a whole and was restored before that", async () => {
      const { replica, edit, waiting } = await open();
      await edit(MILK, { title: "Milk", deleted_at: DELETED_AT });
      await replica.bind(SERVER);
      await edit(MILK, { deleted_at: null });
      await replica.redateUnsent(NOW - AHEAD);
      const { changes } = await replica.outgoing(9);
      const registers = Object.values(changes[0]?.registers ?? {});
      expect(registers.filter((register) => register > clockAt(NOW - AHEAD + 1))).toEqual([]);
      expect(await waiting()).toEqual({ [MILK]: ["deleted_at", "title"] });
    });

    test("leave the clock where another process has edited meanwhile, so that the next edit is the later one", async () => {
      const path = "meanwhile.db";
      const [one, other] = [await open(path), await open(path)];
      await one.replica.bind(SERVER);
      await one.edit(MILK, { title: "Milk" });
      const restamped = one.replica.redateUnsent(NOW - AHEAD);
      // Its reads are of this turn, and its write is of the next.
      await other.edit(MILK, { title: "Oat milk" });
      await restamped;
      await one.store.commit(OWNER, {
        action: "edit",
        now: NOW - AHEAD,
        edits: [{ id: MILK, fields: { title: "Soy milk" } }],
      });
      expect((await one.store.get(OWNER, [MILK])).map(({ title }) => title)).toEqual(["Soy milk"]);
      await Promise.all([one.store.close(), other.store.close()]);
    });

    test("can be taken back, and made after", async () => {
      const { replica, edit, store } = await open();
      await replica.bind(SERVER);
      await edit(MILK, { title: "Milk" });
      await replica.redateUnsent(NOW - AHEAD);
      const [entry] = await store.lastChange(OWNER);
      expect(entry?.after["title"]?.slice(24)).toBe('"Milk"');
      await edit(MILK, { title: "Oat milk" });
      expect((await store.get(OWNER, [MILK])).map(({ title }) => title)).toEqual(["Oat milk"]);
    });

    test("get them also where the task was refused once and is sent as a whole", async () => {
      const { replica, edit, settle } = await open();
      await replica.bind(SERVER);
      await edit(MILK, { title: "" });
      const rejected = [{ id: MILK, code: "invalid_input", field: "title", message: "title is empty" }];
      await settle({ sent: (await replica.outgoing(9)).sent, rejected });
      await edit(MILK, { project: "Home" });
      await replica.redateUnsent(NOW - AHEAD);
      const { changes } = await replica.outgoing(9);
      const latest = clockAt(NOW - AHEAD + 1);
      for (const register of Object.values(changes[0]?.registers ?? {})) expect(register < latest).toBe(true);
      expect(changes).toHaveLength(1);
    });

    test("get them once: what was sent before may be on the server, so that its answer is not taken any more", async () => {
      const { replica, edit, settle, store } = await open();
      await replica.bind(SERVER);
      await store.commit(OWNER, {
        action: "edit",
        now: NOW + 86_400_000,
        edits: [{ id: MILK, fields: { title: "Milk" } }],
      });
      await edit(BREAD, { title: "Bread" });
      const { base, sent } = await replica.outgoing(100);
      await replica.redateUnsent(NOW + 1000);
      expect((await refusalOf(settle({ base, sent }))).code).toBe("locked");
      await settle({ sent });
      expect((await replica.outgoing(100)).changes.length).toBeGreaterThan(0);
    });

    test("leave alone what the server has sent since, with the clock that it had before", async () => {
      const { replica, settle, store } = await open();
      await replica.bind(SERVER);
      await store.commit(OWNER, {
        action: "edit",
        now: NOW + 86_400_000,
        edits: [{ id: MILK, fields: { title: "Milk" } }],
      });
      const [task] = (await replica.outgoing(100)).changes;
      if (!task) throw new Error("nothing is unsent");
      await replica.redateUnsent(NOW + 1000);
      await settle({ tasks: [task] });
      await replica.redateUnsent(NOW + 1000);
      const [{ registers } = task] = (await replica.outgoing(100)).changes;
      expect(registers["title"]).toBe(task.registers["title"] ?? "");
    });

    test("stay as they are where the server has acknowledged them, and where the clock was right", async () => {
      const { replica, edit, settle, sync } = await open();
      await replica.bind(SERVER);
      await edit(MILK, { title: "Milk" });
      await settle({ sent: (await replica.outgoing(9)).sent });
      const read = () => sync.exchange(OWNER, { arrivals: [], after: 0, limit: 9, now: NOW });
      const before = (await read()).tasks;
      await replica.redateUnsent(NOW - AHEAD);
      await edit(BREAD, { title: "Bread" });
      await replica.redateUnsent(NOW + AHEAD);
      expect((await read()).tasks.filter(({ id }) => id === MILK)).toEqual([...before]);
    });
  });

  describe("a lease", () => {
    test("of a clock that was ahead keeps nobody away when that was set", async () => {
      const { replica } = await open();
      await replica.bind(SERVER);
      expect(await replica.lease("killed", NOW + 86_400_000, 1000)).toBe(true);
      expect((await replica.state(NOW))?.isBusy).toBe(false);
      expect(await replica.lease("one", NOW, 1000)).toBe(true);
    });

    test("is one syncer's also where the clock went back a little", async () => {
      const { replica } = await open();
      await replica.bind(SERVER);
      expect(await replica.lease("one", NOW + 1, 1000)).toBe(true);
      expect(await replica.lease("other", NOW, 1000)).toBe(false);
      expect((await replica.state(NOW))?.isBusy).toBe(true);
      expect((await replica.state(NOW + 1002))?.isBusy).toBe(false);
    });

    test("is one syncer's until it ends or is given back", async () => {
      const { replica } = await open();
      expect(await replica.lease("one", NOW, 1000)).toBe(true);
      expect(await replica.lease("other", NOW + 999, 1000)).toBe(false);
      expect(await replica.lease("one", NOW + 999, 1000)).toBe(true);
      await replica.release("other");
      expect(await replica.lease("other", NOW + 1500, 1000)).toBe(false);
      expect(await replica.lease("other", NOW + 2000, 1000)).toBe(true);
      await replica.release("other");
      expect(await replica.lease("one", NOW + 2000, 1000)).toBe(true);
    });
  });
}
