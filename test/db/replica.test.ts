import { describe, expect, test } from "bun:test";
import { openSqlite } from "../../src/db/sqlite.ts";
import type { Settlement } from "../../src/domain/replica.ts";
import { refusalOf } from "../support/errors.ts";
import { useScratch } from "../support/scratch.ts";

const scratch = useScratch();

const OWNER = "local";
const NOW = Date.UTC(2026, 10, 20, 9);
const SERVER = { server: "https://todo.example.com", user: "acct_1" };
const MILK = "019a9f3c-51c8-7000-a1b2-000000000001";
const BREAD = "019a9f3c-51c8-7000-a1b2-000000000002";

function open() {
  const opened = openSqlite(":memory:");
  const replica = opened.openReplica(OWNER);
  const edit = (id: string, fields: Readonly<Record<string, string | null>>, user = OWNER) =>
    opened.store.commit(user, { command: "edit", now: NOW, edits: [{ id, fields }] });
  const settle = (more: Partial<Settlement>) =>
    replica.settle({ arrivals: [], sent: [], parked: [], cursor: "c", now: NOW, ...more });
  /** The fields that wait, by task. */
  const waiting = async () => {
    const { changes } = await replica.outgoing(100);
    return Object.fromEntries(changes.map(({ id, registers }) => [id, Object.keys(registers).toSorted()]));
  };
  return { ...opened, replica, edit, settle, waiting };
}

const clockAt = (ms: number) => `${ms.toString(16).padStart(12, "0")}0000ffffffff`;

