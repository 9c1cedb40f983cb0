import { SQL, sql } from "drizzle-orm";
import { postgresDialect } from "./dialect.ts";
import type { Statement, Values } from "../compiled.ts";
import type { TodoError } from "../../domain/errors.ts";
import { type Cause, type Engine, NOBODY, type Step } from "../engine.ts";
import { inTurn } from "../fair-queue.ts";
import type { ScanKind } from "../scan-queue.ts";
import type { PostgresConnection, Refusals } from "./connection.ts";
import type { Schema } from "./schema-check.ts";
import { createScan, limitWrites, type Shared } from "./shares.ts";
import { createWriter, type Written } from "../statement.ts";

const write = createWriter({ pick: ({ postgres }) => postgres, mark: (place) => `$${place}` });

/** For each statement of a unit of work, unless the operator chose another. Nobody waits any longer by then. */
const WRITE_TIMEOUT_MS = 10_000;

/**
 * Says whose rows a unit of work is about. It finds each row by its key, in a plan that is made once: left to itself the planner
 * reads all tasks of the user to change one, and thinks about that each time. Of a table that nobody has counted yet it would keep
 * them all at hand, and compare each with each change.
 */
const SET_USER = sql`
  select set_config('app.user_id', ${sql.placeholder("user")}, true), set_config('plan_cache_mode', 'force_generic_plan', true),
    set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
    set_config('enable_material', 'off', true),
    set_config('statement_timeout',
      coalesce(nullif(current_setting('statement_timeout'), '0'), ${sql.raw(`'${WRITE_TIMEOUT_MS}'`)}), true)`;
/**
 * How a step fails that finds a row, and the SQLSTATE by which that is known: division by zero, or the root of a negative number.
 * Nothing else in a unit of work computes so.
 */
const FAILURES = {
  state: { code: "22012", write: (found: string) => `select 1 / (case when ${found} then 0 else 1 end)` },
  size: { code: "2201F", write: (found: string) => `select sqrt(case when ${found} then -1 else 1 end)` },
} as const satisfies Record<Cause, unknown>;

/**
 * The engine of the store over PostgreSQL. Row-level security is told for each unit of work whose rows it is about. A command has
 * its connection for itself, and limits nothing.
 */
export function createPostgresEngine(
  connection: PostgresConnection,
  schema: Schema,
  shared: Shared | null = null,
): Engine {
  const scan = shared && createScan(connection, write, shared);
  const takeTurn = shared && limitWrites(shared);
  const read = async <Row>(user: string, query: Statement<Row>, values?: Values) => {
    await schema.requireCurrent();
    return decodeRows(query, await connection.query<Row>(readAs(user, write(query, values))));
  };
  const scanOf = (kind: ScanKind) =>
    scan
      ? async <Row>(user: string, query: Statement<Row>, values?: Values) => {
          await schema.requireCurrent();
          return decodeRows(query, await scan<Row>(kind, user, write(query, values)));
        }
      : read;
  return {
    dialect: postgresDialect,
    enqueue: null,
    get node() {
      return schema.node();
    },
    claimNode: async () => {
      await schema.requireCurrent();
      return schema.node();
    },
    read,
    scan: scanOf("search"),
    scanLarge: scanOf("large"),
    atomically: async <Row>(user: string, steps: Iterable<Step<Row>>, unit?: { readonly repeatable: boolean }) => {
      await schema.requireCurrent();
      const planned = [...steps];
      const statements = [write(SET_USER, { user }), ...planned.map(writeStep)];
      const refusals = listRefusals(planned);
      const run = () => connection.transaction(statements, { ...unit, refusals });
      const [, ...answers] = await (takeTurn && user !== NOBODY ? inTurn(takeTurn(user), run) : run());
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

/** The errors of the steps that may refuse. Throws for two of one cause: the SQLSTATE does not say which of them refused. */
function listRefusals(planned: readonly Step<unknown>[]): Refusals {
  const refusals: Record<string, () => TodoError> = {};
  for (const { refuse, cause = "state" } of planned) {
    const { code } = FAILURES[cause];
    if (!refuse || refusals[code] === refuse) continue;
    if (refusals[code]) throw new Error("a unit of work may have one step that refuses for one cause");
    refusals[code] = refuse;
  }
  return refusals;
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
function writeStep({ query, values, refuse, cause = "state" }: Step<unknown>): Written {
  const written = write(query, values);
  if (!refuse) return written;
  return { ...written, text: FAILURES[cause].write(`exists (${written.text})`) };
}
