import { describe, expect, test } from "bun:test";
import { SQL } from "drizzle-orm";
import type { Statement, Values } from "../../src/db/compiled.ts";
import type { Engine } from "../../src/db/engine.ts";
import { createSyncStore } from "../../src/db/sync/store.ts";
import { createStore } from "../../src/db/tasks/store.ts";
import type { Condition } from "../../src/domain/query/query.ts";
import type { Fields } from "../../src/domain/task/registers.ts";
import type { RemoteTask } from "../../src/ports/store.ts";
import { MAX_PAGE_BYTES } from "../../src/ports/sync.ts";
import { createTask } from "../../src/services/tasks/add-tasks.ts";
import { exportTasks } from "../../src/services/tasks/export-tasks.ts";
import { exchange } from "../../src/services/sync/exchange.ts";
import type { OpenedEngine } from "../support/stores/engines.ts";
import { createTestUser, newId, only, OPENING } from "../support/stores/test-user.ts";
import { arriving } from "../support/sync/following.ts";
import { useOpened } from "../support/opened.ts";

const SYSTEM = { now: () => OPENING, today: () => "2026-11-20", timeZone: () => "UTC", newId };
const TASKS = 15;
const ALL: Condition = { kind: "status", status: "all" };
const LONG_TEXT = Array.from({ length: 6000 }, (_, place) => (place * place).toString(36))
  .join(" ")
  .slice(0, 20_000);
/** A field of a later version, and so much of a task that no list shows. */
const UNKNOWN = Object.fromEntries(["a", "b", "c", "d", "e"].map((field) => [field, LONG_TEXT]));

/** The same, of texts that a database compresses to a hundredth. */
const DULL = Object.fromEntries(["a", "b", "c"].map((field) => [field, "x".repeat(64_000)]));

/** The same engine, and what it has answered since it was last asked. */
function countTraffic(engine: Engine) {
  const traffic = { rows: 0, bytes: 0, scans: 0, largeScans: 0 };
  const count = <Row>(rows: Row[]): Row[] => {
    traffic.rows += rows.length;
    traffic.bytes += Buffer.byteLength(JSON.stringify(rows));
    return rows;
  };
  const countRead =
    (read: Engine["read"]) =>
    async <Row>(user: string, query: Statement<Row>, values?: Values) =>
      count(query instanceof SQL ? await read(user, query, values) : await read(user, query, values ?? {}));
  const countScan =
    (kind: "scans" | "largeScans", scan: Engine["scan"]) =>
    async <Row>(user: string, query: Statement<Row>, values?: Values) => {
      traffic[kind] += 1;
      return countRead(scan)<Row>(user, query, values);
    };
  const counted: Engine = {
    ...engine,
    // The node can change.
    get node() {
      return engine.node;
    },
    read: countRead(engine.read),
    scan: countScan("scans", engine.scan),
    scanLarge: countScan("largeScans", engine.scanLarge),
    atomically: async (...asked) => count(await engine.atomically(...asked)),
  };
  const take = () => {
    const taken = { ...traffic };
    Object.assign(traffic, { rows: 0, bytes: 0, scans: 0, largeScans: 0 });
    return taken;
  };
  return { counted, take };
}

