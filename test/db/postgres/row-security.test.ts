import { describe, expect, test } from "bun:test";
import type { Client } from "../../../src/db/postgres/client.ts";
import type { Written } from "../../../src/db/statement.ts";
import type { Account, AccountStore } from "../../../src/ports/accounts.ts";
import { handleOf } from "../../../src/domain/task/handle.ts";
import { readValue, stampFields } from "../../../src/domain/task/registers.ts";
import type { Store } from "../../../src/ports/store.ts";
import type { Head, SyncStore } from "../../../src/ports/sync.ts";
import {
  addRequest,
  addToken,
  draftAccount,
  draftEvent,
  HOUR,
  letIn,
  newHash,
  NOW,
  signIn,
} from "../../support/accounts/drafts.ts";
import { newId, only, OPENING, titleOf } from "../../support/stores/test-user.ts";
import { CLOSED_ACTIVITY, MONTHS, OPEN_ACTIVITY } from "../../support/stores/activity.ts";
import { refusalOf } from "../../support/errors.ts";
import { rewriting, useStoresByHand } from "../../support/postgres/by-hand.ts";
import { useDatabaseServers } from "../../support/postgres/open.ts";
import { photographPostgres, queryPostgres, stateOf } from "../../support/postgres/query.ts";
import { type TestDatabase, usePostgres } from "../../support/postgres/postgres.ts";
import { share } from "../../support/share.ts";

const INSUFFICIENT_PRIVILEGE = "42501";
/** Later than anything that is written here. */
const AHEAD = "01ffffffffff0000a1b2c3d4";
/** Earlier than all of it. */
const LONG_AGO = "00ffffffffff0000a1b2c3d4";

const createDatabase = usePostgres();
const open = useDatabaseServers();
const openByHand = useStoresByHand();

async function createMigrated(): Promise<TestDatabase> {
  const database = await createDatabase();
  await (await open(database.ownerUrl)).migrate();
  return database;
}

const shareDatabase = share(createMigrated);

/** Two users of one database. Both have a task of the same id, each has another one, and each has undone an edit. */
type Pair = {
  readonly mine: string;
  readonly theirs: string;
  readonly shared: string;
  readonly own: string;
  readonly foreign: string;
};

async function sandbox(store: Store): Promise<Pair> {
  const pair = { mine: newName(), theirs: newName(), shared: newId(), own: newId(), foreign: newId() };
  const { mine, theirs, shared, own, foreign } = pair;
  const write = async (user: string, ids: readonly string[], now: number) => {
    const parent = "019a9f3c-51c8-7000-8000-000000000000";
    const repeated = { recurrence: "due 2026-11-20 FREQ=DAILY", series: shared, occurrence: "2026-11-20" };
    const names = { project: `project of ${user}`, [`tag:tag of ${user}`]: true };
    const time = { "time:2026-11:a1b2c3d4": 60 };
    const fields = { title: `of ${user}`, ...names, parent, ...repeated, [`dep:${shared}`]: true, ...time };
    await store.commit(user, { action: "add", now, edits: ids.map((id) => ({ id, fields })) });
    await store.commit(user, { action: "edit", now, edits: [{ id: shared, fields: { priority: "low" } }] });
    const [edit] = await store.lastChange(user);
    const edits = [{ id: shared, fields: { priority: null } }];
    await store.commit(user, { action: "undo", now, edits, ...(edit && { undoes: edit.clock }) });
    await store.editProfile(user, { [user === mine ? "filter:mine" : "filter:theirs"]: "x" }, now);
  };
  await write(mine, [shared, own], OPENING);
  await write(theirs, [shared, foreign], OPENING + 1000);
  return pair;
}

function newName(): string {
  return `user-${crypto.randomUUID()}`;
}

/** What is looked at as the first of the two users. */
type Look = (store: Store, pair: Pair) => Promise<unknown>;

/** Every way to read. A new method must be added to one of these to compile. */
const READS: Record<
  Exclude<keyof Store, "close" | "ping" | "node" | "commit" | "merge" | "editProfile" | "ensureUser">,
  Look
