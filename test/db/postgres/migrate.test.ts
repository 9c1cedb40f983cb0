import { afterEach, describe, expect, test } from "bun:test";
import type { Migration } from "../../../src/db/migrate.ts";
import { postgresMigrations } from "../../../src/db/postgres/migrations.ts";
import { tickOf } from "../../../src/domain/task/clock.ts";
import { handleOf } from "../../../src/domain/task/handle.ts";
import { stampFields } from "../../../src/domain/task/registers.ts";
import type { Store } from "../../../src/ports/store.ts";
import { createTestUser, newId, OPENING, titleOf } from "../../support/stores/test-user.ts";
import { refusalOf } from "../../support/errors.ts";
import { useMigratingProcesses } from "../../support/children/migrating.ts";
import { useDatabaseServers } from "../../support/postgres/open.ts";
import { photographPostgres, queryPostgres, readThings, stateOf } from "../../support/postgres/query.ts";
import { endSleepers, inOneInstant, untilSessions, whileUncommitted } from "../../support/postgres/sessions.ts";
import { type TestDatabase, usePostgres } from "../../support/postgres/postgres.ts";
import { share } from "../../support/share.ts";
import { STORE_USES } from "../../support/stores/store-uses.ts";

const BREAK = "--> statement-breakpoint";
const NOTE: Migration = {
  name: "9001_note",
  sql: `create table note (text text collate "C" not null);${BREAK}\ninsert into note values ('from 9001')`,
};
const ENERGY: Migration = {
  name: "9002_energy",
  sql: `alter table tasks add column energy text collate "C" generated always as (registers ->> 'energy') stored`,
};
const WHOLE = [...postgresMigrations, NOTE, ENERGY];
const NAMES = names(postgresMigrations);
const USER = "ann";
const CLOCK = "019a9f3c51c80000a1b2c3d4";

const createDatabase = usePostgres();
const open = useDatabaseServers();
const start = useMigratingProcesses();

/** What someone is told whose work is refused. The hints are copied, because Bun's matchers write into what they look at. */
async function refusedWith(work: Promise<unknown>): Promise<{ readonly code: string; readonly hint: string }> {
  const { code, hints } = await refusalOf(work);
  return { code, hint: hints.join("\n") };
}

/** What is refused so, with a hint that has these words in it. */
function refusedAs(code: string, words: string) {
  return { code, hint: expect.stringContaining(words) };
}

function names(migrations: readonly Migration[]): string[] {
  return migrations.map(({ name }) => name);
}

async function migrate(url: string, migrations?: readonly Migration[]): Promise<string[]> {
  const server = await open(url, migrations && { migrations });
  return server.migrate();
}

/** A database as the version left it that had only these migrations. */
async function createOlder(migrations: readonly Migration[]): Promise<TestDatabase> {
  const database = await createDatabase();
  if (migrations.length === 0) return database;
  await queryPostgres(
    database.ownerUrl,
    `create table migrations (name text collate "C" primary key not null, applied_at text not null)`,
    ...migrations.flatMap(({ name, sql }) => [
      ...sql.split(BREAK),
      `insert into migrations values ('${name}', 'then')`,
    ]),
  );
  return database;
}

/** Writes two tasks as every version has, with their log. */
async function fill(url: string): Promise<string[]> {
  const ids = [newId(), newId()];
  await queryPostgres(
    url,
    `insert into users (id, revision, clock) values ('${USER}', 2, ${tickOf(CLOCK)})`,
    ...ids.flatMap((id, place) => {
      const fields = { title: `old ${place}`, created_at: "2026-11-20T09:00:00.000Z", "tag:home": true };
      const registers = JSON.stringify(stampFields(fields, CLOCK));
      return [
        `insert into tasks (user_id, id, handle, revision, registers)
         values ('${USER}', '${id}', '${handleOf(id)}', ${place + 1}, '${registers}')`,
        `insert into history (user_id, clock, at, command, id, before, after)
         values ('${USER}', '${CLOCK}', ${OPENING}, 'add', '${id}', '{}', '${registers}')`,
      ];
    }),
  );
  return ids;
}

