import { afterEach, beforeAll, describe, expect, test } from "bun:test";
import type { Position } from "../../../src/domain/query/query.ts";
import { stampFields } from "../../../src/domain/task/registers.ts";
import type { Edit, Store } from "../../../src/ports/store.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { type Alter, dawdle, noteFaults, openAltered } from "../../support/postgres/altered-store.ts";
import { at, newId, OPENING } from "../../support/stores/test-user.ts";
import { useNeon } from "../../support/postgres/neon.ts";
import { DRIVERS, nameNeonHost, usePostgresStores } from "../../support/postgres/stores.ts";

const openDatabase = usePostgresStores();
const startNeon = useNeon();

const WORKERS = 16;
const ROUNDS = 6;
/** Revisions in a page that a follower asks for. */
const PAGE = 7;

const numbers = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

describe.each(DRIVERS)("through the driver %s", (driver) => {
  let url: string;
  let env: Record<string, string>;
  const faults: unknown[] = [];
  const opened: Store[] = [];

  beforeAll(async () => {
    const { server, database } = await openDatabase(driver);
    await server.store.close();
    const neon = driver === "neon" ? startNeon({ port: database.port, connections: 2 * WORKERS }) : undefined;
    url = neon ? nameNeonHost(database.appUrl) : database.appUrl;
    env = neon ? { TODO_NEON_ENDPOINT: neon.endpoint } : {};
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
    // What was tried again would hide that writers are in each other's way.
    expect(faults.splice(0)).toEqual([]);
  });

  /** As many processes have it: a store of its own for eight workers, each of which then has a connection. */
  const openStores = (alter: Alter = (client) => client): readonly [Store, Store] => {
    const open = () => openAltered({ url, env }, (client) => alter(noteFaults(faults)(client)));
    const stores = [open(), open()] as const;
    opened.push(...stores);
    return stores;
  };

  test("who follows the changes of a user by their revisions sees each task once, however late its writer commits", async () => {
    const [stores, [reader]] = [openStores(dawdle(8)), openStores()];
    const user = newUser();
    const made: string[] = [];
    let isOver = false;
    const work = async (worker: number) => {
      for (const _ of numbers(ROUNDS)) {
        const edits = numbers(1 + Math.floor(Math.random() * 3)).map(() => draft("made"));
        await commit(at(stores, worker % 2), user, edits);
        made.push(...edits.map(({ id }) => id));
      }
    };
    const following = follow(reader, user, () => isOver);
    await Promise.all(numbers(WORKERS).map(work));
    isOver = true;
    expect((await following).toSorted()).toEqual(made.toSorted());
  });

  describe.each([
    ["one user", () => "shared"],
    ["a user each", (worker: number) => `worker-${worker}`],
  ])("sixteen who write for %s at once", (_, nameUser) => {
    test("make and change the same tasks without an error, and each change has its own revision", async () => {
      const stores = openStores(dawdle(3));
      const suffix = newUser();
      const userOf = (worker: number) => nameUser(worker) + suffix;
      const common = numbers(5).map(() => newId());
      const work = async (worker: number) => {
        for (const round of numbers(ROUNDS)) {
          const changed = shuffle(common)
            .slice(0, 3)
            .map((id) => ({ id, fields: { title: `common ${worker} ${round}` } }));
          const answered = await commit(at(stores, worker % 2), userOf(worker), [
            draft(`${worker} ${round}`),
            ...changed,
          ]);
          expect(answered).toHaveLength(4);
        }
      };
      await Promise.all(numbers(WORKERS).map(work));
      const users = [...new Set(numbers(WORKERS).map(userOf))];
      for (const user of users) await expectWhole(at(stores, 0), user, WORKERS / users.length);
    });
  });

  const orders = numbers(40).map(() => newId());

  test.each([
    ["of one user", () => "shared"],
    ["of two users", (side: number) => `side-${side}`],
  ])("batches %s that name the same tasks in opposite order never end in a deadlock", async (_, nameUser) => {
    const stores = openStores();
    const suffix = newUser();
    const run = (side: 0 | 1) => async () => {
      const [user, ids] = [nameUser(side) + suffix, side === 0 ? orders : orders.toReversed()];
      for (const round of numbers(ROUNDS)) {
        await commit(
          at(stores, side),
          user,
          ids.map((id) => ({ id, fields: { title: `${side} ${round}` } })),
        );
        const clock = `019a9f3c51c8${String(round).padStart(4, "0")}a1b2c3d${side}`;
        await at(stores, side).merge(
          user,
          ids.map((id) => ({ id, registers: stampFields({ project: clock }, clock) })),
        );
      }
    };
    await Promise.all([run(0), run(1), run(0), run(1)].map((start) => start()));
    expect(await at(stores, 0).count(nameUser(0) + suffix, [])).toBe(orders.length);
  });
});

function newUser(): string {
  return ` of ${crypto.randomUUID()}`;
}

function draft(title: string): Edit {
  return { id: newId(), fields: { title } };
}

function commit(store: Store, user: string, edits: readonly Edit[]): Promise<Task[]> {
  return store.commit(user, { action: "edit", now: OPENING, edits });
}

/** Reads the changes of a user from the first one on, in pages, until it is over and there are no more. */
async function follow(store: Store, user: string, isOver: () => boolean): Promise<string[]> {
  const seen: string[] = [];
  let after: Position | undefined;
  for (;;) {
    const wasOver = isOver();
    const { tasks } = await store.find(user, { where: [], sort: "updated", limit: PAGE, ...(after && { after }) });
    seen.push(...tasks.map(({ id }) => id));
    const last = tasks.at(-1);
    if (last) after = { key: last.revision, id: last.id };
    else if (wasOver) return seen;
  }
}

/** What some workers have made for one user: a task in each round, and changes of the five that they have in common. */
async function expectWhole(store: Store, user: string, workers: number): Promise<void> {
  const { tasks } = await store.find(user, { where: [] });
  const own = tasks.filter(({ title }) => !title.startsWith("common"));
  expect(own).toHaveLength(workers * ROUNDS);
  expect(new Set(own.map(({ title }) => title)).size).toBe(workers * ROUNDS);
  expect(new Set(tasks.map(({ revision }) => revision)).size).toBe(tasks.length);
  const changes = await store.history(user, {});
  expect(changes).toHaveLength(workers * ROUNDS * 4);
  expect(new Set(changes.map(({ clock }) => clock)).size).toBe(workers * ROUNDS);
}

function shuffle<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