> = {
  find: async (store, { mine }) => [
    await store.find(mine, { where: [] }),
    await store.find(mine, { where: [{ kind: "status", status: "pending" }], sort: "updated", limit: 1 }),
  ],
  count: (store, { mine }) => store.count(mine, []),
  get: async (store, { mine, shared, foreign }) => [
    await store.get(mine, [shared]),
    await store.get(mine, [shared, foreign]),
    await store.get(mine, [foreign]),
  ],
  findByPrefix: async (store, { mine, shared, foreign }) => [
    await store.findByPrefix(mine, { id: shared }, 5),
    await store.findByPrefix(mine, { id: foreign.slice(0, 30) }, 5),
    await store.findByPrefix(mine, { handle: handleOf(foreign) }, 5),
  ],
  shortestPrefixes: (store, { mine, foreign }) => {
    const handle = handleOf(foreign);
    return store.shortestPrefixes(mine, [`${handle.slice(0, 11)}${handle.endsWith("b") ? "c" : "b"}`]);
  },
  countByName: async (store, { mine }) => [
    await store.countByName(mine, "tags"),
    await store.countByName(mine, "projects"),
  ],
  findActivity: async (store, { mine }) => [
    await store.findActivity(mine, OPEN_ACTIVITY),
    await store.findActivity(mine, CLOSED_ACTIVITY),
  ],
  sumTrackedTime: (store, { mine }) => store.sumTrackedTime(mine, [], MONTHS),
  openDependencies: (store, { mine }) => store.openDependencies(mine),
  registersOf: (store, { mine, shared, foreign }) => store.registersOf(mine, [shared, foreign], "parent"),
  history: async (store, { mine, shared }) => [
    await store.history(mine, {}),
    await store.history(mine, { id: shared, limit: 5 }),
  ],
  profile: async (store, { mine }) => [
    Object.keys(await store.profile(mine)),
    Object.keys(await store.profile(newName())),
  ],
  lastChange: (store, { mine }) => store.lastChange(mine),
  lastUndo: (store, { mine }) => store.lastUndo(mine),
};

/** Every way to write, and what can be seen of it afterwards. */
const WRITES: Record<Exclude<keyof Store, "close" | "ping" | "node" | keyof typeof READS>, Look> = {
  commit: async (store, { mine, shared }) => {
    const { revision } = only(await store.get(mine, [shared]));
    const edits = [{ id: shared, fields: { title: "new" } }];
    const commit = { action: "edit" as const, now: OPENING + 5000, edits, expected: new Map([[shared, revision]]) };
    return (await store.commit(mine, commit)).map(titleOf);
  },
  merge: async (store, { mine, shared }) =>
    (await store.merge(mine, [{ id: shared, registers: stampFields({ title: "new" }, AHEAD) }])).length,
  editProfile: async (store, { mine, theirs }) => [
    Object.keys(await store.editProfile(mine, { "filter:a": "x" }, OPENING)).toSorted(),
    Object.keys(await store.profile(theirs)),
  ],
  ensureUser: async (store) => {
    const user = newName();
    await store.ensureUser(user);
    return (await rowsOf(user)).length;
  },
};

