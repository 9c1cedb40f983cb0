import { afterEach, beforeAll, describe, expect, test } from "bun:test";
import { type Condition, SEARCHED } from "../../../src/domain/query/query.ts";
import type { Store } from "../../../src/ports/store.ts";
import { type Alter, openByHand } from "../../support/postgres/altered-store.ts";
import { holdLock } from "../../support/postgres/hold.ts";
import { useNeon } from "../../support/postgres/neon.ts";
import { queryPostgres } from "../../support/postgres/query.ts";
import { DRIVERS, nameNeonHost, usePostgresStores } from "../../support/postgres/stores.ts";
import { arriving } from "../../support/sync/following.ts";
import { createTestUser } from "../../support/stores/test-user.ts";

const openDatabase = usePostgresStores();
const startNeon = useNeon();

/** It stands before PostgreSQL's own, so that a search takes as long as a test wants. */
const SLOW_SEARCH = `
  create function public.strpos(haystack text, needle text) returns int language plpgsql as $$
  begin
    if needle = 'long' then perform pg_sleep(60); end if;
    if needle = 'held' then perform pg_advisory_xact_lock_shared(712043); end if;
    return pg_catalog.strpos(haystack, needle);
  end $$`;
const HOLD = "select pg_advisory_lock(712043)";
const RUNNING = `
  select pid from pg_stat_activity
  where datname = current_database() and state = 'active' and query like '%strpos%' and pid <> pg_backend_pid()`;

function textIs(text: string): Condition[] {
  return [{ kind: "text", text, fields: SEARCHED }];
}

describe.each(DRIVERS)("through the driver %s", (driver) => {
  let place: { readonly url: string; readonly env: Readonly<Record<string, string>> };
  let ownerUrl: string;
  const opened: Store[] = [];

  beforeAll(async () => {
    const { server, database } = await openDatabase(driver);
    await server.store.close();
    ownerUrl = database.url;
    const name = new URL(ownerUrl).pathname.slice(1);
    await queryPostgres(ownerUrl, SLOW_SEARCH);
    await queryPostgres(ownerUrl, `alter database "${name}" set search_path to public, pg_catalog`);
    const neon = driver === "neon" ? startNeon({ port: database.port }) : undefined;
    place = {
      url: neon ? nameNeonHost(database.appUrl) : database.appUrl,
      env: neon ? { TODO_NEON_ENDPOINT: neon.endpoint } : {},
    };
  });
  afterEach(() => Promise.all(opened.splice(0).map((store) => store.close())));

  const openBoth = (scanTimeoutMs: number, alter: Alter = (client) => client) => {
    const { store, sync } = openByHand({ ...place, scanTimeoutMs }, alter);
    opened.push(store);
    return { store, sync };
  };
  const open = (scanTimeoutMs: number, alter?: Alter): Store => openBoth(scanTimeoutMs, alter).store;

  test("a search that takes too long is ended by the database, is not tried again, and frees its connection", async () => {
    let attempts = 0;
    const store = open(100, (client) => ({
      ...client,
      transaction: (statements, attempt) => {
        attempts += 1;
        return client.transaction(statements, attempt);
      },
    }));
    const { user, add, get } = createTestUser(store);
    const [task] = await add({ title: "Milk" });
    attempts = 0;
    for (const ask of [() => store.find(user, { where: textIs("long") }), () => store.count(user, textIs("long"))]) {
      expect(await ask().catch((error: unknown) => error)).toMatchObject({ code: "read_timed_out", retryAfter: 5 });
    }
    expect(attempts).toBe(2);
    expect(await queryPostgres(ownerUrl, RUNNING)).toEqual([]);
    expect(await get(task.id)).toEqual(task);
  });

  test("of many searches of one user two run and some wait, and another user is answered meanwhile", async () => {
    const store = open(30_000);
    const [greedy, bystander] = [createTestUser(store), createTestUser(store)];
    await greedy.add({ title: "withheld" });
    const hold = await holdLock(ownerUrl, HOLD);
    const searches = Array.from({ length: 25 }, () => greedy.titles(textIs("held")));
    const refused = await Promise.all(searches.slice(10).map((search) => search.catch((error: unknown) => error)));
    for (const error of refused) expect(error).toMatchObject({ code: "rate_limited", retryAfter: 2 });
    await hold.untilWaiting(2);
    const [task] = await bystander.add({ title: "Bread" });
    expect(await bystander.titles(textIs("bread"))).toEqual(["Bread"]);
    expect(await bystander.get(task.id)).toEqual(task);
    await hold.untilWaiting(2);
    await hold.release();
    expect(await Promise.all(searches.slice(0, 10))).toEqual(Array.from({ length: 10 }, () => ["withheld"]));
  });

  test("many devices of one user sync while their searches take all the turns that searches have", async () => {
    const { store, sync } = openBoth(30_000);
    const { user, add, titles } = createTestUser(store);
    await add({ title: "withheld" });
    const hold = await holdLock(ownerUrl, HOLD);
    const searches = Array.from({ length: 10 }, () => titles(textIs("held")));
    await hold.untilWaiting(2);
    const arrivals = Array.from({ length: 11 }, () => arriving({ title: "Milk" }));
    const prechecks = Array.from({ length: 20 }, () => sync.precheck(user, { head: null, arrivals }));
    for (const { differs } of await Promise.all(prechecks)) expect(differs).toBe(true);
    await hold.release();
    await Promise.all(searches);
  });

  test("of many writes of one user, which wait for each other, some wait without a connection", async () => {
    const store = open(30_000);
    const [greedy, bystander] = [createTestUser(store), createTestUser(store)];
    await greedy.add({ title: "first" });
    const hold = await holdLock(ownerUrl, `select 1 from users where id = '${greedy.user}' for update`);
    const writes = Array.from({ length: 25 }, () => greedy.add({ title: "another" }));
    const [task] = await bystander.add({ title: "Bread" });
    expect(await bystander.get(task.id)).toEqual(task);
    await hold.release();
    await Promise.all(writes);
    expect(await store.count(greedy.user, [])).toBe(26);
  });

  test("a statement that writes is ended by the database when nobody waits for it any longer", async () => {
    const timeouts: unknown[] = [];
    const store = open(100, (client) => ({
      ...client,
      transaction: async (statements, attempt) => {
        const answers = await client.transaction(
          [...statements, { text: "show statement_timeout", params: [] }],
          attempt,
        );
        timeouts.push(answers.at(-1));
        return answers.slice(0, -1);
      },
    }));
    await createTestUser(store).add({ title: "Milk" });
    expect(timeouts).toEqual([[{ statement_timeout: "10s" }]]);
  });
});
