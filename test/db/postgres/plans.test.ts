import { SQL } from "bun";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createAccountStore } from "../../../src/db/accounts/store.ts";
import type { PostgresConnection } from "../../../src/db/postgres/connection.ts";
import { createPostgresEngine } from "../../../src/db/postgres/engine.ts";
import { findTasks } from "../../../src/db/tasks/reads.ts";
import type { Written } from "../../../src/db/statement.ts";
import { createSyncStore } from "../../../src/db/sync/store.ts";
import { createStore } from "../../../src/db/tasks/store.ts";
import type { AccountStore } from "../../../src/ports/accounts.ts";
import type { Condition, TaskQuery } from "../../../src/domain/query/query.ts";
import { draftEvent, draftPoll, draftRenewal, draftSession } from "../../support/accounts/drafts.ts";
import { createTestUser } from "../../support/stores/test-user.ts";
import { usePostgresStores } from "../../support/postgres/stores.ts";

const openDatabase = usePostgresStores();

const TASKS = 3000;
const NOT_DELETED: Condition = { kind: "not", condition: { kind: "status", status: "deleted" } };
const PENDING: Condition = { kind: "status", status: "pending" };

/** As many accounts, each with a session, a token, a device that waits and an event. */
const FILL_ACCOUNTS = [
  `insert into accounts (id, email, password_hash, created_at) select n, n || '@example.org', 'x', 1 from numbered`,
  `insert into sessions (id, account_id, device, token, created_at, used_at, expires_at)
   select n, n, 'x', 'x', 1, 1, 1000 from numbered`,
  `insert into api_tokens (id, account_id, name, hash, last8, scopes, created_at)
   select n, n, 'x', n, 'x', 'x', 1 from numbered`,
  `insert into device_codes (hash, user_code, device, wait, created_at, expires_at)
   select n, n, 'x', 1, 1, 1000 from numbered`,
  `insert into auth_events (id, account_id, at, kind, outcome, network) select n, n, 1, 'sign_in', 'ok', 'x' from numbered`,
].map((insert) => `with numbered as (select n::text from generate_series(1, ${TASKS}) n) ${insert}`);

/** The role that row-level security binds, on one connection, and a user with many tasks beside others. */
let sql: SQL;
let user: string;
let close: () => Promise<void>;

beforeAll(async () => {
  const { server, database } = await openDatabase("bun");
  const [mine, other] = [createTestUser(server.store), createTestUser(server.store)];
  for (const testUser of [mine, other])
    await testUser.add(...Array.from({ length: TASKS }, (_, at) => ({ title: `${at}` })));
  user = mine.user;
  const owner = new SQL(database.url, { max: 1 });
  for (const statement of FILL_ACCOUNTS) await owner.unsafe(statement);
  await owner`analyze`;
  await owner.close();
  sql = new SQL(database.appUrl, { max: 1 });
  close = async () => {
    await sql.close();
    await server.store.close();
  };
});
afterAll(() => close());

/** How PostgreSQL runs what is sent to it, in place of the answer. */
function explainAll(client = sql): { readonly connection: PostgresConnection; readonly plans: string[] } {
  const plans: string[] = [];
  const explain = async ({ text, params }: Written): Promise<void> => {
    const lines: { "QUERY PLAN": string }[] = await client.unsafe(`explain ${text}`, params);
    plans.push(lines.map((line) => line["QUERY PLAN"]).join("\n"));
  };
  const connection: PostgresConnection = {
    query: async (statement) => {
      await explain(statement);
      return [];
    },
    transaction: async (statements) => {
      const [first, ...others] = statements;
      await client.unsafe("begin");
      if (first) await client.unsafe(first.text, first.params);
      for (const statement of others) await explain(statement);
      await client.unsafe("rollback");
      return [];
    },
    close: () => Promise.resolve(),
  };
  return { connection, plans };
}

const settled = { check: () => Promise.resolve(), requireCurrent: () => Promise.resolve(), node: () => "a1b2c3d4" };

async function explainPage(query: TaskQuery): Promise<string> {
  const { connection, plans } = explainAll();
  await findTasks(createPostgresEngine(connection, settled), user, { limit: 50, ...query });
  return plans.join("\n");
}

describe("a page is read from an index, under row-level security, without sorting", () => {
  const day = { key: "2026-11-20", id: "019a" };
  test.each<[string, TaskQuery, string]>([
    ["by creation", { where: [NOT_DELETED], sort: "created" }, "tasks_created"],
    ["by creation, newest first", { where: [NOT_DELETED], sort: "created", reverse: true }, "tasks_created"],
    ["by due date", { where: [PENDING], sort: "due_date" }, "tasks_open"],
    ["by id", { where: [] }, "tasks_user_id_id_pk"],
  ])("%s: the first and all that follow", async (_, query, index) => {
    for (const page of [query, { ...query, after: day }]) {
      const plan = await explainPage(page);
      expect(plan).toMatch(new RegExp(`Index Scan (Backward )?using ${index} `));
      expect(plan).not.toMatch(/Sort|Seq Scan|Bitmap/);
    }
  });

  test("last changed first: only tasks of the same revision are sorted, and of these there is one", async () => {
    for (const after of [undefined, { key: 900, id: "019a" }]) {
      const plan = await explainPage({ where: [], sort: "updated", reverse: true, ...(after && { after }) });
      expect(plan).toContain("Index Scan Backward using tasks_revision ");
      expect(plan).not.toMatch(/(?<!Incremental )Sort {2}|Seq Scan|Bitmap/);
    }
  });
});

