import { neon as connectNeon, NeonDbError, neonConfig } from "@neondatabase/serverless";
import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import { at, only } from "../../support/stores/test-user.ts";
import { type Neon, useNeon } from "../../support/postgres/neon.ts";
import { type TestDatabase, usePostgres } from "../../support/postgres/postgres.ts";
import { eventually } from "../../support/server/server.ts";
import { startTcpProxy } from "../../support/server/tcp-proxy.ts";

// The stand-in is what all tests of Neon believe. Here Neon's own driver is the judge of it.

const createDatabase = usePostgres();
const startNeon = useNeon();
const { fetchEndpoint } = neonConfig;
let database: TestDatabase;
let usual: Neon;
let neon: Neon;

beforeAll(async () => {
  database = await createDatabase();
  neonConfig.fetchEndpoint = () => neon.endpoint;
  neon = usual = startNeon({ port: database.port });
  await connect().query("create table notes (id int primary key, text text not null)");
});
beforeEach(async () => {
  neon = usual;
  neon.intercept = undefined;
  await connect().query("truncate notes cascade");
  neon.clear();
});
afterAll(() => {
  neonConfig.fetchEndpoint = fetchEndpoint;
});

/** The host is that of a real Neon: the stand-in must not go there. */
function connect(url = database.ownerUrl) {
  const { username, password, pathname } = new URL(url);
  return connectNeon(`postgresql://${username}:${password}@ep-late-fog-1.eu-central-1.aws.neon.tech${pathname}`);
}

async function catchError(work: Promise<unknown>): Promise<NeonDbError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof NeonDbError) return error;
  throw new Error(`an error of the driver was expected: ${Bun.inspect(error)}`);
}

test("a statement answers its rows, with fields, command and count", async () => {
  const sql = connect();
  expect(await sql`select 1 as one, 'a' as letter`).toEqual([{ one: 1, letter: "a" }]);
  const inserted = await sql.query("insert into notes values (1, 'x'), (2, 'y') returning id", [], {
    fullResults: true,
  });
  expect(inserted).toMatchObject({ command: "INSERT", rowCount: 2, rows: [{ id: 1 }, { id: 2 }] });
  expect(inserted.fields).toEqual([
    {
      name: "id",
      dataTypeID: 23,
      tableID: expect.any(Number),
      columnID: 1,
      dataTypeSize: 4,
      dataTypeModifier: -1,
      format: "text",
    },
  ]);
  const made = await sql.query("create table empty ()", [], { fullResults: true });
  expect(made).toMatchObject({ command: "CREATE", rowCount: null, rows: [], fields: [] });
});

test("values come as PostgreSQL writes them and are read by their types", async () => {
  const query = `select 9007199254740993::int8 as big, '{"b": [1, null]}'::jsonb as json, true as yes,
    null::text as nothing, 1.50::numeric as exact, 'NaN'::float8 as none, E'\\\\xff00'::bytea as bytes, 'å€😀' as text`;
  expect(await connect().query(query)).toEqual([
    {
      big: "9007199254740993",
      json: { b: [1, null] },
      yes: true,
      nothing: null,
      exact: "1.50",
      none: Number.NaN,
      bytes: Buffer.from([255, 0]),
      text: "å€😀",
    },
  ]);
  const raw = await fetch(neon.endpoint, {
    method: "POST",
    headers: {
      "Neon-Connection-String": database.ownerUrl,
      "Neon-Raw-Text-Output": "true",
      "Neon-Array-Mode": "true",
    },
    body: JSON.stringify({ query: "select true, 1.50, null, '2026-11-20 09:00+01'::timestamptz" }),
  });
  expect(await raw.json()).toMatchObject({ rows: [["t", "1.50", null, "2026-11-20 08:00:00+00"]], rowAsArray: true });
});

