import { SQL } from "bun";

/** Runs statements one after another on one connection, past the store, and answers the rows of the last as lists of values. */
export function queryPostgres(url: string, ...statements: readonly string[]): Promise<unknown[][]> {
  return withConnection(url, (ask) => askAll(ask, statements));
}

type Ask = (statement: string) => Promise<unknown[][]>;

async function withConnection<Result>(url: string, work: (ask: Ask) => Promise<Result>): Promise<Result> {
  const sql = new SQL(url, { max: 1 });
  try {
    return await work(async (statement) => [...(await sql.unsafe<unknown[][]>(statement).values())]);
  } finally {
    await sql.close();
  }
}

async function askAll(ask: Ask, statements: readonly string[]): Promise<unknown[][]> {
  let rows: unknown[][] = [];
  for (const statement of statements) rows = await ask(statement);
  return rows;
}

/** The SQLSTATE that PostgreSQL refuses one of the statements with. Any other end of them fails the test. */
export async function stateOf(url: string, ...statements: readonly string[]): Promise<string> {
  try {
    await queryPostgres(url, ...statements);
  } catch (error) {
    if (error instanceof SQL.PostgresError && error.errno !== undefined) return error.errno;
    throw error;
  }
  throw new Error(`nothing was refused: ${statements.join("; ")}`);
}

/** All that is not PostgreSQL's own: schemas, tables, columns, indexes, row-level security, policies and rights. */
const THINGS = `
  with ours as (select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema')
  select 'schema', nspname, null, null from ours
  union all
  select c.relkind::text, o.nspname, c.relname, concat_ws(' ', c.relrowsecurity, c.relforcerowsecurity, c.relacl)
    from pg_class c join ours o on o.oid = c.relnamespace
  union all
  select 'column', o.nspname, c.relname, concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
      a.attcollation::regcollation, pg_get_expr(d.adbin, d.adrelid))
    from pg_class c join ours o on o.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where a.attnum > 0 and not a.attisdropped and c.relkind = 'r'
  union all
  select 'definition', schemaname, indexname, indexdef from pg_indexes join ours on nspname = schemaname
  union all
  select 'policy', schemaname, tablename, concat_ws(' ', policyname, permissive, roles, cmd, qual, with_check) from pg_policies
  order by 1, 2, 3, 4`;

/** What is in a database apart from its rows, the same for two databases that were made alike. */
export function readThings(url: string): Promise<unknown[][]> {
  return queryPostgres(url, THINGS);
}

const TABLES = `
  select format('select %L, to_jsonb(t)::text from %I.%I t', relname, nspname, relname)
  from pg_class join pg_namespace n on n.oid = relnamespace
  where relkind = 'r' and nspname !~ '^pg_' and nspname <> 'information_schema'`;

/** All that is in a database, to compare before and after. */
export function photographPostgres(url: string): Promise<unknown> {
  return withConnection(url, async (ask) => {
    const things = await ask(THINGS);
    const tables = await ask(TABLES);
    if (tables.length === 0) return { things, rows: [] };
    return { things, rows: await ask(`${tables.flat().join(" union all ")} order by 1, 2`) };
  });
}