test("one task is changed without reading the others", async () => {
  const { connection, plans } = explainAll();
  const store = createStore(createPostgresEngine(connection, settled));
  const edits = [{ id: Bun.randomUUIDv7(), fields: { title: "x" } }];
  await store.commit(user, { action: "edit", now: Date.now(), edits, expected: new Map([[edits[0]?.id ?? "", 0]]) });
  const plan = plans.join("\n");
  expect(plans).toHaveLength(4);
  expect(plan.match(/Index Scan using tasks_user_id_id_pk/g)).toHaveLength(2);
  expect(plan).not.toMatch(/Hash|Merge Join|(Seq|Heap) Scan on tasks/);
});

test("of a table that nobody has counted yet each task of a merge is found by its key, too", async () => {
  const { server, database } = await openDatabase("bun");
  const fresh = new SQL(database.appUrl, { max: 1 });
  const { connection, plans } = explainAll(fresh);
  const registers = { title: `${"0".repeat(24)}"x"` };
  const arrivals = Array.from({ length: 1000 }, () => ({ id: Bun.randomUUIDv7(), registers }));
  await createStore(createPostgresEngine(connection, settled)).merge(user, arrivals);
  await Promise.all([fresh.close(), server.store.close()]);
  const plan = plans.join("\n");
  expect(plan).toMatch(
    /Index Scan using tasks_user_id_id_pk on tasks t .*\n +Index Cond: \(\(user_id = .*\) AND \(id = /,
  );
  expect(plan).not.toContain("Materialize");
});

test("series, their parts and their records are found in indexes, under row-level security", async () => {
  const { connection, plans } = explainAll();
  const sync = createSyncStore(createPostgresEngine(connection, settled));
  await sync.findSeries(user, [Bun.randomUUIDv7()]);
  await sync.findRecords(user, [Bun.randomUUIDv7()]);
  await sync.precheck(user, { head: null, arrivals: [] });
  const [series, records, precheck] = plans;
  for (const index of ["tasks_parent", "tasks_series"]) expect(series).toContain(index);
  expect(records).toContain("tasks_series");
  expect(precheck).toContain("tasks_repeating");
});

describe("what a server asks of accounts is found in an index, under row-level security", () => {
  const session = draftSession("7", { id: "7" });

  test.each<[string, (accounts: AccountStore) => Promise<unknown>, readonly string[]]>([
    ["an account by its id", (accounts) => accounts.findAccount({ id: "7" }), ["accounts_pkey"]],
    ["an account by its e-mail address", (accounts) => accounts.findAccount({ email: "7" }), ["accounts_email"]],
    ["a session", (accounts) => accounts.findSession("7", 1), ["sessions_pkey", "accounts_pkey"]],
    ["a refresh token", (accounts) => accounts.hasRefreshToken({ session: "7", token: "7" }, 1), ["sessions_pkey"]],
    ["the sessions of an account", (accounts) => accounts.listSessions("7", 1), ["sessions_account"]],
    ["a session that is made", (accounts) => accounts.createSession(session, 0), ["sessions_account", "accounts_pkey"]],
    ["a session that is renewed", (accounts) => accounts.renewSession(draftRenewal(session)), ["sessions_pkey"]],
    ["a token", (accounts) => accounts.findToken("7", 1), ["api_tokens_hash", "accounts_pkey"]],
    ["the tokens of an account", (accounts) => accounts.listTokens("7"), ["api_tokens_account"]],
    ["a token that is used", (accounts) => accounts.touchToken("7", 1), ["api_tokens_pkey"]],
    ["a device by its user code", (accounts) => accounts.findDeviceRequest("7", 1), ["device_codes_user_code"]],
    [
      "a device that asks",
      (accounts) => accounts.pollDeviceRequest("7", draftPoll(1, { max: 1 })),
      ["device_codes_pkey", "sessions_account"],
    ],
    ["an event that is added", (accounts) => accounts.addEvent(draftEvent("7")), ["auth_events_outcome"]],
    [
      "whether somebody signed in from a network",
      (accounts) => accounts.hasSignedIn({ email: "7" }, { network: "x", now: 1 }),
      ["accounts_email", "auth_events_network"],
    ],
  ])("%s", async (_, ask, indexes) => {
    const { connection, plans } = explainAll();
    await ask(createAccountStore(createPostgresEngine(connection, settled)));
    const plan = plans.join("\n");
    for (const index of indexes) expect(plan).toMatch(new RegExp(`Index Scan (using|on) ${index} `));
    expect(plan).not.toMatch(/Seq Scan|Hash|Merge Join/);
  });
});