/** What a replica asks and brings, and what it sees of that. Heads and times are random. */
const EXCHANGES: Record<keyof SyncStore, (sync: SyncStore, pair: Pair, theirHead: Head) => Promise<unknown>> = {
  precheck: async (sync, { mine, foreign }, head) => {
    const arrivals = [{ id: foreign, registers: stampFields({ title: "old" }, LONG_AGO) }];
    const { isKnown, differs } = await sync.precheck(mine, { head, arrivals });
    return { isKnown, differs };
  },
  exchange: async (sync, { mine, shared }) => {
    const arrivals = [{ id: shared, registers: stampFields({ title: "new" }, AHEAD) }];
    await sync.exchange(mine, { arrivals, after: 0, limit: 9, now: OPENING });
    const { tasks } = await sync.exchange(mine, { arrivals: [], after: 0, limit: 9, now: OPENING });
    return tasks.map(({ registers }) => readValue(registers["title"]));
  },
  findSeries: async (sync, { mine, shared, foreign }) => {
    const found = await sync.findSeries(mine, [shared, foreign]);
    return found.map(({ registers }) => readValue(registers["title"]));
  },
  findRecords: async (sync, { mine, shared }) => (await sync.findRecords(mine, [shared])).length,
  mergeProfile: async (sync, { mine, theirs }) => [
    Object.keys(await sync.mergeProfile(mine, stampFields({ "filter:a": "x" }, AHEAD))).toSorted(),
    Object.keys((await sync.precheck(theirs, { head: null, arrivals: [] })).profile),
  ],
  revision: async (sync, { mine }) => {
    // So many that nobody else has as many.
    const arrivals = Array.from({ length: 3 + Math.floor(Math.random() * 200) }, () => ({
      id: newId(),
      registers: stampFields({ title: "new" }, AHEAD),
    }));
    const { head } = await sync.exchange(mine, { arrivals, after: 0, limit: 1, now: OPENING });
    return (await sync.revision(mine)) === head.revision;
  },
  purge: async (sync, { mine, shared }) => {
    const arrivals = [{ id: shared, registers: stampFields({ deleted_at: "2026-11-20T09:00:00.000Z" }, AHEAD) }];
    await sync.exchange(mine, { arrivals, after: 0, limit: 9, now: OPENING });
    return sync.purge(mine, OPENING + 86_400_000);
  },
};

/** The conditions on the user, as they stand in statements. */
const CONDITION =
  /(?:\b\w+\.)?\buser_id = (\$\d+)|\bu\.id = (\$\d+)|\busers\.id = (\$\d+)|(?<=\busers where )id = (\$\d+)|"users"\."id" = (\$\d+)/g;

/** The statement as it would be if whoever wrote it had forgotten that there are many users. */
function forgetUser({ text, params }: Written): Written {
  return { text: text.replace(CONDITION, (condition) => `${/\$\d+/.exec(condition)?.[0]}::text is not null`), params };
}

