import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Registers } from "../domain/registers.ts";

/** Only texts: another type reads as absent, as it does in `readTask`. */
function valueOf(key: string): string {
  const register = `registers ->> '${key}'`;
  return `(case when substr(${register}, 25, 1) = '"' then json_extract(substr(${register}, 25), '$') end)`;
}

/** A day is due until it ends, so behind the moments in it; what is not due comes behind all digits. */
export function dueKeyOf(due: string): string {
  return `coalesce(${due} || case when length(${due}) = 10 then 'T~' else '' end, '~')`;
}

/** The column builders that tables.ts is written in, for SQLite. */
export const kit = {
  table: sqliteTable,
  text,
  index,
  primaryKey,
  /** A 64-bit number that JavaScript reads exactly, so below 2^53. */
  counter: (name: string) => integer(name, { mode: "number" }),
  /** A 64-bit number that only SQL computes with, too large for JavaScript's numbers. */
  tick: (name: string) => integer(name, { mode: "number" }),
  registers: (name: string) => text(name, { mode: "json" }).$type<Registers>(),
  /** The value of one register without its clock, computed by the database. */
  register: (key: string) => text(key).generatedAlwaysAs(sql.raw(valueOf(key)), { mode: "virtual" }),
  /** What is due first, as a text that is never null, so that an index on it serves row comparisons. */
  dueKey: (name: string, key: string) =>
    text(name).generatedAlwaysAs(sql.raw(dueKeyOf(valueOf(key))), { mode: "virtual" }),
};

export type Kit = typeof kit;