async function readFilled({ store }: { readonly store: Store }): Promise<unknown> {
  const { tasks } = await store.find(USER, { where: [{ kind: "tag", tag: "home" }], sort: "created" });
  const [history, last] = await Promise.all([store.history(USER, {}), store.lastChange(USER)]);
  return { tasks: tasks.map(({ id, title, revision }) => ({ id, title, revision })), history, last: last.length };
}

function appliedIn(url: string): Promise<unknown[][]> {
  return queryPostgres(url, "select name from migrations order by applied_at, name");
}

/** Each has looked at the database and waits before the first may go on. */
function migrateAtOnce<Result>(url: string, starts: readonly (() => Promise<Result>)[]): Promise<Result[]> {
  return inOneInstant({ url, statement: "create table migrations ()" }, starts);
}

describe("an empty database", () => {
  test.each([
    ["ownerUrl", { role: "todo_owner", bypassesRowSecurity: false }],
    ["bypassUrl", { role: "todo_bypass", bypassesRowSecurity: true }],
    ["url", { role: "postgres", bypassesRowSecurity: true }],
  ] as const)("gets all migrations, once, with its %s, and says what it is like", async (url, whose) => {
    const database = await createDatabase();
    const server = await open(database[url]);
    const before = { ...whose, applied: [], pending: NAMES, unknown: [], unprotected: [], openSchema: null };
    expect(await server.status()).toEqual(before);
    expect(await server.migrate()).toEqual(NAMES);
    const photo = await photographPostgres(database.url);
    expect(await server.migrate()).toEqual([]);
    expect(await photographPostgres(database.url)).toEqual(photo);
    const after = { ...before, applied: NAMES, pending: [] };
    expect(await server.status()).toEqual(after);
    const app = await open(database.appUrl);
    expect(await app.status()).toEqual({ ...after, role: "todo_app", bypassesRowSecurity: false });
    expect(await createTestUser(app.store).add({ title: "new" })).toHaveLength(1);
  });
});

describe("a database of an older version", () => {
  const readFresh = share(async () => {
    const { url, ownerUrl } = await createDatabase();
    await migrate(ownerUrl, WHOLE);
    return readThings(url);
  });

  test.each(WHOLE.map(({ name }, count): [string, number] => [name, count]))(
    "that has everything before %s gets the rest, keeps every row and ends like a new one",
    async (_, count) => {
      const older = WHOLE.slice(0, count);
      const database = await createOlder(older);
      const ids = count > 0 ? await fill(database.url) : [];
      expect(await migrate(database.ownerUrl, WHOLE)).toEqual(names(WHOLE.slice(count)));
      expect(await readThings(database.url)).toEqual(await readFresh());
      expect(await readFilled(await open(database.appUrl, { migrations: WHOLE }))).toEqual({
        tasks: ids.map((id, place) => ({ id, title: `old ${place}`, revision: place + 1 })),
        history: ids.map((id) => expect.objectContaining({ id, clock: CLOCK, at: OPENING, action: "add", before: {} })),
        last: ids.length,
      });
      expect(await queryPostgres(database.url, "select text from note")).toEqual([["from 9001"]]);
    },
  );

  test("gets a migration that was merged late, after those that follow it", async () => {
    const { ownerUrl } = await createOlder([...postgresMigrations, ENERGY]);
    const server = await open(ownerUrl, { migrations: WHOLE });
    expect(await server.migrate()).toEqual([NOTE.name]);
    expect((await server.status()).pending).toEqual([]);
  });
});