test("parameters arrive whatever they are", async () => {
  const sql = connect();
  const values = {
    text: `it's "ü"; --`,
    number: 1.5,
    yes: false,
    nothing: null,
    list: ["a,b", null],
    json: { a: ["\\"] },
  };
  const { text, number, yes, nothing, list, json } = values;
  const query = sql`select ${text}::text as text, ${number}::float8 as number, ${yes}::bool as yes,
    ${nothing}::text as nothing, ${list}::text[] as list, ${json}::jsonb as json`;
  expect(await query).toEqual([values]);
});

test("rows are objects, or arrays where they are asked for", async () => {
  const sql = connect();
  const query = "select 1 as same, null as same";
  expect(await sql.query(query)).toEqual([{ same: null }]);
  expect(await sql.query(query, [], { arrayMode: true })).toEqual([[1, null]]);
});

test("a batch answers the rows of each of its statements", async () => {
  const sql = connect();
  const batch = [sql`select 1 as one`, sql`select where false`, sql`insert into notes values (1, ${"x"})`];
  expect(await sql.transaction(batch)).toEqual([[{ one: 1 }], [], []]);
  expect(await sql.transaction([])).toEqual([]);
  const full = await sql.transaction([sql`select id from notes`], { arrayMode: true, fullResults: true });
  expect(full).toMatchObject([{ rows: [[1]], command: "SELECT", rowCount: 1, rowAsArray: true }]);
});

test("the statements of a batch share a transaction, and each request has its own", async () => {
  const sql = connect();
  const ask = () => sql`select pg_current_xact_id()::text as id, current_setting('todo.user', true) as name`;
  const shared = await sql.transaction([ask(), sql`select set_config('todo.user', 'ann', true)`, ask()]);
  const [before, after] = [only(at(shared, 0)), only(at(shared, 2))];
  expect(after).toEqual({ id: before["id"], name: "ann" });
  const next = only(only(await sql.transaction([ask()])));
  expect(next["id"]).not.toBe(before["id"]);
  expect(next["name"]).toBe("");
});

test("an error says what the server said", async () => {
  const sql = connect();
  await sql`insert into notes values (1, 'x')`;
  expect(await catchError(sql`insert into notes values (1, 'y')`)).toMatchObject({
    message: 'duplicate key value violates unique constraint "notes_pkey"',
    code: "23505",
    severity: "ERROR",
    detail: "Key (id)=(1) already exists.",
    schema: "public",
    table: "notes",
    constraint: "notes_pkey",
  });
  expect(await catchError(sql`select 1 from nowhere`)).toMatchObject({ code: "42P01", position: "15" });
  expect(await catchError(sql.query("select 1; select 2"))).toMatchObject({ code: "42601" });
});

test("a batch with an error leaves nothing behind", async () => {
  const sql = connect();
  const batch = [sql`insert into notes values (1, 'x')`, sql`select 1 / 0`, sql`insert into notes values (2, 'y')`];
  expect(await catchError(sql.transaction(batch))).toMatchObject({ code: "22012" });
  expect(await sql`select id from notes`).toEqual([]);
});

test("a batch whose commit fails leaves nothing behind and says why", async () => {
  const sql = connect();
  await sql`create table replies (id int references notes deferrable initially deferred)`;
  expect(await catchError(sql.transaction([sql`insert into replies values (1)`]))).toMatchObject({ code: "23503" });
  expect(await sql`select id from replies`).toEqual([]);
});

test.each([
  ["ReadUncommitted", "read uncommitted"],
  ["ReadCommitted", "read committed"],
  ["RepeatableRead", "repeatable read"],
  ["Serializable", "serializable"],
] as const)("a batch runs with the isolation level %s", async (isolationLevel, name) => {
  const sql = connect();
  const query = sql`select current_setting('transaction_isolation') as level`;
  expect(await sql.transaction([query], { isolationLevel })).toEqual([[{ level: name }]]);
});

