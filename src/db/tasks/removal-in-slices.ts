import { type SQL, sql } from "drizzle-orm";
import { CLOCK_LENGTH } from "../../domain/task/clock.ts";
import type { Dialect } from "../dialect.ts";
import type { Engine } from "../engine.ts";
import { readSlices, type Slice } from "../slices.ts";

/** What is removed in one unit of work, which others wait for: one large row, or some rows that are no more together. */
const MAX_SLICE_BYTES = sql.raw(String(1024 * 1024));
const MAX_SLICE_ROWS = sql.raw("500");

/** Rows of a user in one table, the columns that put them in order, and that place as a text and back. */
type Rows = {
  readonly table: SQL;
  readonly order: SQL;
  readonly last: SQL;
  readonly place: (text: string) => SQL;
  readonly bytes: (dialect: Dialect) => SQL;
};

const ALL: readonly Rows[] = [
  {
    table: sql.raw("history"),
    order: sql.raw("clock, id"),
    // Clocks have one length, so that a clock and an id behind it sort as the two do.
    last: sql.raw("max(clock || id)"),
    place: (text) => sql`${text.slice(0, CLOCK_LENGTH)}, ${text.slice(CLOCK_LENGTH)}`,
    bytes: ({ storedSize }) => sql`${storedSize("before")} + ${storedSize("after")}`,
  },
  {
    table: sql.raw("tasks"),
    order: sql.raw("id"),
    last: sql.raw("max(id)"),
    place: (text) => sql`${text}`,
    bytes: ({ storedSize }) => sql`${storedSize("registers")} + coalesce(${storedSize("folded")}, 0)`,
  },
  {
    table: sql.raw("heads"),
    order: sql.raw("revision"),
    last: sql.raw("cast(max(revision) as text)"),
    place: (text) => sql`cast(${text || "-1"} as bigint)`,
    bytes: () => sql.raw("0"),
  },
];

/** Removes all that a user wrote, a little at a time. Nobody may write for that user any more. */
export async function removeAllOf(engine: Engine, user: string): Promise<void> {
  for (const rows of ALL) {
    const slices = readSlices(engine, user, (after) => selectSlice(engine.dialect, user, { rows, after }));
    for await (const { after, last } of slices) {
      const { table, order, place } = rows;
      const query = sql`
        delete from ${table} where user_id = ${user} and (${order}) > (${place(after)}) and (${order}) <= (${place(last)})`;
      await engine.atomically(user, [{ query }], { repeatable: true });
    }
  }
}

/** As many of the next rows as one unit removes. How large they are is known without reading them. */
function selectSlice(
  dialect: Dialect,
  user: string,
  { rows, after }: { readonly rows: Rows; readonly after: string },
): SQL<Slice> {
  const { table, order, last, place, bytes } = rows;
  return sql<Slice>`
    select ${last} as last from (
      select ${order}, bytes, sum(bytes) over (order by ${order} rows unbounded preceding) as total from (
        select ${order}, ${bytes(dialect)} as bytes from ${table}
        where user_id = ${user} and (${order}) > (${place(after)}) order by ${order} limit ${MAX_SLICE_ROWS}) found) summed
    where total <= ${MAX_SLICE_BYTES} or total = bytes`;
}
