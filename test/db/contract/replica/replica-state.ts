import { describe, expect, test } from "bun:test";
import { BREAD, MILK, NOW, OWNER, SERVER } from "../../../support/sync/replica.ts";
import type { OpenReplica } from "../../replica-contract.ts";

export function describeReplicaState(open: OpenReplica): void {
  const IDLE = {
    ...SERVER,
    cursor: null,
    syncedAt: null,
    hasUnsent: false,
    hasRefused: false,
    isBusy: false,
    failure: null,
    warnedAt: null,
  };
  const FAILED = { at: NOW, code: "unavailable", message: "no network" } as const;

  async function openBound() {
    const opened = await open();
    await opened.replica.bind(SERVER);
    return { ...opened, state: () => opened.replica.state(NOW) };
  }

  describe("the state of a replica", () => {
    test("is none where no server is followed", async () => {
      const { replica, edit } = await open();
      await edit(MILK, { title: "Milk" });
      expect(await replica.state(NOW)).toBeNull();
    });

    test("says whom it follows, and how far", async () => {
      const { state, settle } = await openBound();
      expect(await state()).toEqual(IDLE);
      await settle({ cursor: "here", now: NOW - 5 });
      expect(await state()).toEqual({ ...IDLE, cursor: "here", syncedAt: NOW - 5 });
    });

    test("says whether something of its owner is unsent", async () => {
      const { state, edit, acknowledge } = await openBound();
      await edit(BREAD, { title: "Bread" }, "somebody");
      expect(await state()).toMatchObject({ hasUnsent: false });
      await edit(MILK, { title: "Milk" });
      expect(await state()).toMatchObject({ hasUnsent: true });
      await acknowledge();
      expect(await state()).toMatchObject({ hasUnsent: false });
    });

    test("says whether the server has no room for something", async () => {
      const { state, replica, edit, settle } = await openBound();
      await edit(MILK, { title: "Milk" });
      await edit(BREAD, { title: "" });
      const full = { id: MILK, code: "quota_exceeded", field: "", message: "you can have 2 tasks here and have 2" };
      const wrong = { id: BREAD, code: "invalid_input", field: "title", message: "title is empty" };
      await settle({ sent: (await replica.outgoing(9)).sent, rejected: [full, wrong] });
      expect(await state()).toMatchObject({ hasUnsent: false, hasRefused: true });
      await replica.requeueRefused(NOW);
      await settle({ sent: (await replica.outgoing(9)).sent });
      expect(await state()).toMatchObject({ hasUnsent: false, hasRefused: false });
    });

    test("says whether somebody syncs at that time", async () => {
      const { state, replica } = await openBound();
      await replica.lease("one", NOW, 1000);
      expect(await state()).toMatchObject({ isBusy: true });
      expect(await replica.state(NOW + 999)).toMatchObject({ isBusy: true });
      expect(await replica.state(NOW + 1001)).toMatchObject({ isBusy: false });
      await replica.release("one");
      expect(await state()).toMatchObject({ isBusy: false });
    });

    test("keeps the time of the first failure, and what was wrong last", async () => {
      const { state, replica } = await openBound();
      await replica.fail(FAILED);
      expect(await state()).toEqual({ ...IDLE, failure: { ...FAILED, since: NOW } });
      const last = { at: NOW + 9, code: "unauthorized", message: 'signed "out"' } as const;
      await replica.fail(last);
      expect(await state()).toEqual({ ...IDLE, failure: { ...last, since: NOW } });
    });

    test("forgets the failure, and that the user was told, when something went well", async () => {
      const { state, replica, settle } = await openBound();
      await replica.fail(FAILED);
      await replica.warn(NOW + 1);
      expect(await state()).toMatchObject({ failure: FAILED, warnedAt: NOW + 1 });
      await settle({});
      expect(await state()).toMatchObject({ failure: null, warnedAt: null });
      await replica.fail({ ...FAILED, at: NOW + 7 });
      expect((await state())?.failure?.since).toBe(NOW + 7);
    });

    test("is that of the owner's database, whoever opens it", async () => {
      const { openReplica, edit } = await openBound();
      await edit(MILK, { title: "Milk" });
      expect(await openReplica(OWNER).state(NOW)).toEqual({ ...IDLE, hasUnsent: true });
    });
  });
}
