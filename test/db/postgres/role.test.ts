import { describe, expect, test } from "bun:test";
import { readPostgresAddress } from "../../../src/db/postgres/address.ts";
import type { PostgresConnection } from "../../../src/db/postgres/connection.ts";
import { createAppRole } from "../../../src/db/postgres/role.ts";
import type { AccountStore } from "../../../src/ports/accounts.ts";
import type { DatabaseServer } from "../../../src/ports/database.ts";
import { stampFields } from "../../../src/domain/task/registers.ts";
import {
  addToken,
  draftAccount,
  draftEvent,
  draftPoll,
  draftRenewal,
  HOUR,
  letIn,
  newHash,
  NOW,
  signIn,
  signUp,
} from "../../support/accounts/drafts.ts";
import { createTestUser, newId, titleOf } from "../../support/stores/test-user.ts";
import { refusalOf } from "../../support/errors.ts";
import { useDatabaseServers } from "../../support/postgres/open.ts";
import { photographPostgres, queryPostgres, stateOf } from "../../support/postgres/query.ts";
import { PASSWORD } from "../../support/postgres/server.ts";
import { startQueryTap } from "../../support/postgres/query-tap.ts";
import { inOneInstant } from "../../support/postgres/sessions.ts";
import { type TestDatabase, useClusters, usePostgres } from "../../support/postgres/postgres.ts";
import { share } from "../../support/share.ts";
import { STORE_USES } from "../../support/stores/store-uses.ts";

const INSUFFICIENT_PRIVILEGE = "42501";
const INVALID_PASSWORD = "28P01";
/** Later than anything that a test user writes. */
const AHEAD = "01ffffffffff0000a1b2c3d4";

const createDatabase = usePostgres();
const startCluster = useClusters();
const open = useDatabaseServers();
/** A server where nobody has made the role of the program. */
const shareCluster = share(() => startCluster());

async function createMigrated(): Promise<TestDatabase> {
  const database = await createDatabase();
  await (await open(database.ownerUrl)).migrate();
  return database;
}

/** A database that each test leaves as it found it. */
const shareMigrated = share(createMigrated);

/** The tables that have rows of users or accounts, by their names, and the name of their policies. */
const GUARDED = [
  ["accounts", "own_rows_or_nobody"],
  ["api_tokens", "own_rows_or_nobody"],
  ["auth_events", "own_rows_or_nobody"],
  ["device_codes", "own_rows_or_nobody"],
  ["heads", "own_rows"],
  ["history", "own_rows"],
  ["invites", "own_rows_or_nobody"],
  ["sessions", "own_rows_or_nobody"],
  ["tasks", "own_rows"],
  ["users", "own_rows"],
] as const;

/** Everything that the store can do, once, and an account with something of everything. */
async function workWith({ store, accounts }: Pick<DatabaseServer, "store" | "accounts">): Promise<void> {
  await workWithAccounts(accounts);
  const testUser = createTestUser(store);
  await store.ensureUser(testUser.user);
  const [task] = await testUser.add({ title: "Buy milk" });
  const expected = new Map([[task.id, task.revision]]);
  await testUser.commit([{ id: task.id, fields: { title: "Buy oat milk" } }], { expected });
  await store.merge(testUser.user, [{ id: newId(), registers: stampFields({ title: "Pay rent" }, AHEAD) }]);
  expect((await testUser.find([])).map(titleOf).toSorted()).toEqual(["Buy oat milk", "Pay rent"]);
  expect(await store.history(testUser.user, {})).toHaveLength(2);
  for (const [, use] of STORE_USES) await use(store, testUser.user);
}

async function workWithAccounts(accounts: AccountStore): Promise<void> {
  const hash = newHash();
  await accounts.createInvite({ hash, createdAt: NOW, expiresAt: NOW + HOUR });
  const account = draftAccount();
  await accounts.createAccount(account, { kind: "invite", hash });
  const session = await signIn(accounts, account);
  expect(await accounts.renewSession(draftRenewal(session))).toMatchObject({ previous: session.token });
  const token = await addToken(accounts, account);
  expect(await accounts.findToken(token.hash, NOW)).not.toBeNull();
  const request = await letIn(accounts, account);
  expect(await accounts.pollDeviceRequest(request.hash, draftPoll(NOW))).toMatchObject({
    session: { account: account.id },
  });
  await accounts.addEvent(draftEvent(account.id));
  expect(await accounts.listEvents(account.id, { now: NOW, limit: 10 })).toHaveLength(1);
  await accounts.deleteAccount(account.id);
  expect(await accounts.findAccount({ id: account.id })).toBeNull();
}

