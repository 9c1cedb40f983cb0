import { IDBFactory } from "fake-indexeddb";
import { openBrowserDatabase, readKeptFile } from "../../../src/db/browser/database.ts";
import type { IndexedDb } from "../../../src/db/browser/indexed-db.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import type { Failure, FromWorker, MethodName, Methods, Notice, Owner, SyncState } from "../../../src/web/protocol.ts";
import { createLocks } from "../../../src/web/worker/locks.ts";
import { createWorker } from "../../../src/web/worker/worker.ts";
import { shareSqlite } from "../../support/browser/databases.ts";
import { createWebLocks } from "./web-locks.ts";

/** A browser with nothing stored. All its pages are of one account. */
export type TestBrowser = {
  readonly indexedDB: IndexedDb;
  readonly owner: Owner;
  readonly server: string;
  readonly withLock: (name: string, work: () => Promise<void>) => Promise<void>;
  /** Whether it has no network. */
  isOffline: boolean;
};

export function createBrowser({
  server,
  user = "local",
}: { readonly server?: string; readonly user?: string } = {}): TestBrowser {
  return {
    indexedDB: new IDBFactory(),
    owner: { account: crypto.randomUUID(), user, server: server !== undefined },
    server: server ?? "http://127.0.0.1:9",
    withLock: createLocks(createWebLocks()),
    isOffline: false,
  };
}

type Ask = <Name extends MethodName>(name: Name, takes: Methods[Name]["takes"]) => Promise<Methods[Name]["gives"]>;

export type TestPage = ReturnType<typeof createPage>;

/** A page with its worker, in which nothing is open yet. It keeps the tasks that it is told of, as the real one does. */
export function createPage(browser: TestBrowser, now: () => number = Date.now) {
  const { indexedDB, owner, server } = browser;
  const notices: Notice[] = [];
  const tasks = new Map<string, Task>();
  const waiting = new Set<() => void>();
  const take = (message: FromWorker) => {
    if (message.kind === "answer" || message.kind === "failure") return;
    const notice = structuredClone(message);
    notices.push(notice);
    if (notice.kind === "tasks") {
      if (notice.whole) tasks.clear();
      for (const task of notice.tasks) {
        if ((tasks.get(task.id)?.revision ?? 0) <= task.revision) tasks.set(task.id, task);
      }
    }
    for (const look of waiting) look();
  };
  const answer = createWorker({
    openDatabase: (name) => openBrowserDatabase(name, { indexedDB, sqlite: shareSqlite() }),
    readKeptFile: (name) => readKeptFile(name, indexedDB),
    system: { now, today: () => "2026-11-20", timeZone: () => "Europe/Berlin", newId: () => Bun.randomUUIDv7() },
    server,
    fetch: (url, init) => {
      if (browser.isOffline) return Promise.reject(new TypeError("there is no network"));
      return fetch(url, init);
    },
    withLock: browser.withLock,
    post: take,
  });
  const call = async <Name extends MethodName>(name: Name, takes: Methods[Name]["takes"]) => {
    // Both go as copies, as between a page and its worker.
    const asked: MessageEvent = new MessageEvent("message", { data: structuredClone({ id: 1, name, takes }) });
    const { data }: MessageEvent = new MessageEvent("message", { data: structuredClone(await answer(asked.data)) });
    return data;
  };
  const ask: Ask = async (name, takes) => {
    const reply = await call(name, takes);
    if (reply.kind === "failure") throw new Error(`${name}: ${reply.failure.message}`);
    return reply.gives;
  };
  /** The failure of a call that must fail. */
  const refuse = async <Name extends MethodName>(name: Name, takes: Methods[Name]["takes"]): Promise<Failure> => {
    const reply = await call(name, takes);
    if (reply.kind === "answer") throw new Error(`${name} was not refused`);
    return reply.failure;
  };
  /** Resolves when the page was told what fits. */
  const until = async (fits: () => boolean): Promise<void> => {
    while (!fits()) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.add(resolve);
      await promise;
      waiting.delete(resolve);
    }
  };
  const state = () => notices.findLast((notice) => notice.kind === "sync")?.state;
  return {
    browser,
    notices,
    tasks,
    ask,
    refuse,
    until,
    /** Resolves when all tasks have come. */
    whole: () => until(() => notices.some((notice) => notice.kind === "tasks" && notice.last)),
    /** The last state that the page was told of. */
    state,
    /** Resolves when that is of a kind. */
    untilState: (kind: SyncState["kind"]) => until(() => state()?.kind === kind),
    open: () => ask("open", owner),
    /** The titles of what is not deleted. */
    titles: () =>
      [...tasks.values()]
        .filter(({ deletedAt }) => deletedAt === null)
        .map(({ title }) => title)
        .toSorted(),
  };
}