/** The same for a deletion, whose conditions all are on the account. */
function forgetAccount({ text, params }: Written): Written {
  return {
    text: text.replace(/(?<=^delete from "\w+" where \(?)"\w+"\."\w+" = (\$\d+)/, "$1::text is not null"),
    params,
  };
}

function forgetting(client: Client): Client {
  return rewriting(client, { read: forgetUser, write: forgetUser });
}

/** The answer, or what is thrown. */
async function outcomeOf(work: Promise<unknown>): Promise<unknown> {
  const [outcome] = await Promise.allSettled([work]);
  return outcome.status === "fulfilled" ? outcome.value : String(outcome.reason);
}

async function rowsOf(user: string): Promise<unknown[][]> {
  return queryPostgres(
    (await shareDatabase()).url,
    `select to_jsonb(t)::text from users t where id = '${user}' union all
     select to_jsonb(t)::text from tasks t where user_id = '${user}' union all
     select to_jsonb(t)::text from history t where user_id = '${user}' union all
     select to_jsonb(t)::text from heads t where user_id = '${user}' order by 1`,
  );
}

describe("statements without their condition on the user", () => {
  test.each(Object.entries(READS))("read through %s only what is the user's own", async (_, look) => {
    const { ownerUrl, appUrl, bypassUrl } = await shareDatabase();
    const whole = openByHand(ownerUrl);
    const pair = await sandbox(whole.store);
    const answer = await look(whole.store, pair);
    expect(await look(openByHand(appUrl, forgetting).store, pair)).toEqual(answer);
    // Else the line above would prove nothing.
    expect(await outcomeOf(look(openByHand(bypassUrl, forgetting).store, pair))).not.toEqual(answer);
  });

  test.each(Object.entries(WRITES))("write through %s only what is the user's own", async (_, look) => {
    const { ownerUrl, appUrl, bypassUrl } = await shareDatabase();
    const { store } = openByHand(ownerUrl);
    const answer = await look(store, await sandbox(store));
    const pair = await sandbox(store);
    const before = await rowsOf(pair.theirs);
    expect(await look(openByHand(appUrl, forgetting).store, pair)).toEqual(answer);
    expect(await rowsOf(pair.theirs)).toEqual(before);
    const unbound = openByHand(bypassUrl, forgetting);
    expect(await outcomeOf(look(unbound.store, await sandbox(store)))).not.toEqual(answer);
  });

  test.each(Object.entries(EXCHANGES))("serve replicas through %s only what is the user's own", async (_, look) => {
    const { ownerUrl, appUrl, bypassUrl } = await shareDatabase();
    const whole = openByHand(ownerUrl);
    const lookThrough = async (sync: SyncStore) => {
      const pair = await sandbox(whole.store);
      const { mine, theirs } = pair;
      const { head } = await whole.sync.exchange(theirs, { arrivals: [], after: 0, limit: 1, now: OPENING });
      const before = await rowsOf(theirs);
      const answer = JSON.stringify(await outcomeOf(look(sync, pair, head))).replaceAll(mine, "me");
      return { answer, isUntouched: Bun.deepEquals(await rowsOf(theirs), before) };
    };
    const { answer } = await lookThrough(whole.sync);
    expect(await lookThrough(openByHand(appUrl, forgetting).sync)).toEqual({ answer, isUntouched: true });
    // Else the line above would prove nothing.
    expect((await lookThrough(openByHand(bypassUrl, forgetting).sync)).answer).not.toEqual(answer);
  });

  test("read only what is the user's own also when many users ask at once", async () => {
    const { ownerUrl, appUrl } = await shareDatabase();
    const whole = openByHand(ownerUrl);
    const { mine, theirs } = await sandbox(whole.store);
    const { store } = openByHand(appUrl, forgetting);
    const users = Array.from({ length: 200 }, (_, place) => (place % 2 === 0 ? mine : theirs));
    const titles = users.map(async (user) => {
      const { tasks } = await store.find(user, { where: [], limit: 10 });
      return tasks.map(titleOf);
    });
    expect(await Promise.all(titles)).toEqual(users.map((user) => [`of ${user}`, `of ${user}`]));
  });

  test("have none that these tests overlook", async () => {
    const { ownerUrl } = await shareDatabase();
    const sent: Written[] = [];
    const note = (statement: Written) => {
      sent.push(forgetUser(statement));
      return statement;
    };
    const { store } = openByHand(ownerUrl, (client) => rewriting(client, { read: note, write: note }));
    const pair = await sandbox(store);
    for (const look of [...Object.values(READS), ...Object.values(WRITES)]) await look(store, pair);
    await store.ensureUser(pair.mine);
    const overlooked = sent.filter(({ text, params }) =>
      [...text.matchAll(/(?:=|<>|\bin \(|\blike) *\$(\d+)/g)].some(
        ([, place]) => params[Number(place) - 1] === pair.mine,
      ),
    );
    expect(sent.length).toBeGreaterThan(20);
    expect(overlooked).toEqual([]);
  });
});

describe("a store that says another user than the one whose rows it reads and writes", () => {
  const saying =
    (other: string) =>
    ({ text, params }: Written): Written => {
      const place = Number(/set_config\('app\.user_id', \$(\d+), true\)/.exec(text)?.[1] ?? 0) - 1;
      return { text, params: params.map((param, at) => (at === place ? other : param)) };
    };

  const cases = (["appUrl", "ownerUrl"] as const).flatMap((role) => [
    [role, "the other user", ({ theirs }: Pair) => theirs] as const,
    [role, "nobody", () => ""] as const,
  ]);

  test.each(cases)("sees nothing with the %s that says %s", async (role, _, choose) => {
    const database = await shareDatabase();
    const whole = openByHand(database.ownerUrl);
    const pair = await sandbox(whole.store);
    const say = saying(choose(pair));
    const { store } = openByHand(database[role], (client) => rewriting(client, { read: say, write: say }));
    for (const [name, look] of Object.entries(READS)) {
      const nothing = await look(whole.store, { ...pair, mine: newName() });
      expect([name, await look(store, pair)]).toEqual([name, nothing]);
    }
  });

  test.each(cases)(
    "is refused every write with the %s that says %s, and nothing is written",
    async (role, _, choose) => {
      const database = await shareDatabase();
      const whole = openByHand(database.ownerUrl);
      const pair = await sandbox(whole.store);
      const { store } = openByHand(database[role], (client) => rewriting(client, { write: saying(choose(pair)) }));
      const photo = await photographPostgres(database.url);
      for (const [name, look] of Object.entries(WRITES)) {
        const { cause } = await refusalOf(look(store, pair));
        expect([name, cause]).toEqual([name, new Error(INSUFFICIENT_PRIVILEGE)]);
      }
      expect(await photographPostgres(database.url)).toEqual(photo);
    },
  );
});

/** A row of a user for each table that has rows of users. */
const ROWS: Readonly<Record<string, (user: string) => string>> = {
  users: (user) => `insert into users (id, revision, clock) values ('${user}', 1, 1)`,
  tasks: (user) => `insert into tasks (user_id, id, handle, revision, registers) values ('${user}', 'x', 'x', 1, '{}')`,
  history: (user) =>
    `insert into history (user_id, clock, at, command, id, before, after) values ('${user}', 'x', 1, 'x', 'x', '{}', '{}')`,
  heads: (user) => `insert into heads (user_id, revision, tag, at) values ('${user}', 0, 'x', 1)`,
};

/** The same for each table that has rows of accounts. */
const ACCOUNT_ROWS: Readonly<Record<string, (account: string) => string>> = {
  accounts: (id) => `insert into accounts (id, email, password_hash, created_at) values ('${id}', 'x', 'x', 1)`,
  sessions: (id) =>
    `insert into sessions (id, account_id, device, token, created_at, used_at, expires_at)
     values ('x', '${id}', 'x', 'x', 1, 1, 1)`,
  api_tokens: (id) =>
    `insert into api_tokens (id, account_id, name, hash, last8, scopes, created_at) values ('x', '${id}', 'x', 'x', 'x', 'x', 1)`,
  device_codes: (id) =>
    `insert into device_codes (hash, user_code, device, wait, created_at, expires_at, account_id)
     values ('x', 'x', 'x', 1, 1, 1, '${id}')`,
  invites: (id) => `insert into invites (hash, created_at, expires_at, account_id) values ('x', 1, 1, '${id}')`,
  auth_events: (id) => `insert into auth_events (id, account_id, at, kind, outcome) values ('x', '${id}', 1, 'x', 'x')`,
};

function become(user: string): string {
  return `select set_config('app.user_id', '${user}', false)`;
}

describe("a connection of the program's role", () => {
  const keyOf = (table: string) => (table === "users" ? "id" : "user_id");
  const setUp = async () => {
    const database = await shareDatabase();
    const { store, sync } = openByHand(database.ownerUrl);
    const pair = await sandbox(store);
    for (const user of [pair.mine, pair.theirs]) {
      await sync.exchange(user, { arrivals: [], after: 0, limit: 1, now: OPENING });
    }
    return { ...database, pair };
  };

  test("is tried below with every table that has rows of users or of accounts", async () => {
    const { url } = await shareDatabase();
    const tables = await queryPostgres(
      url,
      `select table_name from information_schema.tables
       where table_schema = 'public' and table_name not in ('migrations', 'replica')`,
    );
    const tried = [...Object.keys(ROWS), ...Object.keys(ACCOUNT_ROWS)];
    expect(tables.flat()).toEqual(expect.arrayContaining(tried));
    expect(tables).toHaveLength(tried.length);
  });

  test.each(Object.entries(ROWS))(
    "that says no user finds nothing in %s and can put nothing there",
    async (table, insert) => {
      const { url, appUrl, pair } = await setUp();
      expect(await queryPostgres(url, `select 1 from ${table} limit 1`)).toEqual([[1]]);
      expect(await queryPostgres(appUrl, `select * from ${table}`)).toEqual([]);
      expect(await queryPostgres(appUrl, `delete from ${table} returning 1`)).toEqual([]);
      for (const user of [pair.mine, newName(), ""]) {
        expect(await stateOf(appUrl, insert(user))).toBe(INSUFFICIENT_PRIVILEGE);
      }
    },
  );

  test.each(Object.entries(ROWS))("that says a user finds only theirs in %s", async (table) => {
    const { appUrl, pair } = await setUp();
    const owners = await queryPostgres(appUrl, become(pair.mine), `select distinct ${keyOf(table)} from ${table}`);
    expect(owners).toEqual([[pair.mine]]);
  });

  test.each(Object.entries(ROWS))("that says a user can change nothing of others in %s", async (table, insert) => {
    const { appUrl, pair } = await setUp();
    const { mine, theirs } = pair;
    const before = await rowsOf(theirs);
    const key = keyOf(table);
    const attempts = [
      insert(theirs),
      insert(newName()),
      `update ${table} set ${key} = '${theirs}'`,
      `${insert(theirs)} on conflict do nothing`,
    ];
    for (const attempt of attempts) {
      expect([attempt, await stateOf(appUrl, become(mine), attempt)]).toEqual([attempt, INSUFFICIENT_PRIVILEGE]);
    }
    const others = `where ${key} = '${theirs}' returning 1`;
    expect(await queryPostgres(appUrl, become(mine), `update ${table} set ${key} = '${mine}' ${others}`)).toEqual([]);
    expect(await queryPostgres(appUrl, become(mine), `delete from ${table} ${others}`)).toEqual([]);
    expect(await rowsOf(theirs)).toEqual(before);
  });
});

describe("a connection of the program's role, in the tables of accounts", () => {
  /** Somebody with a row in each of the tables. */
  const settle = async (accounts: AccountStore): Promise<Account> => {
    const [account, hash] = [draftAccount(), newHash()];
    await accounts.createInvite({ hash, createdAt: NOW, expiresAt: NOW + HOUR });
    await accounts.createAccount(account, { kind: "invite", hash });
    await signIn(accounts, account);
    await addToken(accounts, account);
    await letIn(accounts, account);
    await accounts.addEvent(draftEvent(account.id));
    return account;
  };
  const shareSettled = share(async () => {
    const database = await createMigrated();
    const { accounts } = openByHand(database.ownerUrl);
    const [mine, theirs] = [await settle(accounts), await settle(accounts)];
    // Nobody's yet.
    await addRequest(accounts);
    await accounts.createInvite({ hash: newHash(), createdAt: NOW, expiresAt: NOW + HOUR });
    return { ...database, mine: mine.id, theirs: theirs.id };
  });
  const keyOf = (table: string) => (table === "accounts" ? "id" : "account_id");
  const ownersIn = (table: string, rows = table) =>
    `select distinct ${keyOf(table)} from ${rows} order by 1 nulls last`;

  test.each(Object.entries(ACCOUNT_ROWS))("that says an account finds only its own in %s", async (table) => {
    const { appUrl, ownerUrl, mine, theirs } = await shareSettled();
    for (const account of [mine, theirs]) {
      expect(await queryPostgres(appUrl, become(account), ownersIn(table))).toEqual([[account]]);
      expect(await queryPostgres(ownerUrl, become(account), ownersIn(table))).toEqual([[account]]);
    }
    expect(await queryPostgres(appUrl, become(newName()), ownersIn(table))).toEqual([]);
  });

  test.each(Object.entries(ACCOUNT_ROWS))("that says nobody finds all in %s", async (table) => {
    const { url, appUrl, mine, theirs } = await shareSettled();
    const all = await queryPostgres(url, ownersIn(table));
    expect(all.flat()).toEqual(expect.arrayContaining([mine, theirs]));
    expect(await queryPostgres(appUrl, become(""), ownersIn(table))).toEqual(all);
    expect(await queryPostgres(appUrl, ownersIn(table))).toEqual(all);
  });

  test.each(Object.entries(ACCOUNT_ROWS))(
    "that says an account can change nothing of others in %s",
    async (table, insert) => {
      const { url, appUrl, mine, theirs } = await shareSettled();
      const photo = await photographPostgres(url);
      const key = keyOf(table);
      const attempts = [insert(theirs), insert(newName()), `update ${table} set ${key} = '${newName()}'`];
      for (const attempt of attempts) {
        expect([attempt, await stateOf(appUrl, become(mine), attempt)]).toEqual([attempt, INSUFFICIENT_PRIVILEGE]);
      }
      const others = `where ${key} is distinct from '${mine}' returning 1`;
      expect(await queryPostgres(appUrl, become(mine), `update ${table} set ${key} = '${mine}' ${others}`)).toEqual([]);
      expect(await queryPostgres(appUrl, become(mine), `delete from ${table} ${others}`)).toEqual([]);
      expect(await photographPostgres(url)).toEqual(photo);
    },
  );

  test("deletes one account also where the statements forget to say which", async () => {
    const { ownerUrl, appUrl, bypassUrl, url } = await createMigrated();
    const whole = openByHand(ownerUrl);
    const [mine, theirs] = [await settle(whole.accounts), await settle(whole.accounts)];
    for (const { id } of [mine, theirs]) await whole.store.ensureUser(id);
    const forget = async (role: string) => {
      const { accounts } = openByHand(role, (client) => rewriting(client, { write: forgetAccount }));
      await accounts.deleteAccount(mine.id);
    };
    // That there was an account is noted beside the invitations, and stays.
    const ownedIn = (table: string) => (table === "invites" ? "invites where hash <> 'first'" : table);
    const left = () =>
      Promise.all(Object.keys(ACCOUNT_ROWS).map((table) => queryPostgres(url, ownersIn(table, ownedIn(table)))));
    await forget(appUrl);
    expect(await left()).toEqual(Object.keys(ACCOUNT_ROWS).map(() => [[theirs.id]]));
    expect(await queryPostgres(url, "select id from users where revision >= 0")).toEqual([[theirs.id]]);
    // Else the lines above would prove nothing.
    await forget(bypassUrl);
    expect((await left()).flat()).toEqual([]);
  });
});

describe("a connection that the store has worked with", () => {
  const LOOK = {
    text: `select pg_backend_pid() as pid, coalesce(current_setting('app.user_id', true), '') as said, s.*,
        (select count(*)::int from tasks) as seen
      from pg_sleep(0.03), (
        select string_agg(name || ' = ' || setting, ', ' order by name) as settings from pg_settings
        where name in ('enable_hashjoin', 'enable_mergejoin', 'plan_cache_mode')) s`,
    params: [],
  };

  test("says no user any more and plans as before, after reads, writes and refusals", async () => {
    // In a database of its own, so that all connections are those of this store.
    const { url, appUrl } = await createMigrated();
    const { store, client } = openByHand(appUrl);
    const pairs = await Promise.all(Array.from({ length: 20 }, () => sandbox(store)));
    // Two writes of one task at once may refuse each other.
    const writeInTurn = async (pair: Pair) => {
      for (const write of Object.values(WRITES)) await write(store, pair);
    };
    const works = pairs.flatMap((pair) => [
      ...Object.values(READS).map((look) => look(store, pair)),
      writeInTurn(pair),
    ]);
    const conflicts = pairs.map(({ mine, own }) =>
      store.commit(mine, {
        action: "edit",
        now: OPENING,
        edits: [{ id: own, fields: { title: "x" } }],
        expected: new Map([[own, 99]]),
      }),
    );
    await Promise.all([...works, ...conflicts.map(refusalOf)]);
    const looks = await Promise.all(Array.from({ length: 60 }, () => client.query(LOOK, 5000)));
    const found = looks.flat();
    const [connections] = await queryPostgres(
      url,
      "select count(*)::int from pg_stat_activity where usename = 'todo_app' and datname = current_database()",
    );
    expect(new Set(looks.map(([row]) => JSON.stringify(row))).size).toBe(Number(connections?.[0]));
    expect(connections?.[0]).toBeGreaterThan(1);
    expect(found).toEqual(
      found.map(() => ({
        pid: expect.any(Number),
        said: "",
        settings: "enable_hashjoin = on, enable_mergejoin = on, plan_cache_mode = auto",
        seen: 0,
      })),
    );
  });
});
