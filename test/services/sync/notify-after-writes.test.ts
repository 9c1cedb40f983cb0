import { afterAll, describe, expect, test } from "bun:test";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import type { Commit } from "../../../src/ports/store.ts";
import { createChangeNotifier } from "../../../src/services/sync/change-notifier.ts";
import { notifyAfterWrites } from "../../../src/services/sync/notify-after-writes.ts";
import { newId, OPENING } from "../../support/stores/test-user.ts";
import { arriving, bring } from "../../support/sync/following.ts";
import { eventually } from "../../support/server/server.ts";

const opened = openSqlite(":memory:");
afterAll(() => opened.store.close());

/** Stores whose bell looks for nobody but itself, and how often it was heard. */
async function open() {
  const user = `user-${crypto.randomUUID()}`;
  const state = { heard: 0, looks: 0 };
  const notifier = createChangeNotifier(async (name) => {
    const revision = await opened.sync.revision(name);
    state.looks += 1;
    return revision;
  }, 60_000);
  const stores = notifyAfterWrites(opened, notifier);
  const stop = notifier.subscribe(user, await opened.sync.revision(user), () => (state.heard += 1));
  await eventually("the look at the beginning", () => state.looks > 0);
  return { user, stop, ...stores, state };
}

const adding = (title: string): Commit => ({
  action: "add",
  now: OPENING,
  edits: [{ id: newId(), fields: { title } }],
});

describe("a write", () => {
  test("of any kind rings once it is done", async () => {
    const { user, store, sync, state, stop } = await open();
    const counts: number[] = [];
    await store.commit(user, adding("a"));
    counts.push(state.heard);
    await store.merge(user, [arriving({ title: "b" }), arriving({ title: "c" })]);
    counts.push(state.heard);
    await bring(sync, user, [arriving({ title: "d" })]);
    counts.push(state.heard);
    expect(counts).toEqual([1, 2, 3]);
    stop();
  });

  test("that answers nothing rings after a look", async () => {
    const { user, store, state, stop } = await open();
    await store.commit(user, { ...adding("a"), returning: false });
    await eventually("the ring", () => state.heard === 1);
    expect(state.looks).toBe(2);
    stop();
  });

  test("of the profile rings after a look", async () => {
    const { user, store, sync, state, stop } = await open();
    await store.editProfile(user, { "filter:a": "x" }, OPENING);
    await eventually("the first ring", () => state.heard === 1);
    await sync.mergeProfile(user, arriving({ "filter:b": "y" }).registers);
    await eventually("the second ring", () => state.heard === 2);
    stop();
  });

  test("that changes nothing, or fails, does not ring", async () => {
    const { user, store, sync, state, stop } = await open();
    const change = arriving({ title: "a" });
    await store.merge(user, [change]);
    expect(state.heard).toBe(1);
    await bring(sync, user, []);
    await store.commit(user, { ...adding("b"), edits: [] });
    await store.merge(user, [change]);
    await store.commit(user, { ...adding("c"), expected: new Map([[change.id, 99]]) }).catch(() => undefined);
    expect(state.heard).toBe(1);
    stop();
  });

  test("of one user is not heard by another", async () => {
    const [ann, ben] = [await open(), await open()];
    await ann.store.commit(ann.user, adding("a"));
    await ann.store.commit(ben.user, adding("b"));
    expect([ann.state.heard, ben.state.heard]).toEqual([1, 0]);
    for (const { stop } of [ann, ben]) stop();
  });
});