/** A store that requires row-level security says so whatever is asked of it, with that hint, and changes nothing. */
async function refusesAll(url: string, storeUrl: string, hint: string): Promise<void> {
  const photo = await photographPostgres(url);
  const { store, accounts } = await open(storeUrl, { requireRowSecurity: true });
  const uses = STORE_USES.map(([name, use]) => [name, () => use(store, "ann")] as const);
  const accountUses = [
    ["hadAccounts", () => accounts.hadAccounts()],
    ["createAccount", () => signUp(accounts)],
    ["deleteAccount", () => accounts.deleteAccount("ann")],
  ] as const;
  for (const [name, use] of [...uses, ...accountUses]) {
    const { code, hints } = await refusalOf(use());
    expect([name, code, hints.join()]).toEqual([name, "unavailable", expect.stringContaining(hint)]);
  }
  expect(await photographPostgres(url)).toEqual(photo);
}

describe("a database that is new", () => {
  test("has enabled and forced row-level security with a policy on every table that has rows of anybody", async () => {
    const { url } = await shareMigrated();
    const tables = await queryPostgres(
      url,
      `select table_name, relrowsecurity, relforcerowsecurity,
         (select string_agg(policyname, ', ') from pg_policies where schemaname = 'public' and tablename = table_name)
       from information_schema.tables join pg_class on oid = format('public.%I', table_name)::regclass
       where table_schema = 'public' and table_name not in ('migrations', 'replica')
       order by table_name`,
    );
    expect(tables).toEqual(GUARDED.map(([name, policy]) => [name, true, true, policy]));
  });

  // When a migration was applied is only ever shown.
  test("compares all its texts by their bytes, in tables and in indexes, whatever its own language is", async () => {
    const { url } = await shareMigrated();
    const columns = await queryPostgres(
      url,
      `select table_name, column_name, collation_name from information_schema.columns
       where table_schema = 'public' and (collation_name is not null or data_type in ('text', 'character varying', 'character'))
         and (table_name, column_name) <> ('migrations', 'applied_at')`,
    );
    expect(columns.map(([table, column]) => [table, column].join("."))).toEqual(
      expect.arrayContaining([
        "tasks.id",
        "tasks.user_id",
        "tasks.title",
        "tasks.due_key",
        "history.clock",
        "users.id",
      ]),
    );
    expect(columns).toEqual(columns.map(([table, column]) => [table, column, "C"]));
    const indexes = await queryPostgres(
      url,
      `select indexrelid::regclass::text, collation_oid::regcollation::text
       from pg_index cross join unnest(indcollation) collation_oid
       where collation_oid <> 0 and indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)`,
    );
    expect(indexes).not.toEqual([]);
    expect(indexes).toEqual(indexes.map(([name]) => [name, '"C"']));
    expect(await queryPostgres(url, "select 'aa' > 'z'")).toEqual([[true]]);
  });
});

describe("the status of a database", () => {
  test.each([
    [
      "has none",
      (table: string) => `alter table ${table} disable row level security`,
      (table: string) => `alter table ${table} enable row level security`,
    ],
    [
      "doesn't force it",
      (table: string) => `alter table ${table} no force row level security`,
      (table: string) => `alter table ${table} force row level security`,
    ],
    [
      "has no policy",
      (table: string, policy: string) => `drop policy ${policy} on ${table}`,
      (table: string, policy: string) => `create policy ${policy} on ${table} using (true)`,
    ],
  ])(
    "names each table as not protected by row-level security that %s, and no store that requires it works",
    async (_, lay, mend) => {
      const { url, ownerUrl, appUrl } = await createMigrated();
      const server = await open(ownerUrl);
      const { store } = await open(appUrl, { requireRowSecurity: true });
      for (const [table, policy] of GUARDED) {
        await store.ping();
        await queryPostgres(ownerUrl, lay(table, policy));
        expect((await server.status()).unprotected).toEqual([table]);
        expect([table, (await refusalOf(store.ping())).message]).toEqual([table, expect.stringContaining(table)]);
        await queryPostgres(ownerUrl, mend(table, policy));
      }
      await queryPostgres(ownerUrl, ...GUARDED.map(([table, policy]) => lay(table, policy)));
      expect((await server.status()).unprotected).toEqual(GUARDED.map(([table]) => table));
      await refusesAll(url, appUrl, "todo db status");
    },
  );

  test("names also a table of someone else that has rows of users, and none that hasn't", async () => {
    const { ownerUrl } = await createDatabase();
    await queryPostgres(ownerUrl, "create table likes (user_id text, id text)", "create table colours (name text)");
    expect((await (await open(ownerUrl)).status()).unprotected).toEqual(["likes"]);
  });

  test("names them also in a schema whose name has capital letters", async () => {
    const { ownerUrl, appUrl } = await createDatabase();
    const inSchema = (url: string) => `${url}?options=${encodeURIComponent('-csearch_path="MyTasks"')}`;
    await queryPostgres(ownerUrl, 'create schema "MyTasks"');
    const server = await open(inSchema(ownerUrl));
    await server.migrate();
    await workWith(await open(inSchema(appUrl)));
    expect((await server.status()).unprotected).toEqual([]);
    await queryPostgres(ownerUrl, 'alter table "MyTasks".tasks disable row level security');
    expect((await server.status()).unprotected).toEqual(["tasks"]);
  });
});

