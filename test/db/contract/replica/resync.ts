import { describe, expect, test } from "bun:test";
import { refusalOf } from "../../../support/errors.ts";
import { BREAD, clockAt, DELETED_AT, expire, MILK, NOW, OWNER, SERVER } from "../../../support/sync/replica.ts";
import type { OpenReplica, TestReplica } from "../../replica-contract.ts";

export function describeResync(open: OpenReplica): void {
  const TEA = "019a9f3c-51c8-7000-a1b2-000000000003";
  const DELETED_ELSEWHERE = "it was deleted elsewhere; edit it to keep it, or remove it";

  /** What a server has of a task that somebody else has made. */
  const makeElsewhere = (id: string) => ({ id, registers: { title: `${clockAt(1)}"x"` } });

  /** A replica that has followed, whose server has milk and bread, and now says that its cursor has expired. */
  async function openExpired(work?: (opened: TestReplica) => Promise<unknown>) {
    const opened = await open();
    const { replica, edit, acknowledge, store, sync } = opened;
    await replica.bind(SERVER);
    await edit(MILK, { title: "Milk", created_at: DELETED_AT });
    await edit(BREAD, { title: "Bread", created_at: DELETED_AT });
    await acknowledge();
    const { tasks: acknowledged } = await sync.exchange(OWNER, { arrivals: [], after: 0, limit: 9, now: NOW });
    /** What the server has of a task. */
    const coming = (id: string) => acknowledged.find((task) => task.id === id) ?? makeElsewhere(id);
    await work?.(opened);
    await expire(replica);
    /** The last page, and then the server says again that the old cursor has expired. */
    const finish = async (...settlement: Parameters<typeof opened.settle>) => {
      await opened.settle(...settlement);
      await expire(replica);
    };
    const titles = async () => (await store.get(OWNER, [MILK, BREAD, TEA])).map(({ title }) => title).toSorted();
    return { ...opened, coming, finish, titles };
  }

  describe("a replica whose cursor has expired", () => {
    test("begins anew, and sends nothing before the last page has come", async () => {
      const { replica, edit, settle, waiting, coming } = await openExpired();
      await edit(MILK, { title: "Oat milk" });
      expect((await replica.binding())?.cursor).toBeNull();
      expect(await waiting()).toEqual({});
      await settle({ tasks: [coming(BREAD)], more: true, cursor: "1" });
      expect((await replica.binding())?.cursor).toBe("1");
      expect(await waiting()).toEqual({});
      expect((await replica.state(NOW))?.hasUnsent).toBe(true);
      await settle({ tasks: [coming(MILK)], cursor: "2" });
      expect(await waiting()).toEqual({});
      // The server is asked with the old one.
      expect((await replica.binding())?.cursor).toBe("c");
      await expire(replica);
      expect((await replica.binding())?.cursor).toBe("2");
      expect(await waiting()).toEqual({ [MILK]: ["title"] });
    });

    test("drops with the last page what did not come in any, and nothing before", async () => {
      const { settle, finish, titles, coming } = await openExpired();
      await settle({ tasks: [coming(TEA)], more: true });
      expect(await titles()).toEqual(["Bread", "Milk", "x"]);
      await finish({ tasks: [coming(BREAD)] });
      expect(await titles()).toEqual(["Bread", "x"]);
    });

    test("drops it also where the last page is empty", async () => {
      const { finish, titles } = await openExpired();
      await finish({});
      expect(await titles()).toEqual([]);
    });

    test("keeps in the log all that a dropped task was", async () => {
      const { finish, store, coming } = await openExpired();
      const [before] = await store.history(OWNER, { id: MILK });
      await finish({ tasks: [coming(BREAD), coming(TEA)], now: NOW + 5 });
      const [entry, ...rest] = await store.history(OWNER, { id: MILK });
      expect(entry).toMatchObject({ action: "sync", at: NOW + 5, before: before?.after });
      const after = Object.fromEntries(
        Object.entries(entry?.after ?? {}).map(([field, register]) => [field, register.slice(24)]),
      );
      expect(after).toEqual({ deleted_at: '"2026-11-20T09:00:00.005Z"', title: "null" });
      expect(rest).toHaveLength(1);
    });

    test("keeps what the server never had, and sends it afterwards", async () => {
      const { finish, titles, waiting, coming } = await openExpired(({ edit }) =>
        edit(TEA, { title: "Tea", created_at: DELETED_AT }),
      );
      await finish({ tasks: [coming(MILK), coming(BREAD)] });
      expect(await titles()).toEqual(["Bread", "Milk", "Tea"]);
      expect(await waiting()).toEqual({ [TEA]: ["created_at", "title"] });
    });

    test("keeps what is to be sent as a whole: what was there before a server was followed, and what was restored", async () => {
      const { settle, titles, waiting } = await openExpired(async ({ replica, edit }) => {
        await edit(TEA, { title: "Tea" });
        await replica.restart();
      });
      await settle({});
      expect(await titles()).toEqual(["Bread", "Milk", "Tea"]);
      expect(Object.keys(await waiting())).toEqual([MILK, BREAD, TEA]);

      const restored = await openExpired(async ({ edit, acknowledge }) => {
        await edit(MILK, { deleted_at: DELETED_AT });
        await acknowledge();
        await edit(MILK, { deleted_at: null });
      });
      await restored.finish({});
      expect(await restored.waiting()).toEqual({ [MILK]: ["created_at", "deleted_at", "title"] });
    });

    test("keeps and parks what was edited here and is gone there, and sends it as a whole when it is edited again", async () => {
      const { replica, edit, finish, titles, waiting, coming } = await openExpired(({ edit: change }) =>
        change(MILK, { title: "Oat milk" }),
      );
      await finish({ tasks: [coming(BREAD)] });
      expect(await titles()).toEqual(["Bread", "Oat milk"]);
      const rejected = [{ id: MILK, code: "cursor_expired", field: "", message: DELETED_ELSEWHERE }];
      expect(await replica.backlog()).toEqual({ unsent: 0, rejected });
      expect(await waiting()).toEqual({});
      await edit(MILK, { priority: "low" });
      expect(await waiting()).toEqual({ [MILK]: ["created_at", "priority", "title"] });
    });

    test("does so where only the day of its making was edited, as an import does", async () => {
      const { replica, finish, waiting, coming } = await openExpired(({ edit }) =>
        edit(MILK, { created_at: "2026-01-20T09:00:00.000Z" }),
      );
      await finish({ tasks: [coming(BREAD)] });
      expect((await replica.backlog()).rejected.map(({ id }) => id)).toEqual([MILK]);
      expect(await waiting()).toEqual({});
    });

    test("drops without a word what was deleted here, too, whether that was sent or not", async () => {
      const { replica, finish, store, waiting } = await openExpired(async ({ edit, acknowledge }) => {
        await edit(MILK, { deleted_at: DELETED_AT });
        await acknowledge();
        await edit(BREAD, { deleted_at: DELETED_AT });
      });
      await finish({});
      expect(await replica.backlog()).toEqual({ unsent: 0, rejected: [] });
      expect(await waiting()).toEqual({});
      expect(await store.get(OWNER, [MILK, BREAD])).toEqual([]);
    });

    test("leaves to undo what is not gone", async () => {
      const { finish, store, coming } = await openExpired(({ edit }) =>
        edit(TEA, { title: "Tea", created_at: DELETED_AT }),
      );
      await finish({ tasks: [coming(MILK)] });
      const ofLast = async () => (await store.lastChange(OWNER)).map(({ id }) => id);
      expect(await ofLast()).toEqual([TEA]);
      const [entry] = await store.history(OWNER, { id: TEA, limit: 1 });
      const undoes = entry?.clock ?? "";
      await store.commit(OWNER, { action: "undo", now: NOW, undoes, edits: [{ id: TEA, fields: {} }] });
      // The newest but one was of a task that is gone.
      expect(await ofLast()).toEqual([MILK]);
    });

    test("keeps what a server has refused: nobody else has it", async () => {
      const refusal = { id: TEA, code: "invalid_input", field: "title", message: "title is empty" };
      const { replica, finish, titles } = await openExpired(async ({ edit, replica: asked, settle: end }) => {
        await edit(TEA, { title: "", created_at: DELETED_AT });
        await end({ sent: (await asked.outgoing(9)).sent, rejected: [refusal] });
      });
      await finish({});
      expect(await titles()).toEqual([""]);
      expect(await replica.backlog()).toEqual({ unsent: 0, rejected: [refusal] });
    });

    test("sends what was refused and edited since afterwards, as a whole", async () => {
      const { finish, waiting } = await openExpired(async ({ edit, replica: asked, settle: end }) => {
        await edit(TEA, { title: "", created_at: DELETED_AT });
        const rejected = [{ id: TEA, code: "invalid_input", field: "title", message: "title is empty" }];
        await end({ sent: (await asked.outgoing(9)).sent, rejected });
        await edit(TEA, { title: "Tea" });
      });
      await finish({});
      expect(await waiting()).toEqual({ [TEA]: ["created_at", "title"] });
    });

    test("drops nothing of others in the same file", async () => {
      const { finish, store } = await openExpired(({ edit }) => edit(MILK, { title: "Theirs" }, "somebody"));
      await finish({});
      expect((await store.get("somebody", [MILK])).map(({ title }) => title)).toEqual(["Theirs"]);
    });

    test("tells those who follow this very file that tasks are gone", async () => {
      const { finish, sync, coming } = await openExpired();
      const { purgedUpTo } = await sync.precheck(OWNER, { head: null, arrivals: [] });
      await finish({ tasks: [coming(MILK)] });
      expect([purgedUpTo, (await sync.precheck(OWNER, { head: null, arrivals: [] })).purgedUpTo]).toEqual([0, 2]);
    });

    test("goes on where it was after a crash", async () => {
      const path = "crash.db";
      const first = await open(path);
      await first.replica.bind(SERVER);
      for (const id of [MILK, BREAD, TEA]) await first.edit(id, { title: id, created_at: DELETED_AT });
      await first.acknowledge();
      await expire(first.replica);
      await first.settle({ tasks: [makeElsewhere(MILK)], more: true, cursor: "1" });
      await first.store.close();
      const second = await open(path);
      expect((await second.replica.binding())?.cursor).toBe("1");
      await second.settle({ tasks: [makeElsewhere(TEA)] });
      await second.store.close();
      const third = await open(path);
      await expire(third.replica);
      expect((await third.store.get(OWNER, [MILK, BREAD, TEA])).map(({ id }) => id)).toEqual([MILK, TEA]);
      await third.store.close();
    });

    test("begins again where it expires once more", async () => {
      const { replica, settle, titles, coming } = await openExpired();
      await settle({ tasks: [coming(MILK)], more: true, cursor: "1" });
      await expire(replica);
      await settle({ tasks: [coming(BREAD)] });
      // That of before the procedure.
      expect((await replica.binding())?.cursor).toBe("c");
      await expire(replica);
      expect(await titles()).toEqual(["Bread"]);
    });

    test("drops nothing any more where the server turns out to have another history", async () => {
      const { replica, settle, titles, waiting, coming } = await openExpired();
      await settle({ tasks: [coming(MILK)], more: true });
      await replica.restart();
      await settle({});
      expect(await titles()).toEqual(["Bread", "Milk"]);
      expect(Object.keys(await waiting())).toEqual([MILK, BREAD]);
    });

    test("drops nothing where the server, asked once more, has another history, or knows the old cursor after all", async () => {
      const other = await openExpired();
      await other.settle({ tasks: [other.coming(MILK)] });
      await other.replica.restart();
      await other.settle({});
      expect(await other.titles()).toEqual(["Bread", "Milk"]);

      const earlier = await openExpired();
      await earlier.settle({ tasks: [earlier.coming(MILK), earlier.coming(TEA)] });
      await earlier.settle({ cursor: "d" });
      expect(await earlier.titles()).toEqual(["Bread", "Milk", "x"]);
      expect((await earlier.replica.binding())?.cursor).toBe("d");
      // It was restored since it gave the tea.
      expect(Object.keys(await earlier.waiting())).toEqual([MILK, BREAD, TEA]);
    });

    test("drops with the last page where it never had a cursor", async () => {
      const { replica, edit, settle, store } = await open();
      await replica.bind(SERVER);
      await edit(MILK, { title: "Milk" });
      await expire(replica);
      await settle({});
      expect((await replica.backlog()).rejected.map(({ id }) => id)).toEqual([MILK]);
      expect(await store.count(OWNER, [])).toBe(1);
    });

    test("has ended then: later pages drop nothing", async () => {
      const { settle, finish, titles, acknowledge, edit, coming } = await openExpired();
      await finish({ tasks: [coming(MILK), coming(BREAD)] });
      await edit(TEA, { title: "Tea" });
      await acknowledge();
      await settle({});
      expect(await titles()).toEqual(["Bread", "Milk", "Tea"]);
    });

    test("takes no page that was asked for before it expired, as one that slept would bring", async () => {
      const { replica, settle, openReplica, titles } = await openExpired((opened) => opened.replica.restart());
      await settle({});
      const sleeper = openReplica(OWNER);
      const { base: asked } = await sleeper.outgoing(10);
      await expire(replica);
      const late = sleeper.applyResult({
        base: asked,
        tasks: [],
        sent: [],
        rejected: [],
        cursor: "late",
        more: false,
        now: NOW,
      });
      expect((await refusalOf(late)).code).toBe("locked");
      expect((await replica.binding())?.cursor).toBeNull();
      expect(await titles()).toEqual(["Bread", "Milk"]);
    });
  });

  describe("a task that is deleted here, and that somebody else has made anew since the server has purged it,", () => {
    const again = { id: MILK, registers: { title: `${clockAt(1)}"Milk again"` } };
    const openDeleted = async () => {
      const opened = await open();
      await opened.replica.bind(SERVER);
      await opened.edit(MILK, { title: "Milk", deleted_at: DELETED_AT });
      const read = async () => {
        const [task] = await opened.store.get(OWNER, [MILK]);
        return { title: task?.title, deletedAt: task?.deletedAt };
      };
      return { ...opened, read };
    };
    const reborn = { title: "Milk again", deletedAt: null };

    test("is what the server has", async () => {
      const { acknowledge, settle, read } = await openDeleted();
      await acknowledge();
      await settle({ tasks: [again] });
      expect(await read()).toEqual(reborn);
    });

    test("stays deleted where that is not acknowledged, or was refused", async () => {
      const { replica, settle, read } = await openDeleted();
      await settle({ tasks: [again] });
      expect(await read()).toEqual({ title: "Milk", deletedAt: DELETED_AT });
      const rejected = [{ id: MILK, code: "invalid_input", field: "", message: "no" }];
      await settle({ sent: (await replica.outgoing(9)).sent, rejected });
      await settle({ tasks: [again] });
      expect(await read()).toEqual({ title: "Milk", deletedAt: DELETED_AT });
    });

    test("is that also where it changed once more while everything was read", async () => {
      const { edit, acknowledge, settle, replica, sync } = await openDeleted();
      await edit(MILK, { project: "Home" });
      await acknowledge();
      await expire(replica);
      const restored = { ...again.registers, deleted_at: `${clockAt(NOW + 5)}null` };
      const changed = { ...restored, title: `${clockAt(NOW + 6)}"Milk once more"` };
      await settle({ tasks: [{ id: MILK, registers: restored }], more: true });
      await settle({ tasks: [{ id: MILK, registers: changed }] });
      await expire(replica);
      const { tasks } = await sync.exchange(OWNER, { arrivals: [], after: 0, limit: 9, now: NOW });
      expect(tasks.map(({ registers }) => registers)).toEqual([changed]);
    });

    test("is so after the cursor has expired when the server was asked once more, and not before", async () => {
      const { acknowledge, settle, read, replica } = await openDeleted();
      await acknowledge();
      await expire(replica);
      await settle({ tasks: [again] });
      expect((await read()).deletedAt).toBe(DELETED_AT);
      await expire(replica);
      expect(await read()).toEqual(reborn);
    });
  });

  describe("a task that lives here, and that the server has purged and got back from somebody who had less of it,", () => {
    const again = [makeElsewhere(MILK)];

    test("is sent as a whole, with what was edited since", async () => {
      const { finish, waiting } = await openExpired();
      await finish({ tasks: again });
      expect(await waiting()).toEqual({ [MILK]: ["created_at", "title"] });

      const edited = await openExpired(({ edit }) => edit(MILK, { priority: "low" }));
      await edited.finish({ tasks: again });
      expect(await edited.waiting()).toEqual({ [MILK]: ["created_at", "priority", "title"] });
    });

    test("waits for an edit where the server has refused it", async () => {
      const rejected = [{ id: MILK, code: "invalid_input", field: "title", message: "it is no good" }];
      const { finish, waiting } = await openExpired(async ({ edit, settle, replica }) => {
        await edit(MILK, { title: "" });
        await settle({ sent: (await replica.outgoing(9)).sent, rejected });
      });
      await finish({ tasks: again });
      expect(await waiting()).toEqual({});
    });
  });
}