describe("many that migrate one empty database at once", () => {
  test("apply each migration once between them, and none of them fails", async () => {
    const { url, ownerUrl } = await createDatabase();
    const servers = await Promise.all(Array.from({ length: 8 }, () => open(ownerUrl)));
    const applied = await migrateAtOnce(
      url,
      servers.map((server) => server.migrate),
    );
    expect(applied.flat().toSorted()).toEqual(NAMES);
    expect(await appliedIn(url)).toEqual(NAMES.map((name) => [name]));
  });

  test("do so also as processes of their own", async () => {
    const { url, ownerUrl } = await createDatabase();
    const children = [1, 2].map(() => start({ url: ownerUrl, migrations: WHOLE }));
    const outcomes = await migrateAtOnce(
      url,
      children.map((child) => child.outcome),
    );
    expect(outcomes).toEqual([{ applied: expect.anything() }, { applied: expect.anything() }]);
    expect(outcomes.flatMap(({ applied = [] }) => applied).toSorted()).toEqual(names(WHOLE));
    expect(await queryPostgres(url, "select text from note")).toEqual([["from 9001"]]);
  });
});

describe("a migration that fails", () => {
  const half = `create table half (a int unique);${BREAK}\ninsert into half values (1)`;
  const later: Migration = { name: "9003_later", sql: "create table later (a int)" };
  const shareFilled = share(async () => {
    const database = await createOlder([...postgresMigrations, NOTE]);
    await fill(database.url);
    return database;
  });

  test.each([
    ["names a table that isn't there", "insert into nowhere values (1)"],
    ["is no SQL", "creat table x (a int)"],
    ["divides by zero", "select 1 / 0"],
    ["meets a row that must be there once", "insert into half values (1)"],
    ["makes a table that is there", "create table half (a int)"],
  ])("in its third statement, which %s, leaves nothing of itself and of later ones", async (_, third) => {
    const { url, ownerUrl } = await shareFilled();
    const photo = await photographPostgres(url);
    const broken: Migration = { name: "9002_broken", sql: `${half};${BREAK}\n${third}` };
    const { message } = await refusalOf(migrate(ownerUrl, [...postgresMigrations, NOTE, broken, later]));
    expect(message).not.toContain(third);
    expect(await photographPostgres(url)).toEqual(photo);
  });

  test("keeps those that went before it, and the next start goes on from there", async () => {
    const { url, ownerUrl } = await createDatabase();
    const broken: Migration = { name: "9002_broken", sql: `${half};${BREAK}\nselect 1 / 0` };
    await refusalOf(migrate(ownerUrl, [...postgresMigrations, NOTE, broken, later]));
    expect(await appliedIn(url)).toEqual([...NAMES, NOTE.name].map((name) => [name]));
    const mended = [...postgresMigrations, NOTE, { ...broken, sql: half }, later];
    expect(await migrate(ownerUrl, mended)).toEqual([broken.name, later.name]);
  });

  const backfill: Migration = {
    name: "9002_fill",
    sql: `alter table tasks add column size text;${BREAK}\nupdate tasks set size = 'small'`,
  };

  test("because row-level security hides the rows that it would fill says so and changes nothing", async () => {
    const { url, ownerUrl } = await createOlder(postgresMigrations);
    await fill(url);
    const photo = await photographPostgres(url);
    const attempt = migrate(ownerUrl, [...postgresMigrations, backfill]);
    expect((await refusalOf(attempt)).code).toBe("forbidden");
    expect(await photographPostgres(url)).toEqual(photo);
  });

  test("for that reason fills every row where row-level security doesn't bind the role", async () => {
    const { url, bypassUrl } = await createOlder(postgresMigrations);
    await fill(url);
    expect(await migrate(bypassUrl, [...postgresMigrations, backfill])).toEqual([backfill.name]);
    expect(await queryPostgres(url, "select size from tasks")).toEqual([["small"], ["small"]]);
  });
});

