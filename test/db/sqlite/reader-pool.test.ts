import { afterEach, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { readFileIdentity } from "../../../src/db/sqlite/file-identity.ts";
import { createReaderPool, type ReaderPool, type ReaderTimes } from "../../../src/db/sqlite/reader-pool.ts";
import type { ScanKind } from "../../../src/db/scan-queue.ts";
import { useScratch } from "../../support/disks/scratch.ts";
import { refusalOf } from "../../support/errors.ts";
import { eventually } from "../../support/server/server.ts";
import { DYING_READER_COMMAND, listChildren, READER_COMMAND, readStat } from "../../support/stores/readers.ts";

const scratch = useScratch();
const path = scratch("todo.db");
await openSqlite(path).store.close();

const QUICK = "select 1 as one";
const ENDLESS =
  "with recursive numbers (n) as (select 1 union all select n + 1 from numbers) select max(n) from numbers";
const ONE = { kind: "rows" as const, rows: [{ one: 1 }] };

const pools: ReaderPool[] = [];
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

function openPool(times: ReaderTimes = {}, command: readonly string[] = READER_COMMAND) {
  const pool = createReaderPool(command, times);
  pools.push(pool);
  const read = (user: string, text: string, kind: ScanKind = "search") =>
    pool.read(kind, user, { path, file: readFileIdentity(path), text, params: [] });
  return { read, close: pool.close };
}

const countReaders = () => listChildren(process.pid).length;

test("a read that never ends is ended with its process when its time is up, and the next is answered", async () => {
  const { read } = openPool({ timeoutMs: 300 });
  expect(await refusalOf(read("ann", ENDLESS))).toMatchObject({ code: "read_timed_out", retryAfter: 5 });
  await eventually("the process is gone", () => countReaders() === 0);
  expect(await read("ann", QUICK)).toEqual(ONE);
});

test("reads of one user that never end leave readers for others, and end when the database is closed", async () => {
  const { read, close } = openPool();
  const endless = Array.from({ length: 5 }, () => refusalOf(read("ann", ENDLESS)));
  for (const user of ["ben", "cid"]) expect(await read(user, QUICK)).toEqual(ONE);
  expect(countReaders()).toBe(3);
  await close();
  expect(countReaders()).toBe(0);
  for (const error of await Promise.all(endless)) expect(error).toMatchObject({ code: "unavailable" });
});

test("what devices of a user read waits for none of their searches, and is refused to none of them", async () => {
  const { read, close } = openPool();
  const endless = Array.from({ length: 10 }, () => refusalOf(read("ann", ENDLESS)));
  const synced = Array.from({ length: 20 }, () => read("ann", QUICK, "large"));
  expect(await Promise.all(synced)).toEqual(synced.map(() => ONE));
  expect(countReaders()).toBe(3);
  await close();
  await Promise.all(endless);
});

test("a read whose process dies is done again by another", async () => {
  const { read } = openPool({}, [...DYING_READER_COMMAND, scratch("died")]);
  expect(await read("ann", QUICK)).toEqual(ONE);
});

test("a read whose processes die is refused, and so is one whose process can't be started", async () => {
  const dying = openPool({}, DYING_READER_COMMAND);
  expect(await refusalOf(dying.read("ann", QUICK))).toMatchObject({ code: "unavailable", retryAfter: 1 });
  const missing = openPool({}, [scratch("no-such-program")]);
  expect(await refusalOf(missing.read("ann", QUICK))).toMatchObject({ code: "unavailable", retryAfter: 1 });
});

test("a reader that was killed while it had nothing to do is replaced, however long ago that was", async () => {
  const { read } = openPool();
  for (const agoMs of [0, 0, 1, 1, 2, 2, 5, 5]) {
    expect(await read("ann", QUICK)).toEqual(ONE);
    for (const reader of listChildren(process.pid)) process.kill(reader, "SIGKILL");
    await Bun.sleep(agoMs);
    expect(await read("ann", QUICK)).toEqual(ONE);
  }
});

test("no process runs before the first read, and none some time after the last", async () => {
  const { read } = openPool({ maxIdleMs: 100 });
  expect(countReaders()).toBe(0);
  await read("ann", QUICK);
  expect(countReaders()).toBe(1);
  await eventually("the process is gone", () => countReaders() === 0);
});

test("a reader that can't be asked what it should read is ended", async () => {
  const pool = createReaderPool(READER_COMMAND);
  pools.push(pool);
  const unsendable = {
    path,
    file: readFileIdentity(path),
    params: [],
    get text(): string {
      throw new Error("it can't be read");
    },
  };
  expect(await refusalOf(pool.read("search", "ann", unsendable))).toMatchObject({ code: "unavailable" });
  await eventually("the process is gone", () => countReaders() === 0);
});

test("one reader is enough for reads that come one after another", async () => {
  const { read } = openPool();
  for (const user of ["ann", "ben", "cid"]) await read(user, QUICK);
  expect(countReaders()).toBe(1);
});

test("a reader can't write, has no secret of the server, and gives way to it", async () => {
  const { read } = openPool();
  expect(await read("ann", "delete from tasks")).toMatchObject({ kind: "failed", code: "SQLITE_READONLY" });
  const [reader] = listChildren(process.pid);
  expect(readFileSync(`/proc/${reader}/environ`, "utf8")).not.toContain("PATH=");
  expect(readStat(Number(reader))?.niceness).toBeGreaterThan(0);
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s, which a terminal sends to the server too, ends no reader",
  async (signal) => {
    const { read } = openPool();
    await read("ann", QUICK);
    const [reader = 0] = listChildren(process.pid);
    process.kill(reader, signal);
    expect(await read("ann", QUICK)).toEqual(ONE);
    expect(listChildren(process.pid)).toEqual([reader]);
  },
);