type Untouched = { readonly url: string; readonly ownerUrl: string; readonly roleUrl: (role: string) => string };

describe("making the role of the program", () => {
  /** A database on a server where that role isn't there, neither before nor afterwards. */
  const onUntouched = async (work: (database: Untouched) => Promise<void>): Promise<void> => {
    const { urlOf } = await shareCluster();
    const name = `untouched_${crypto.randomUUID().slice(0, 8)}`;
    const url = urlOf("postgres", name);
    const admin = urlOf("postgres", "postgres");
    await queryPostgres(
      admin,
      `create role ${name} login createrole password '${PASSWORD}'`,
      `create database ${name} owner ${name} template template0`,
    );
    try {
      await work({ url, ownerUrl: urlOf(name, name), roleUrl: (role) => urlOf(role, name) });
    } finally {
      await queryPostgres(admin, `drop database ${name} with (force)`, "drop role if exists todo_app");
    }
  };

  /** One more database of the same owner. */
  const onDatabaseOf = async ({ url, ownerUrl }: Untouched, work: (url: string) => Promise<void>): Promise<void> => {
    const second = new URL(ownerUrl);
    second.pathname += "_second";
    const name = second.pathname.slice(1);
    await queryPostgres(url, `create database ${name} owner ${second.username} template template0`);
    try {
      await work(second.href);
    } finally {
      await queryPostgres(url, `drop database ${name} with (force)`);
    }
  };

  const createRole = async (url: string): Promise<string> => {
    const made = await (await open(url)).createRole();
    if (made === null) throw new Error("the role was there already");
    return made;
  };

  test("answers a URL with which everything works, also where row-level security is required", () =>
    onUntouched(async ({ ownerUrl }) => {
      const url = `${ownerUrl}?options=-cstatement_timeout%3D54321`;
      await (await open(url)).migrate();
      const made = await createRole(url);
      expect(made.replace(/todo_app:\w+@/, "")).toBe(url.replace(/\w+:\w+@/, ""));
      expect(new URL(made).password.length).toBeGreaterThanOrEqual(32);
      const server = await open(made, { requireRowSecurity: true });
      await workWith(server);
      expect(await server.status()).toMatchObject({ role: "todo_app", bypassesRowSecurity: false, pending: [] });
    }));

  test("sends no password, but what PostgreSQL keeps of it, also to a server that would keep less", () =>
    onUntouched(async ({ url, ownerUrl }) => {
      await (await open(ownerUrl)).migrate();
      await queryPostgres(url, `alter role ${new URL(ownerUrl).username} set password_encryption = 'md5'`);
      const tap = await startQueryTap(Number(new URL(ownerUrl).port));
      try {
        const tapped = new URL(ownerUrl);
        tapped.port = String(tap.port);
        const made = await createRole(tapped.href);
        const [[verifier] = []] = await queryPostgres(
          url,
          "select rolpassword from pg_authid where rolname = 'todo_app'",
        );
        expect(verifier).toMatch(/^SCRAM-SHA-256\$4096:[\w+/]{22}==\$[\w+/]{43}=:[\w+/]{43}=$/);
        expect(tap.count(`create role todo_app login password '${String(verifier)}'`)).toBe(1);
        expect(tap.count(new URL(made).password)).toBe(0);
        expect(await queryPostgres(made, "select current_user")).toEqual([["todo_app"]]);
        const wrong = new URL(made);
        wrong.password = wrong.password.slice(0, -1);
        expect(await stateOf(wrong.href, "select 1")).toBe(INVALID_PASSWORD);
      } finally {
        tap.stop();
      }
    }));

  test("sends Neon the password, which keeps that itself and takes nothing else", async () => {
    const sent: string[] = [];
    const connection: PostgresConnection = {
      query: () => Promise.reject(new Error("nothing is asked")),
      transaction: async (statements) => {
        sent.push(...statements.map(({ text }) => text));
        return [];
      },
      close: () => Promise.resolve(),
    };
    const address = readPostgresAddress("postgres://owner:secret@ep-1.eu-central-1.aws.neon.tech/todo", {});
    const made = new URL((await createAppRole(connection, address)) ?? "");
    expect(sent).toContain(`create role todo_app login password '${made.password}'`);
  });

  test("says what to do where a server takes nothing but passwords", async () => {
    const connection: PostgresConnection = {
      query: () => Promise.reject(new Error("nothing is asked")),
      transaction: (_, options) => Promise.reject(options?.refusals?.["XX000"]?.()),
      close: () => Promise.resolve(),
    };
    const address = readPostgresAddress("postgres://owner:secret@db.example.com/todo", {});
    const { code, hints } = await refusalOf(createAppRole(connection, address));
    expect([code, hints.join()]).toEqual([
      "unavailable",
      expect.stringContaining("create role todo_app login password"),
    ]);
  });

  test("names a schema in which every role may create things, as in a database of PostgreSQL 14", () =>
    onUntouched(async ({ url, ownerUrl }) => {
      const server = await open(ownerUrl);
      await server.migrate();
      expect((await server.status()).openSchema).toBeNull();
      await queryPostgres(url, "grant create on schema public to public");
      expect((await server.status()).openSchema).toBe("public");
      const made = await createRole(ownerUrl);
      await queryPostgres(made, "create table trap (a int)");
      await queryPostgres(url, "revoke create on schema public from public");
      expect((await (await open(made)).status()).openSchema).toBeNull();
      expect(await stateOf(made, "create table another_trap (a int)")).toBe(INSUFFICIENT_PRIVILEGE);
      await queryPostgres(url, "drop table trap");
    }));

  test("answers nothing the second time, and renews the rights that someone has taken away", () =>
    onUntouched(async ({ ownerUrl }) => {
      await (await open(ownerUrl)).migrate();
      const made = await createRole(ownerUrl);
      await queryPostgres(
        ownerUrl,
        "revoke all on all tables in schema public from todo_app",
        "revoke all on schema public from todo_app, public",
      );
      const server = await open(made);
      expect((await refusalOf(server.store.ensureUser("ann"))).code).toBe("unavailable");
      expect((await refusalOf(server.accounts.hadAccounts())).code).toBe("unavailable");
      expect(await (await open(ownerUrl)).createRole()).toBeNull();
      await workWith(server);
    }));

  test("gives no rights on a table that row-level security does not protect", () =>
    onUntouched(async ({ ownerUrl }) => {
      await (await open(ownerUrl)).migrate();
      await queryPostgres(ownerUrl, ...GUARDED.map(([table]) => `alter table ${table} disable row level security`));
      const made = await createRole(ownerUrl);
      for (const [table] of GUARDED) {
        expect([table, await stateOf(made, `select * from ${table}`)]).toEqual([table, INSUFFICIENT_PRIVILEGE]);
      }
    }));

  test("gives the rights on a second database to the role that the first one has brought", () =>
    onUntouched(async (first) => {
      await (await open(first.ownerUrl)).migrate();
      const made = new URL(await createRole(first.ownerUrl));
      await onDatabaseOf(first, async (second) => {
        expect(await (await open(second)).migrate()).not.toEqual([]);
        expect(await (await open(second)).createRole()).toBeNull();
        made.pathname = new URL(second).pathname;
        await workWith(await open(made.href));
      });
    }));

  test("is refused before the tables are there, and leaves no role whose password nobody knows", () =>
    onUntouched(async ({ ownerUrl }) => {
      const server = await open(ownerUrl);
      expect((await refusalOf(server.createRole())).code).toBe("unavailable");
      await server.migrate();
      await workWith(await open(await createRole(ownerUrl)));
    }));

  test("by two at once makes it once, and both go well", () =>
    onUntouched(async ({ url, ownerUrl }) => {
      const servers = [await open(ownerUrl), await open(ownerUrl)];
      await servers[0]?.migrate();
      const made = await inOneInstant(
        { url, statement: "create role todo_app" },
        servers.map((server) => server.createRole),
      );
      expect(made.filter((answer) => answer !== null)).toHaveLength(1);
    }));

  test("by two at once, each in a database of its own, makes it once, and both go well", () =>
    onUntouched((first) =>
      onDatabaseOf(first, async (second) => {
        const servers = [await open(first.ownerUrl), await open(second)];
        for (const server of servers) await server.migrate();
        const made = await inOneInstant(
          { url: first.url, statement: "create role todo_app", state: "waitingAnywhere" },
          servers.map((server) => server.createRole),
        );
        expect(made.filter((answer) => answer !== null)).toHaveLength(1);
      }),
    ));

  test("is forbidden to a role that may not make roles, which is told what to do", () =>
    onUntouched(async ({ url, ownerUrl }) => {
      await (await open(ownerUrl)).migrate();
      await queryPostgres(url, `alter role ${new URL(ownerUrl).username} nocreaterole`);
      const { code, hints } = await refusalOf((await open(ownerUrl)).createRole());
      expect([code, hints.join()]).toEqual(["forbidden", expect.stringContaining("TODO_MIGRATE_URL")]);
      expect(await queryPostgres(url, "select 1 from pg_roles where rolname = 'todo_app'")).toEqual([]);
    }));

  test("makes one that can change rows and nothing else", () =>
    onUntouched(async ({ url, ownerUrl }) => {
      await (await open(ownerUrl)).migrate();
      const made = await createRole(ownerUrl);
      await workWith(await open(made));
      const owner = new URL(ownerUrl).username;
      const photo = await photographPostgres(url);
      const statements = [
        "create table mine (a int)",
        "create view mine as select * from tasks",
        "create function mine() returns int language sql as 'select 1'",
        "create schema mine",
        "create database mine",
        "create index mine on tasks (title)",
        "drop table tasks",
        "drop table migrations",
        "truncate tasks",
        "alter table tasks add column mine text",
        `alter table tasks owner to todo_app`,
        "set row_security = off; select * from tasks",
        `set role ${owner}`,
        "set role postgres",
        `set session authorization ${owner}`,
        `grant ${owner} to todo_app`,
        "create role mine",
        "alter role todo_app bypassrls",
        "alter role todo_app superuser",
        `alter role ${owner} password 'mine'`,
        "select * from pg_authid",
        "select pg_read_file('PG_VERSION')",
        "copy tasks to program 'cat'",
        "insert into migrations values ('9999_mine', 'now')",
        "delete from migrations",
        "drop table accounts",
        "truncate sessions",
        "alter table api_tokens add column mine text",
        "create index mine on device_codes (device)",
        ...GUARDED.flatMap(([table, policy]) => [
          `alter table ${table} disable row level security`,
          `alter table ${table} no force row level security`,
          `alter policy ${policy} on ${table} using (true)`,
          `drop policy ${policy} on ${table}`,
          `create policy mine on ${table} using (true)`,
        ]),
        "update replica set value = 'mine'",
        "alter system set log_statement = 'all'",
      ];
      for (const statement of statements) {
        expect([statement, await stateOf(made, ...statement.split("; "))]).toEqual([statement, INSUFFICIENT_PRIVILEGE]);
      }
      expect(await photographPostgres(url)).toEqual(photo);
    }));
});

describe("a store that requires row-level security", () => {
  test.each(["url", "bypassUrl"] as const)("refuses whatever is asked of it with the %s", async (role) => {
    const database = await shareMigrated();
    await refusesAll(database.url, database[role], "todo db migrate --create-role");
  });

  test("refuses a superuser also where that role has no other right to bypass it", async () => {
    const { urlOf } = await shareCluster();
    const admin = urlOf("postgres", "postgres");
    await queryPostgres(admin, `create role boss login superuser nobypassrls password '${PASSWORD}'`);
    await (await open(admin)).migrate();
    const server = await open(urlOf("boss", "postgres"), { requireRowSecurity: true });
    expect((await refusalOf(server.store.ping())).code).toBe("unavailable");
    expect(await server.status()).toMatchObject({ role: "boss", bypassesRowSecurity: true });
  });

  test.each(["appUrl", "ownerUrl"] as const)("does whatever is asked of it with the %s", async (role) => {
    const database = await shareMigrated();
    await workWith(await open(database[role], { requireRowSecurity: true }));
  });

  test("is the only one that refuses", async () => {
    const { url, bypassUrl } = await shareMigrated();
    await workWith(await open(url));
    await workWith(await open(bypassUrl));
  });
});
