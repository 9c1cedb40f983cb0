import { SQL, sql } from "drizzle-orm";
import { postgresDialect } from "./dialect.ts";
import type { Statement, Values } from "../compiled.ts";
import type { Engine, Step } from "../engine.ts";
import type { PostgresConnection } from "./connection.ts";
import type { Schema } from "./schema-check.ts";
import { createWriter, type Written } from "../statement.ts";

const write = createWriter({ pick: ({ postgres }) => postgres, mark: (place) => `$${place}` });

/**
 * Says whose rows a unit of work is about. It finds each row by its key, in a plan that is made once: left to itself the planner
 * reads all tasks of the user to change one, and thinks about that each time.
 */
const SET_USER = sql`
  select set_config('app.user_id', ${sql.placeholder("user")}, true), set_config('plan_cache_mode', 'force_generic_plan', true),
    set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`;
/** Nothing else in a unit of work divides. */
const DIVISION_BY_ZERO = "22012";

/** The engine of the store over PostgreSQL. Row-level security is told for each unit of work whose rows it is about. */
export function createPostgresEngine(connection: PostgresConnection, schema: Schema): Engine {
  const read = async <Row>(user: string, query: Statement<Row>, values?: Values) => {
    await schema.requireCurrent();
    return decodeRows(query, await connection.query<Row>(readAs(user, write(query, values))));
  };
  return {
    dialect: postgresDialect,
    enqueue: null,
    get node() {
      return schema.node();
    },
    read,
    scan: read,
    atomically: async <Row>(user: string, steps: Iterable<Step<Row>>, unit?: { readonly repeatable: boolean }) => {
      await schema.requireCurrent();
      const planned = [...steps];
      const statements = [write(SET_USER, { user }), ...planned.map(writeStep)];
      const refuse = findRefusal(planned);
      const [, ...answers] = await connection.transaction(statements, {
        ...unit,
        ...(refuse && { refusals: { [DIVISION_BY_ZERO]: refuse } }),
      });
      return planned.flatMap((step, at) => (step.refuse ? [] : decodeRows(step.query, answers[at] ?? []))) as Row[];
    },
    scrub: () => Promise.resolve(),
    ping: schema.check,
    close: connection.close,
  };
}

/**
 * One statement that first says whose rows it reads, for row-level security, and then reads them. The second part hangs on the
 * first and is fenced by `offset 0`, so nothing of it runs before. It spares a transaction, which costs three times as much.
 */
function readAs(user: string, { text, params }: Written): Written {
  return {
    text: `with reader as materialized (select set_config('app.user_id', $${params.length + 1}, true) as id)
      select found.* from reader cross join lateral (
        select asked.* from (${text}) asked where reader.id is not null offset 0) found`,
    params: [...params, user],
  };
}

/** The error of the step that may refuse. Throws for a unit with two: the SQLSTATE does not say which of them refused. */
function findRefusal(planned: readonly Step<unknown>[]): Step["refuse"] {
  const [refuse, another] = planned.flatMap((step) => step.refuse ?? []);
  if (another) throw new Error("a unit of work may have one step that refuses");
  return refuse;
}

/** The drivers answer 64-bit numbers as texts. What a template finds is decoded by who wrote it. */
function decodeRows<Row>(query: Statement, rows: Row[]): Row[] {
  if (query instanceof SQL || query.numbers.length === 0) return rows;
  return rows.map((row) => {
    const decoded = { ...row } as Record<string, unknown>;
    for (const name of query.numbers) if (decoded[name] !== null) decoded[name] = Number(decoded[name]);
    return decoded as Row;
  });
}

/** A step that only looks becomes one that fails where there is something to see, because nobody here waits for its answer. */
function writeStep({ query, values, refuse }: Step<unknown>): Written {
  const written = write(query, values);
  if (!refuse) return written;
  return { ...written, text: `select 1 / (case when exists (${written.text}) then 0 else 1 end)` };
}