describe("a process that is killed in the middle of a migration", () => {
  test("leaves the last whole state, and another can migrate within 5 seconds", async () => {
    const { url, ownerUrl } = await createOlder(postgresMigrations);
    await fill(url);
    const photo = await photographPostgres(url);
    const begun = `create table note (text text);${BREAK}\nselect pg_sleep(30)`;
    const child = start({ url: ownerUrl, migrations: [...postgresMigrations, { name: NOTE.name, sql: begun }] });
    await untilSessions(url, "sleeping", 1);
    await child.kill();
    expect(await photographPostgres(url)).toEqual(photo);
    const waited = Bun.sleep(5000).then(() => "nothing, because the dead process holds the lock");
    const applied = await Promise.race([migrate(ownerUrl, WHOLE), waited]);
    await endSleepers(url);
    expect(applied).toEqual([NOTE.name, ENERGY.name]);
    expect(await queryPostgres(url, "select title from tasks")).toEqual([["old 0"], ["old 1"]]);
  });
});

describe("a process that is killed between the last migration and the rights of the program's role", () => {
  test("leaves them to the next one that migrates", async () => {
    const { url, ownerUrl, appUrl } = await createOlder(postgresMigrations);
    const migrations = [...postgresMigrations, NOTE];
    const gate = { url, statement: "grant references on history to todo_app" };
    await whileUncommitted(gate, async () => {
      const child = start({ url: ownerUrl, migrations });
      await untilSessions(url, "waiting", 1);
      await child.kill();
    });
    await migrate(ownerUrl, migrations);
    const testUser = createTestUser((await open(appUrl, { migrations })).store);
    expect(await testUser.add({ title: "new" })).toHaveLength(1);
  });
});

describe("a database of a newer version", () => {
  test.each([
    ["with all that this version knows", WHOLE],
    ["that lacks a migration of this version", [...postgresMigrations.slice(0, -1), NOTE]],
  ])("%s is not migrated and stays as it is", async (_, migrations) => {
    const { url, ownerUrl } = await createOlder(migrations);
    const photo = await photographPostgres(url);
    const server = await open(ownerUrl);
    expect(await refusedWith(server.migrate())).toEqual(refusedAs("newer_store", "Install the newest version"));
    expect(await photographPostgres(url)).toEqual(photo);
    expect((await server.status()).unknown).toContain(NOTE.name);
  });

  test("is not used for anything and stays as it is", async () => {
    const { url, ownerUrl } = await createOlder(WHOLE);
    const photo = await photographPostgres(url);
    const { store } = await open(ownerUrl);
    for (const [, use] of STORE_USES) {
      expect(await refusedWith(use(store, USER))).toEqual(refusedAs("newer_store", "Install the newest version"));
    }
    expect(await photographPostgres(url)).toEqual(photo);
  });
});

describe("a database of another program", () => {
  const shareDatabase = share(createDatabase);
  afterEach(async () => {
    await queryPostgres((await shareDatabase()).ownerUrl, "drop owned by todo_owner");
  });

  test.each([
    ["a table", "create table tasks (id int primary key, what text)"],
    ["a view", "create view tasks as select 1 as id"],
    ["an index", "create table own (a int); create index history_task on own (a)"],
  ])("with %s of the same name is refused and stays as it is", async (_, statement) => {
    const { url, ownerUrl } = await shareDatabase();
    await queryPostgres(ownerUrl, statement);
    const photo = await photographPostgres(url);
    expect(await refusedWith(migrate(ownerUrl))).toEqual(refusedAs("forbidden", "Give todo a database of its own"));
    expect(await photographPostgres(url)).toEqual(photo);
  });

  test.each([
    ["with columns of its own", "create table migrations (id int primary key, batch int)"],
    [
      "with columns like todo's",
      "create table migrations (name text, applied_at text); insert into migrations values ('Init', 'then')",
    ],
    ["with nothing in it", "create table migrations (id int, name text)"],
    ["with names of its own", "create table migrations (id int, name text); insert into migrations values (1, 'Init')"],
  ])("that has a table of migrations %s is refused as such and stays as it is", async (_, statement) => {
    const { url, ownerUrl } = await shareDatabase();
    await queryPostgres(ownerUrl, statement);
    const photo = await photographPostgres(url);
    expect(await refusedWith(migrate(ownerUrl))).toEqual(refusedAs("forbidden", "Give todo a database of its own"));
    expect(await photographPostgres(url)).toEqual(photo);
  });
});