/** What comes out of a database for a question: no more than the answer needs, whatever else it holds. */
export function describeTraffic(name: string, open: () => Promise<OpenedEngine>): void {
  describe(name, () => {
    const openEngine = useOpened(open);
    const start = async (...tasks: readonly Fields[]) => {
      const { counted, take } = countTraffic(openEngine().engine);
      const store = createStore(counted);
      const testUser = createTestUser(store);
      if (tasks.length > 0) await testUser.add(...tasks);
      take();
      return { ...testUser, sync: createSyncStore(counted), take };
    };
    const large = (place: number): Fields => ({ title: `task ${place}`, "tag:home": true, ...UNKNOWN });

    test("a page of sync is read as far as it goes out, with what is sent in and without", async () => {
      const { sync, user, take } = await start(...Array.from({ length: TASKS }, (_, place) => large(place)));
      const seen: string[] = [];
      let cursor: string | null = null;
      for (let more = true; more;) {
        const page = await exchange(
          { sync, user },
          { cursor, changes: seen.length === 0 ? [arriving({ title: "x" })] : [] },
        );
        expect(take().bytes).toBeLessThan(1.2 * MAX_PAGE_BYTES);
        seen.push(...page.changes.map(({ registers }) => registers["title"]?.slice(24) ?? ""));
        ({ cursor, more } = page);
      }
      expect(seen).toEqual([...Array.from({ length: TASKS }, (_, place) => `"task ${place}"`), '"x"']);
    });

    test("a page of sync is no longer where the tasks are dull texts, and has each of them once", async () => {
      const { sync, user, take } = await start(...Array.from({ length: 12 }, (_, at) => ({ title: `${at}`, ...DULL })));
      const sizes: number[] = [];
      let cursor: string | null = null;
      for (let more = true; more;) {
        const page = await exchange({ sync, user }, { cursor, changes: [] });
        expect(take().bytes).toBeLessThan(1.2 * MAX_PAGE_BYTES);
        sizes.push(page.changes.length);
        ({ cursor, more } = page);
      }
      // The first answer shows the head, which is a write, and has no more than one long task.
      expect(sizes).toEqual([1, 5, 5, 1]);
    });

    test("a list of tasks that are dull texts reads what it shows", async () => {
      const { find, take } = await start(
        ...Array.from({ length: 20 }, (_, at) => ({ title: `${at}`, x: "x".repeat(20_000) })),
      );
      expect(await find([], { limit: 20 })).toHaveLength(20);
      expect(take().bytes).toBeLessThan(20_000);
    });

    test("a page of sync that is large, and a list of large tasks, are scans that nobody is refused, and others are read at once", async () => {
      const { sync, user, find, take } = await start(...Array.from({ length: 3 }, (_, place) => large(place)));
      const ask = async (limit: number) => {
        await exchange({ sync, user }, { cursor: null, limit, changes: [] });
        return take().largeScans;
      };
      // The first time shows the head, which is a write.
      await ask(1);
      expect([await ask(3), await ask(1)]).toEqual([1, 0]);
      await find([ALL], { limit: 3 });
      expect(take()).toMatchObject({ scans: 0, largeScans: 1 });
      const other = await start({ title: "short" });
      await other.find([ALL], { limit: 1 });
      expect(other.take()).toMatchObject({ scans: 0, largeScans: 0 });
    });

    test("many arrivals are compared a few at a time, and the answer is that of all", async () => {
      const { sync, user, take } = await start();
      const merged = Array.from({ length: 120 }, () => arriving({ title: "Milk" }));
      await sync.exchange(user, { arrivals: merged, after: 0, limit: 0, now: 0 });
      const look = async (...arrivals: RemoteTask[]) => {
        take();
        const { differs, touchedBytes } = await sync.precheck(user, { head: null, arrivals });
        return { differs, touchedBytes, scans: take().largeScans };
      };
      const { touchedBytes: ofEach } = await look(...merged.slice(0, 1));
      const touchedBytes = merged.length * ofEach;
      expect(await look(...merged)).toEqual({ differs: false, touchedBytes, scans: 3 });
      expect(await look(...merged, arriving({ title: "x" }))).toEqual({ differs: true, touchedBytes, scans: 3 });
      expect(await look(arriving({ title: "x" }), ...merged)).toEqual({ differs: true, touchedBytes, scans: 3 });
    });

    test("a page of small tasks is as long as it was asked for", async () => {
      const { sync, user } = await start(...Array.from({ length: 120 }, (_, place) => ({ title: `${place}` })));
      const { changes, more } = await exchange({ sync, user }, { cursor: null, limit: 119, changes: [] });
      expect([changes.length, more]).toEqual([119, true]);
      const whole = await exchange({ sync, user }, { cursor: null, limit: 120, changes: [] });
      expect([whole.changes.length, whole.more]).toEqual([120, false]);
    });

    test("a list of tasks with unknown fields reads what it shows, and shows what a single task does", async () => {
      const long = {
        title: "long",
        description: LONG_TEXT.slice(0, 9000),
        project: "p",
        priority: "high",
        "tag:b": true,
      };
      const { find, get, take } = await start(
        { title: "short", "tag:a": true },
        { ...long, ...UNKNOWN, "": "an empty name", "tag:c": false, due_date: "2026-11-21" },
        large(1),
      );
      for (const limit of [2, 3]) {
        const tasks = await find([], { limit });
        expect(take().bytes).toBeLessThan(20_000);
        for (const task of tasks) expect(task).toEqual(await get(task.id));
        take();
      }
    });

    test("a purge that finds nothing is two scans, however many tasks there are and however old", async () => {
      const { commit, sync, user, take } = await start(
        ...Array.from({ length: 60 }, (_, place) => ({ title: `${place}` })),
      );
      await commit([{ id: newId(), fields: { title: "deleted since", deleted_at: "2026-11-20T09:00:00.000Z" } }]);
      take();
      expect(await sync.purge(user, OPENING + 1500)).toBe(0);
      expect(take()).toEqual({ rows: 0, bytes: 4, scans: 2, largeScans: 0 });
      expect(await sync.purge(user, OPENING + 10_000)).toBe(1);
    });

    test("a search by relatives is a scan as any other, what a write has to know is not", async () => {
      const { find, take } = await start({ title: "a" });
      for (const condition of [{ kind: "root" }, { kind: "not", condition: { kind: "root" } }] as const) {
        await find([ALL, condition], { limit: 10, isSearch: true });
        expect(take()).toMatchObject({ scans: 1, largeScans: 0 });
      }
      await find([ALL, { kind: "root" }], { limit: 10 });
      expect(take()).toMatchObject({ scans: 0, largeScans: 1 });
    });

    test("a list shows when the last unknown field was changed", async () => {
      const { edit, find } = await start(large(1));
      const [task] = await find([]);
      const edited = await edit(only(task ? [task] : []), { a: "new" });
      expect(only(await find([]))).toEqual(edited);
    });

    test("a list and an export of tasks that are large together go on in more pages, and show each once", async () => {
      // Each is a tenth of a page.
      const description = LONG_TEXT.slice(0, 9000);
      const parts = Array.from({ length: 20 }, (_, place) => [`x${place}`, LONG_TEXT.slice(0, 4600)] as const);
      const fields = { description, ...Object.fromEntries(parts) };
      const { store, user, take } = await start(
        ...Array.from({ length: 12 }, (_, at) => ({ title: `${at}`, ...fields })),
      );
      const { pages, total } = await exportTasks({ store, user, system: SYSTEM }, { deleted: true });
      const sizes: number[] = [];
      const titles: string[] = [];
      for await (const page of pages) {
        sizes.push(page.length);
        titles.push(...page.map(({ title }) => title));
      }
      expect(sizes).toEqual([10, 2]);
      expect([total, titles.toSorted()]).toEqual([12, Array.from({ length: 12 }, (_, at) => `${at}`).toSorted()]);
      expect(take().bytes).toBeLessThan(12 * 11_000);
    });

    test("a create that is repeated reads one entry of the log, however often the task was changed", async () => {
      const { store, user, get, edit, take } = await start();
      const workspace = { store, user, system: SYSTEM };
      const id = newId();
      await createTask(workspace, { id, title: "Milk" });
      for (let turn = 0; turn < 20; turn += 1) await edit(await get(id), { description: `${turn} ${LONG_TEXT}` });
      take();
      expect(await createTask(workspace, { id, title: "Milk" })).toMatchObject({ created: false });
      const { rows, bytes } = take();
      expect([rows, bytes < 50_000]).toEqual([2, true]);
    });
  });
}