test("a batch is read-only and deferrable where it is to be", async () => {
  const sql = connect();
  const ask = () => sql`select current_setting('transaction_read_only') as reads,
    current_setting('transaction_deferrable') as waits`;
  expect(await sql.transaction([ask()])).toEqual([[{ reads: "off", waits: "off" }]]);
  const options = { isolationLevel: "Serializable", readOnly: true, deferrable: true } as const;
  expect(await sql.transaction([ask()], options)).toEqual([[{ reads: "on", waits: "on" }]]);
  const write = sql.transaction([sql`insert into notes values (1, 'x')`], { readOnly: true });
  expect(await catchError(write)).toMatchObject({ code: "25006" });
});

test("every role is who it says, and a wrong password or database is refused", async () => {
  const roles = [database.url, database.ownerUrl, database.appUrl, database.bypassUrl];
  const names = await Promise.all(roles.map((url) => connect(url)`select current_user as name`));
  expect(names.flat().map((row) => row["name"])).toEqual(["postgres", "todo_owner", "todo_app", "todo_bypass"]);
  const wrong = connect(database.ownerUrl.replace(":secret@", ":wrong@"));
  expect(await catchError(wrong`select 1`)).toMatchObject({
    message: 'password authentication failed for user "todo_owner"',
    code: "",
  });
  const nowhere = connect(`${database.ownerUrl}x`);
  expect((await catchError(nowhere`select 1`)).message).toContain("Server error (HTTP status 500)");
});

test("a connection that breaks under a statement is an error without a code, and the next one works", async () => {
  const proxy = await startTcpProxy({ target: database.port });
  neon = startNeon({ port: proxy.port });
  const sql = connect();
  await sql`select 1`;
  const lost = catchError(sql`select pg_sleep(60)`);
  await eventually("it runs", () => neon.requests.length === 2);
  proxy.cut();
  expect(await lost).toMatchObject({ message: "connection closed", code: "" });
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  proxy.refuse();
  proxy.cut();
  expect((await catchError(sql`select 1`)).message).toContain("Server error (HTTP status 500)");
  await proxy.listen();
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  proxy.stop();
});

test("a server that ends says so", async () => {
  const sql = connect();
  const end = () => sql`select pg_terminate_backend(pg_backend_pid())`;
  expect(await catchError(end())).toMatchObject({ code: "57P01", severity: "FATAL" });
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  expect(await catchError(sql.transaction([end()]))).toMatchObject({ code: "57P01", severity: "FATAL" });
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
});

test("a transaction that a statement leaves open takes no other request into it", async () => {
  const sql = connect();
  await sql`begin`;
  await sql`insert into notes values (1, 'x')`;
  expect(await connect(database.bypassUrl)`select id from notes`).toEqual([{ id: 1 }]);
});

test("every request is counted with what it asks for, until it is cleared", async () => {
  const sql = connect();
  await sql`select ${1}::int`;
  await sql.transaction([sql`select 1`, sql`select 2`], { readOnly: true });
  const seen = neon.requests.map(({ queries, batch, headers }) => [
    queries,
    batch,
    headers.get("neon-batch-read-only"),
  ]);
  expect(seen).toEqual([
    [["select $1::int"], false, null],
    [["select 1", "select 2"], true, "true"],
  ]);
  neon.clear();
  expect(neon.requests).toEqual([]);
});

test("a test can answer in its place, or lose the answer to what was done", async () => {
  const sql = connect();
  neon.intercept = () => new Response("down for a minute", { status: 503 });
  expect((await catchError(sql`select 1`)).message).toBe("Server error (HTTP status 503): down for a minute");
  neon.intercept = async (_, answer) => {
    await answer();
    return new Response("lost", { status: 502 });
  };
  await catchError(sql`insert into notes values (1, 'x')`);
  neon.intercept = (body) => (body.includes("insert") ? new Response("no", { status: 500 }) : undefined);
  expect(await sql`select id from notes`).toEqual([{ id: 1 }]);
});