describe("tables of another program in the same database", () => {
  test("are neither changed nor given to the program's role, also where they have row-level security", async () => {
    const { url, ownerUrl, appUrl } = await createDatabase();
    await queryPostgres(
      url,
      "create table likes (user_id text)",
      "alter table likes enable row level security",
      "create table votes (user_id text)",
      "alter table votes enable row level security",
      "alter table votes owner to todo_owner",
    );
    expect(await migrate(ownerUrl)).toEqual(NAMES);
    for (const table of ["likes", "votes"]) {
      expect([table, await stateOf(appUrl, `select * from ${table}`)]).toEqual([table, "42501"]);
    }
  });
});

describe("a role that may not change the tables", () => {
  test.each([
    ["an empty database", [], false],
    ["an older database", postgresMigrations.slice(0, -1), true],
    ["a database of which it may not even see how old it is", postgresMigrations, false],
  ])("can't migrate %s and is told whose URL to give", async (_, migrations, isReadable) => {
    const { url, ownerUrl, appUrl } = await createOlder(migrations);
    if (isReadable) await queryPostgres(ownerUrl, "grant select on migrations to todo_app");
    const photo = await photographPostgres(url);
    expect(await refusedWith(migrate(appUrl))).toEqual(refusedAs("forbidden", "TODO_MIGRATE_URL"));
    expect(await photographPostgres(url)).toEqual(photo);
  });
});

describe("the store of a database that isn't up to date", () => {
  const refusesAll = async (url: string, store: Store): Promise<void> => {
    const photo = await photographPostgres(url);
    for (const [, use] of STORE_USES) {
      expect(await refusedWith(use(store, USER))).toEqual(refusedAs("unavailable", "todo db migrate"));
    }
    expect(await photographPostgres(url)).toEqual(photo);
  };

  test.each(NAMES.map((name, count): [string, number] => [name, count]))(
    "and has nothing from %s on is refused with what to do, whatever is asked of it",
    async (_, count) => {
      const { url, ownerUrl } = await createOlder(postgresMigrations.slice(0, count));
      await refusesAll(url, (await open(ownerUrl)).store);
    },
  );

  test("and lacks one of the migrations is refused with what to do, whatever is asked of it", async () => {
    const { url, ownerUrl } = await createOlder(postgresMigrations);
    const { store } = await open(ownerUrl);
    for (const name of NAMES) {
      await queryPostgres(url, `delete from migrations where name = '${name}'`);
      await refusesAll(url, store);
      await queryPostgres(url, `insert into migrations values ('${name}', 'then')`);
    }
  });

  test("works without being opened again once someone has migrated", async () => {
    const { ownerUrl, appUrl } = await createDatabase();
    const { store } = await open(appUrl);
    for (const [, use] of STORE_USES) await refusalOf(use(store, USER));
    await migrate(ownerUrl);
    for (const [, use] of STORE_USES) await use(store, USER);
    const testUser = createTestUser(store);
    await testUser.add({ title: "new" });
    expect((await testUser.find([])).map(titleOf)).toEqual(["new"]);
  });

  test("that works goes on while a newer version migrates, and says that it is behind when it is asked", async () => {
    const { ownerUrl } = await createOlder(postgresMigrations);
    const { store } = await open(ownerUrl);
    const testUser = createTestUser(store);
    await testUser.add({ title: "before" });
    await migrate(ownerUrl, WHOLE);
    await testUser.add({ title: "after" });
    expect((await testUser.find([])).map(titleOf)).toEqual(["before", "after"]);
    expect((await refusalOf(store.ping())).code).toBe("newer_store");
  });
});
