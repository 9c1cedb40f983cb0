import { expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import { columns, type Row, select } from "../../src/db/columns.ts";
import type { TaskTables } from "../../src/db/tables/tasks.ts";
import { createWriter } from "../../src/db/statement.ts";

const write = createWriter({ pick: ({ sqlite }) => sqlite, mark: () => "?" });
const TASK = columns<TaskTables["tasks"]>()("id", "due_date", "revision");

test("columns of a table are read under their own names", () => {
  const { text, params } = write(select(TASK, sql`from tasks where id = ${"x"}`));
  expect(text).toBe("select id, due_date, revision from tasks where id = ?");
  expect(params).toEqual(["x"]);
});

test("columns of a table that has a name in the statement are read from that", () => {
  const { text } = write(select(columns<TaskTables["tasks"]>("t")("id", "handle"), sql`from tasks t`));
  expect(text).toBe("select t.id, t.handle from tasks t");
});

test("a row has what its columns may hold, and a column that is not there does not compile", () => {
  const row: Row<typeof TASK> = { id: "x", due_date: null, revision: "9007199254740993" };
  expect(Object.keys(row)).toEqual(["id", "due_date", "revision"]);
  // @ts-expect-error: an id is never null
  row satisfies { id: null };
  // @ts-expect-error: the title was not asked for
  expect(row.title).toBeUndefined();
  // @ts-expect-error: the column is called revision
  columns<TaskTables["tasks"]>()("revison");
});
