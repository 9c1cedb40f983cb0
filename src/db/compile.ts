import { Column, is, Param, Placeholder, SQL, sql } from "drizzle-orm";
import { drizzle as openPostgres } from "drizzle-orm/pg-proxy";
import type { SelectedFields } from "drizzle-orm/sqlite-core";
import { drizzle as openSqlite } from "drizzle-orm/sqlite-proxy";
import type { Compiled, CompiledParam, Value, Wording } from "./compiled.ts";
import * as postgres from "./postgres/schema.ts";
import * as sqlite from "./sqlite/schema.ts";

// What is here runs when the program is built, by `import … with { type: "macro" }`: Drizzle's builders cost a command 6 ms to load,
// and their words cost nothing. So a statement is checked against the tables, and the program has its text.

/** The tables and builders for statements. Both databases have the same tables, in SQLite's types. */
export type Builders = Pick<typeof sqlite, "users" | "tasks" | "history" | "heads"> &
  Pick<typeof sqlite, "accounts" | "sessions" | "apiTokens" | "deviceCodes" | "invites" | "authEvents"> & {
    readonly db: Pick<ReturnType<typeof openSqlite>, "select" | "insert" | "update" | "delete">;
  };

/** A statement of Drizzle's builders. */
type Built = { toSQL(): { sql: string; params: unknown[] }; readonly _?: object };

/** The row of a `select`. Rows of other statements have the names of the columns, and are only counted. */
type FoundBy<Query> = Query extends { readonly _: { readonly selectedFields: unknown; readonly result: (infer Row)[] } }
  ? Row
  : never;

/** A statement that is to be compiled, and the names of its placeholders. */
type Draft<Found, Name extends string> = {
  readonly names: readonly Name[];
  readonly built: Built;
  readonly row?: Found;
};

type CompiledFrom<Of> = Of extends Draft<infer Found, infer Name> ? Compiled<Found, Name> : never;

/** A statement with placeholders of these names. */
export function given<const Name extends string, Query extends Built>(
  names: readonly Name[],
  build: (values: Readonly<Record<Name, SQL>>) => Query,
): Draft<FoundBy<Query>, Name> {
  const placeholders = names.map((name) => [name, sql`${sql.placeholder(name)}`]);
  return { names, built: build(Object.fromEntries(placeholders) as Record<Name, SQL>) };
}

/** Puts statements into the words of both databases. */
export function compile<Drafts extends Readonly<Record<string, Draft<unknown, string>>>>(
  define: (builders: Builders) => Drafts,
): { readonly [Key in keyof Drafts]: CompiledFrom<Drafts[Key]> } {
  const forSqlite = define({ ...sqlite, db: naming(openSqlite(answerNothing)) });
  // The cast of the kits once more: the builders of both say the same, and differ in their types alone.
  const forPostgres = define({
    ...postgres,
    db: naming(openPostgres(answerNothing) as unknown as Builders["db"]),
  });
  const compiled = Object.keys(forSqlite).map((key) => [key, compileDraft(key, forSqlite[key], forPostgres[key])]);
  return Object.fromEntries(compiled) as { readonly [Key in keyof Drafts]: CompiledFrom<Drafts[Key]> };
}

function answerNothing(): Promise<{ rows: never[] }> {
  return Promise.resolve({ rows: [] });
}

/** Rows are read by name, so each field that is selected gets its own in the statement. */
function naming(db: Builders["db"]): Builders["db"] {
  return {
    insert: db.insert.bind(db),
    update: db.update.bind(db),
    delete: db.delete.bind(db),
    select: ((fields: SelectedFields) => db.select(nameFields(fields))) as typeof db.select,
  };
}

function nameFields(fields: SelectedFields): SelectedFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      if (is(field, Column)) return [name, sql`${field}`.mapWith(field).as(name)];
      if (is(field, SQL)) return [name, field.as(name)];
      throw new Error(`${name}: only columns and templates are selected`);
    }),
  );
}

function compileDraft(
  key: string,
  one: Draft<unknown, string> | undefined,
  other: Draft<unknown, string> | undefined,
): Compiled {
  if (!one || !other) throw new Error(`${key} is not there for both databases`);
  return { sqlite: word(key, one), postgres: word(key, other), numbers: findNumbers(one.built) };
}

function word(key: string, { names, built }: Draft<unknown, string>): Wording {
  const { sql: text, params } = built.toSQL();
  const compiled = params.map(compileParam);
  const unused = names.filter((name) => !compiled.includes(name));
  if (unused.length > 0) throw new Error(`${key} does not use: ${unused.join(", ")}`);
  return { text, params: compiled };
}

function compileParam(param: unknown): CompiledParam {
  if (is(param, Param)) return compileParam(param.value);
  if (is(param, Placeholder)) return param.name;
  return { value: param as Value };
}

/** The names of fields that are numbers in JavaScript. */
function findNumbers(built: Built): string[] {
  const { selectedFields: fields = {} } = (built._ ?? {}) as { readonly selectedFields?: Record<string, SQL.Aliased> };
  const decoders = Object.entries(fields).map(([name, field]) => [name, decoderOf(field)] as const);
  return decoders.filter(([, decoder]) => is(decoder, Column) && decoder.dataType === "number").map(([name]) => name);
}

/** The column that a field takes its values from, if there is one. Drizzle does not export it. */
function decoderOf({ sql: template }: SQL.Aliased): unknown {
  return (template as unknown as { readonly decoder: unknown }).decoder;
}
