import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Registers } from "../domain/registers.ts";

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
  register: (key: string) =>
    text(key).generatedAlwaysAs(sql.raw(`json_extract(substr(registers ->> '${key}', 25), '$')`), { mode: "virtual" }),
};

export type Kit = typeof kit;
