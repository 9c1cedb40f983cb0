/**
 * The least that a server of these tasks can do: `bun bench/http/floor.ts DATABASE`. It runs the queries of `todo serve`
 * on the same tables, makes the same JSON of the same rows, and writes the same rows on disk (synchronous=FULL), in a
 * transaction for each request. It checks neither tokens nor input, limits nothing and logs nothing; who asks stands in a header.
 */
import { Database } from "bun:sqlite";
import { handleOf } from "../../src/domain/task/handle.ts";
import { readTask } from "../../src/domain/task/read-task.ts";
import { type Fields, type Registers, stampFields } from "../../src/domain/task/registers.ts";
import { toWire } from "../../src/contract/task.ts";

type Row = { readonly id: string; readonly handle: string; readonly revision: number; readonly registers: string };

const [path = ""] = process.argv.slice(2);
const database = new Database(path, { readwrite: true, create: false, strict: true });
database.run("pragma journal_mode = wal");
database.run("pragma synchronous = full");

const node = database.query<{ value: string }, []>("select value from replica where key = 'node'").get()?.value ?? "";
const selectPage = database.query<Row, [string, number]>(`
  select id, handle, revision, registers, created_key as key from tasks
  where user_id = ? and deleted_at is null order by created_key asc, id asc limit ?`);
const selectTask = database.query<Row, [string, string]>(
  "select id, handle, revision, registers from tasks where user_id = ? and id = ?",
);
const moveOn = database.query<{ revision: number }, [string]>(
  "update users set revision = revision + 1, clock = clock + 1 where id = ? returning revision",
);
const insertTask = database.query<null, [string, string, string, number, string]>(
  "insert into tasks (user_id, id, handle, revision, registers) values (?, ?, ?, ?, ?)",
);
const updateTask = database.query<null, [number, string, string, string]>(
  "update tasks set revision = ?, registers = ? where user_id = ? and id = ?",
);
const insertHistory = database.query<null, [string, string, number, string, string, string, string]>(
  "insert into history (user_id, clock, at, command, id, before, after) values (?, ?, ?, ?, ?, ?, ?)",
);

/** A clock has sixteen digits of time and counter. The counter is kept here, so that no two are the same. */
let counter = 0;

function nextClock(now: number): string {
  counter = (counter + 1) % 0x10000;
  return now.toString(16).padStart(12, "0") + counter.toString(16).padStart(4, "0") + node;
}

function decode(row: Row) {
  const registers: Registers = JSON.parse(row.registers);
  return toWire(readTask({ ...row, registers }));
}

function reply(status: number, value: unknown): Response {
  return new Response(JSON.stringify(value), { status, headers: { "content-type": "application/json" } });
}

const create = database.transaction((user: string, fields: Fields) => {
  const now = Date.now();
  const clock = nextClock(now);
  const id = Bun.randomUUIDv7();
  const registers = JSON.stringify(stampFields(fields, clock));
  const row = { id, handle: handleOf(id), revision: moveOn.get(user)?.revision ?? 0, registers };
  insertHistory.run(user, clock, now, "add", id, "{}", registers);
  insertTask.run(user, row.id, row.handle, row.revision, registers);
  return row;
});

const complete = database.transaction((user: string, id: string) => {
  const row = selectTask.get(user, id);
  if (!row) return null;
  const now = Date.now();
  const clock = nextClock(now);
  const { completed_at: before, ...rest }: Registers = JSON.parse(row.registers);
  const isOpen = before === undefined || before.endsWith("null");
  const change = stampFields({ completed_at: isOpen ? new Date(now).toISOString() : null }, clock);
  const changed = {
    ...row,
    revision: moveOn.get(user)?.revision ?? 0,
    registers: JSON.stringify({ ...rest, ...change }),
  };
  const history = JSON.stringify(before === undefined ? {} : { completed_at: before });
  insertHistory.run(user, clock, now, "complete", id, history, JSON.stringify(change));
  updateTask.run(changed.revision, changed.registers, user, id);
  return changed;
});

async function readFields(request: Request): Promise<Fields> {
  const { tags = [], ...fields }: Fields & { readonly tags?: readonly string[] } = JSON.parse(await request.text());
  const tagged = tags.map((tag) => [`tag:${tag}`, true] as const);
  return { ...fields, ...Object.fromEntries(tagged), created_at: new Date().toISOString() };
}

const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  routes: {
    "/api/tasks": {
      GET: (request) => reply(200, selectPage.all(userOf(request), 51).slice(0, 50).map(decode)),
      POST: async (request) => reply(201, decode(create.immediate(userOf(request), await readFields(request)))),
    },
    "/api/tasks/:id": {
      GET: (request) => {
        const row = selectTask.get(userOf(request), request.params.id);
        return row ? reply(200, decode(row)) : reply(404, null);
      },
    },
    "/api/tasks/:id/complete": {
      PATCH: (request) => {
        const row = complete.immediate(userOf(request), request.params.id);
        return row ? reply(200, decode(row)) : reply(404, null);
      },
    },
  },
});
console.log(`Listening on ${server.url.origin}`);

function userOf(request: Request): string {
  return request.headers.get("x-user") ?? "";
}
