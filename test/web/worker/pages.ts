import { IDBFactory } from "fake-indexeddb";
import { openBrowserDatabase } from "../../../src/db/browser/database.ts";
import type { IndexedDb } from "../../../src/db/browser/indexed-db.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import type { Failure, MethodName, Methods, Notice, Owner } from "../../../src/web/protocol.ts";
import { createWorker } from "../../../src/web/worker/worker.ts";
import { shareSqlite } from "../../support/browser/databases.ts";
import { OPENING } from "../../support/stores/test-user.ts";

/** A browser with nothing stored, and the account that its pages are of. */
export type TestBrowser = { readonly indexedDB: IndexedDb; readonly owner: Owner };

export function createBrowser(owner: Partial<Owner> = {}): TestBrowser {
  return {
    indexedDB: new IDBFactory(),
    owner: { account: crypto.randomUUID(), user: "local", server: false, ...owner },
  };
}

type Ask = <Name extends MethodName>(name: Name, takes: Methods[Name]["takes"]) => Promise<Methods[Name]["gives"]>;

export type TestPage = ReturnType<typeof createPage>;

/** A page with its worker, in which nothing is open yet. */
export function createPage({ indexedDB, owner }: TestBrowser) {
  const notices: Notice[] = [];
  const tasks = new Map<string, Task>();
  const waiting = new Set<() => void>();
  const take = (notice: Notice) => {
    notices.push(notice);
    if (notice.kind === "tasks") {
      if (notice.whole) tasks.clear();
      for (const task of notice.tasks)
        if ((tasks.get(task.id)?.revision ?? 0) <= task.revision) tasks.set(task.id, task);
    }
    for (const look of waiting) look();
  };
  const answer = createWorker({
    openDatabase: (name) => openBrowserDatabase(name, { indexedDB, sqlite: shareSqlite() }),
    system: {
      now: () => OPENING,
      today: () => "2026-11-20",
      timeZone: () => "Europe/Berlin",
      newId: () => Bun.randomUUIDv7(),
    },
    post: (message) => {
      if (message.kind !== "answer" && message.kind !== "failure") take(structuredClone(message));
    },
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
  return {
    notices,
    tasks,
    ask,
    refuse,
    until,
    /** Resolves when all tasks have come. */
    whole: () => until(() => notices.some((notice) => notice.kind === "tasks" && notice.last)),
    open: () => ask("open", owner),
    titles: () =>
      [...tasks.values()]
        .filter(({ deletedAt }) => deletedAt === null)
        .map(({ title }) => title)
        .toSorted(),
  };
}