describe("an outbox", () => {
  test("has nothing before a server is followed, then all that is there", async () => {
    const { replica, edit, waiting } = open();
    await edit(MILK, { title: "Milk", project: "Home" });
    expect(await waiting()).toEqual({});
    await replica.bind(SERVER);
    expect(await waiting()).toEqual({ [MILK]: ["project", "title"] });
  });

  test("has the fields of each edit from then on, of its owner and of nobody else", async () => {
    const { replica, edit, waiting } = open();
    await replica.bind(SERVER);
    await edit(MILK, { title: "Milk" });
    await edit(BREAD, { title: "Bread" }, "somebody");
    await edit(MILK, { "tag:shop": "x" });
    expect(await waiting()).toEqual({ [MILK]: ["tag:shop", "title"] });
  });

  test("keeps what was edited while it was sent", async () => {
    const { replica, edit, settle, waiting } = open();
    await replica.bind(SERVER);
    await edit(MILK, { title: "Milk", project: "Home" });
    const { sent } = await replica.outgoing(100);
    await edit(MILK, { title: "Oat milk" });
    await settle({ sent });
    expect(await waiting()).toEqual({ [MILK]: ["title"] });
  });

  test("keeps it also where the task was to be sent as a whole", async () => {
    const { replica, edit, settle, waiting } = open();
    await edit(MILK, { title: "Milk", project: "Home" });
    await replica.bind(SERVER);
    const { sent } = await replica.outgoing(100);
    await edit(MILK, { title: "Oat milk" });
    await settle({ sent });
    expect(await waiting()).toEqual({ [MILK]: ["title"] });
  });

  test("gets nothing of what the server brings", async () => {
    const { replica, settle, waiting, store } = open();
    await replica.bind(SERVER);
    await settle({ arrivals: [{ id: MILK, registers: { title: `${clockAt(NOW)}"Milk"` } }] });
    expect(await waiting()).toEqual({});
    expect((await store.get(OWNER, [MILK])).map(({ title }) => title)).toEqual(["Milk"]);
  });

  test("hands out so many tasks, and the others next", async () => {
    const { replica, edit, settle } = open();
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

  test("is filled by the transaction of the edit, so that another connection sees both or none", async () => {
    const path = scratch("replica.db");
    const [one, other] = [openSqlite(path), openSqlite(path)];
    await one.openReplica(OWNER).bind(SERVER);
    await one.store.commit(OWNER, { command: "add", now: NOW, edits: [{ id: MILK, fields: { title: "Milk" } }] });
    expect((await other.openReplica(OWNER).outgoing(10)).changes.map(({ id }) => id)).toEqual([MILK]);
    await Promise.all([one.store.close(), other.store.close()]);
  });
});

describe("a binding", () => {
  test("is to one account of one server", async () => {
    const { replica } = open();
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
    const { replica, edit, settle, waiting } = open();
    await edit(MILK, { title: "Milk" });
    await replica.bind(SERVER);
    await settle({ sent: (await replica.outgoing(10)).sent, cursor: "here" });
    expect(await replica.binding()).toEqual({ ...SERVER, cursor: "here", syncedAt: NOW });
    expect(await waiting()).toEqual({});
    await replica.restart();
    expect((await replica.binding())?.cursor).toBeNull();
    expect(await waiting()).toEqual({ [MILK]: ["title"] });
  });
});

describe("a change that the server refused", () => {
  test("is parked, and sent as a whole when it was edited again", async () => {
    const { replica, edit, settle, waiting } = open();
    await replica.bind(SERVER);
    await edit(MILK, { title: "", project: "Home" });
    const { sent } = await replica.outgoing(10);
    const refusal = { id: MILK, field: "title", message: "title is empty" };
    await settle({ sent, parked: [refusal] });
    expect(await replica.backlog()).toEqual({ unsent: 0, parked: [refusal] });
    expect(await waiting()).toEqual({});
    await edit(MILK, { title: "Milk" });
    expect(await waiting()).toEqual({ [MILK]: ["project", "title"] });
    await settle({ sent: (await replica.outgoing(10)).sent });
    expect(await replica.backlog()).toEqual({ unsent: 0, parked: [] });
  });
});

describe("what another device changed", () => {
  test("is in the log with the values whose place it took, and no others", async () => {
    const { replica, edit, settle, store } = open();
    await replica.bind(SERVER);
    await edit(MILK, { title: "Milk", project: "Home" });
    const registers = { title: `${clockAt(NOW + 9)}"Oat milk"`, project: `${clockAt(1)}"Older"` };
    await settle({ arrivals: [{ id: MILK, registers }] });
    const [entry] = await store.history(OWNER, { id: MILK, limit: 1 });
    expect(entry).toMatchObject({ command: "sync", at: NOW, after: { title: registers.title } });
    expect(Object.keys(entry?.after ?? {})).toEqual(["title"]);
    expect(entry?.before["title"]?.slice(24)).toBe('"Milk"');
  });

  test("is not what undo takes back", async () => {
    const { replica, edit, settle, store } = open();
    await replica.bind(SERVER);
    await edit(MILK, { title: "Milk" });
    await settle({ arrivals: [{ id: BREAD, registers: { title: `${clockAt(NOW + 9)}"Bread"` } }] });
    expect((await store.lastChange(OWNER)).map(({ id }) => id)).toEqual([MILK]);
  });

  test("comes before every edit that is made later, whatever this clock says", async () => {
    const { replica, edit, settle, store } = open();
    await replica.bind(SERVER);
    await settle({ arrivals: [{ id: MILK, registers: { title: `${clockAt(NOW + 3_600_000)}"Theirs"` } }] });
    await edit(MILK, { title: "Mine" });
    expect((await store.get(OWNER, [MILK])).map(({ title }) => title)).toEqual(["Mine"]);
  });
});

describe("edits of a wrong clock", () => {
  const AHEAD = 3_600_000;

  test("get clocks from the server's now on, in the order in which they were made, and those of one edit one clock", async () => {
    const { replica, edit, store, sync, waiting } = open();
    await replica.bind(SERVER);
    await edit(MILK, { title: "Milk", project: "Home" });
    await edit(BREAD, { title: "Bread" });
    await edit(MILK, { title: "Oat milk" });
    await replica.restamp(NOW - AHEAD);
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

  test("can be taken back, and made after", async () => {
    const { replica, edit, store } = open();
    await replica.bind(SERVER);
    await edit(MILK, { title: "Milk" });
    await replica.restamp(NOW - AHEAD);
    const [entry] = await store.lastChange(OWNER);
    expect(entry?.after["title"]?.slice(24)).toBe('"Milk"');
    await edit(MILK, { title: "Oat milk" });
    expect((await store.get(OWNER, [MILK])).map(({ title }) => title)).toEqual(["Oat milk"]);
  });

  test("stay as they are where the server has acknowledged them, and where the clock was right", async () => {
    const { replica, edit, settle, sync } = open();
    await replica.bind(SERVER);
    await edit(MILK, { title: "Milk" });
    await settle({ sent: (await replica.outgoing(9)).sent });
    const read = () => sync.exchange(OWNER, { arrivals: [], after: 0, limit: 9, now: NOW });
    const before = (await read()).tasks;
    await replica.restamp(NOW - AHEAD);
    await edit(BREAD, { title: "Bread" });
    await replica.restamp(NOW + AHEAD);
    expect((await read()).tasks.filter(({ id }) => id === MILK)).toEqual([...before]);
  });
});

describe("a lease", () => {
  test("is one syncer's until it ends or is given back", async () => {
    const { replica } = open();
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
