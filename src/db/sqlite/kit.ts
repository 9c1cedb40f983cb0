import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { dueKeyOf, textOf, VALUE_START } from "./text-of.ts";

/** The text in the register with this key. */
function valueOf(key: string): string {
  return textOf(`registers ->> '${key}'`);
}

/** Only numbers, because another type reads as absent. A sign would be a number below all that are allowed. */
function numberOf(key: string): string {
  const register = `registers ->> '${key}'`;
  return `(case when length(substr(${register}, ${VALUE_START})) between 1 and 9 and substr(${register}, ${VALUE_START}) not glob '*[^0-9]*' then cast(substr(${register}, ${VALUE_START}) as integer) end)`;
}

/** The first of the registers that says true, by its key. */
export function firstTrueOf(keys: readonly string[]): string {
  const cases = keys.map((key) => `when substr(registers ->> '${key}', ${VALUE_START}) = 'true' then '${key}'`);
  return `(case ${cases.join(" ")} end)`;
}

/** A task without a creation time sorts first. */
export function createdKeyOf(created: string): string {
  return `coalesce(${created}, '')`;
}

/** The column builders that tables.ts is written in, for SQLite. Each keeps the name of its column as a type. */
export const kit = {
  table: sqliteTable,
  text,
  index,
  uniqueIndex,
  primaryKey,
  /** A 64-bit number. That of a clock is too large for JavaScript's and only SQL computes with it. */
  counter: <const Name extends string>(name: Name) => integer(name),
  /** The driver's value differs: a JSON text, or the parsed object. */
  registers: <const Name extends string>(name: Name) => text(name).$type<unknown>(),
  /** The value of one register without its clock, computed by the database. */
  register: <const Name extends string>(key: Name) =>
    text(key).generatedAlwaysAs(sql.raw(valueOf(key)), { mode: "virtual" }),
  /** The same of a register with a number. */
  numberRegister: <const Name extends string>(key: Name) =>
    integer(key).generatedAlwaysAs(sql.raw(numberOf(key)), { mode: "virtual" }),
  /** The key of the first of these registers that says true, or null. */
  firstTrue: <const Name extends string>(name: Name, keys: readonly string[]) =>
    text(name).generatedAlwaysAs(sql.raw(firstTrueOf(keys)), { mode: "virtual" }),
  /** 1 if there may be a register whose name begins so, else null. Looking at the text is fast, and exact enough to pass most tasks by. */
  mark: <const Name extends string>(name: Name, prefix: string) =>
    integer(name).generatedAlwaysAs(sql.raw(`(case when instr(registers, '"${prefix}') > 0 then 1 end)`), {
      mode: "virtual",
    }),
  /** What is due first, as a text that is never null, so that an index on it serves row comparisons. */
  dueKey: <const Name extends string>(name: Name, key: string) =>
    text(name).generatedAlwaysAs(sql.raw(dueKeyOf(valueOf(key))), { mode: "virtual" }),
  /** What was created first, never null for the same reason. */
  createdKey: <const Name extends string>(name: Name, key: string) =>
    text(name).generatedAlwaysAs(sql.raw(createdKeyOf(valueOf(key))), { mode: "virtual" }),
  /** More columns of an index, so that a query that goes through all of it computes none of them from registers. */
  alongside: <Columns extends readonly unknown[]>(...columns: Columns): Columns => columns,
  /** What a search reads. The database itself can't fold, so who writes does, and says for which revision of the task. */
  folded: () => ({ folded: text("folded"), foldedAt: integer("folded_at") }),
};

export type Kit = typeof kit;
