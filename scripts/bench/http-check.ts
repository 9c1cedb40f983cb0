import { Database } from "bun:sqlite";
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { stopChildren } from "./http-children.ts";
import { OPERATIONS, type Sample } from "./http-sample.ts";
import { type Service, type ServiceOptions, startService } from "./http-service.ts";

/** What two servers make by themselves and so differs. */
const OWN = new Set(["id", "handle", "clock", "at", "created_at", "updated_at", "completed_at"]);

/** Throws unless both sides answer the same to a request of each kind and leave the same rows behind. Anything else is no comparison. */
export async function checkSides(sample: Sample, options: ServiceOptions): Promise<void> {
  const [todo, floor] = await Promise.all([startService("todo", options), startService("floor", options)]);
  for (const operation of OPERATIONS) {
    const lines = readFileSync(sample.requests[operation], "utf8").split("\n").slice(0, 5);
    for (const line of lines) {
      const isRead = operation === "list of 50" || operation === "get one";
      const [one, other] = await Promise.all([send(todo, line), send(floor, line)]);
      expectSame(operation, isRead ? one : withoutOwn(one), isRead ? other : withoutOwn(other));
    }
  }
  await stopChildren();
  const [mine, theirs] = [readRows(todo), readRows(floor)];
  for (const table of Object.keys(mine)) expectSame(table, mine[table], theirs[table]);
}

async function send({ url }: Service, line: string): Promise<{ status: number; body: unknown }> {
  const [method = "", path = "", token = "", user = "", body = ""] = line.split("\t");
  const headers = {
    authorization: `Bearer ${token}`,
    "x-user": user,
    ...(body && { "content-type": "application/json" }),
  };
  const response = await fetch(url + path, { method, headers, ...(body && { body }) });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return { status: response.status, body: await response.json() };
}

/** All rows that were written since the sample was made, without what each side makes by itself. */
function readRows({ database }: Service): Record<string, unknown> {
  const raw = new Database(database, { readonly: true });
  const rows = (sql: string) => raw.query<Record<string, unknown>, []>(sql).all().map(withoutClocks);
  const tables = {
    users: rows("select id, revision from users order by id"),
    tasks: rows("select user_id, revision, registers from tasks order by user_id, revision"),
    history: rows(
      "select user_id, command, before, after, undoes from history where command <> 'import' order by rowid",
    ),
  };
  raw.close(true);
  return tables;
}

/** Registers of JSON as the values that they hold. */
function withoutClocks(row: Record<string, unknown>): unknown {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (!["registers", "before", "after"].includes(name) || typeof value !== "string") return [name, value];
      const registers: Record<string, string> = JSON.parse(value);
      return [
        name,
        withoutOwn(Object.fromEntries(Object.entries(registers).map(([key, text]) => [key, text.slice(24)]))),
      ];
    }),
  );
}

function withoutOwn(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, member: unknown) => (OWN.has(key) && typeof member === "string" ? "own" : member)),
  );
}

function expectSame(what: string, mine: unknown, theirs: unknown): void {
  if (isDeepStrictEqual(mine, theirs)) return;
  throw new Error(`${what}: the floor does something else\n${Bun.inspect(mine)}\n${Bun.inspect(theirs)}`);
}
