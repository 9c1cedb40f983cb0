import { sql } from "drizzle-orm";
import { bigint, customType, index, integer, jsonb, pgTable, primaryKey, uniqueIndex } from "drizzle-orm/pg-core";
import { FOLD_SEPARATOR } from "../../domain/task/text.ts";
import { createdKeyOf, firstTrueOf, type Kit } from "../sqlite/kit.ts";
import { dueKeyOf } from "../sqlite/text-of.ts";
import { VALUE_START } from "../sqlite/text-of.ts";
import { foldTextOf } from "./fold.ts";
import { textOf } from "./text-of.ts";

/** Bytes decide in both databases, whatever the collation of this one. */
const bytes = customType<{ data: string }>({ dataType: () => 'text collate "C"' });

/** The text in the register with this key. */
function valueOf(key: string): string {
  return textOf(`registers ->> '${key}'`);
}

/** Only numbers, because another type reads as absent. One that no estimate can be would not fit. */
function numberOf(key: string): string {
  const register = `registers ->> '${key}'`;
  const isShort = `substr(${register}, ${VALUE_START}) ~ '^[0-9]{1,9}$'`;
  return `(case when ${isShort} then substr(${register}, ${VALUE_START})::integer end)`;
}

const FOLDED = ["title", "description"]
  .map((key) => foldTextOf(`coalesce(${valueOf(key)}, '')`))
  .join(` || '${FOLD_SEPARATOR}' || `);

// The one cast: both kits build tables of the same shape, which TypeScript can't see through Drizzle's two families of types.
export const kit = {
  table: pgTable,
  text: bytes,
  index,
  uniqueIndex,
  primaryKey,
  counter: (name: string) => bigint(name, { mode: "number" }),
  registers: (name: string) => jsonb(name),
  register: (key: string) => bytes(key).generatedAlwaysAs(sql.raw(valueOf(key))),
  numberRegister: (key: string) => integer(key).generatedAlwaysAs(sql.raw(numberOf(key))),
  firstTrue: (name: string, keys: readonly string[]) => bytes(name).generatedAlwaysAs(sql.raw(firstTrueOf(keys))),
  mark: (name: string, prefix: string) =>
    integer(name).generatedAlwaysAs(sql.raw(`(case when strpos(registers::text, '"${prefix}') > 0 then 1 end)`)),
  dueKey: (name: string, key: string) => bytes(name).generatedAlwaysAs(sql.raw(dueKeyOf(valueOf(key)))),
  createdKey: (name: string, key: string) => bytes(name).generatedAlwaysAs(sql.raw(createdKeyOf(valueOf(key)))),
  // Here columns are stored, and an index refuses a row with long ones.
  alongside: () => [],
  folded: () => ({ folded: bytes("folded").generatedAlwaysAs(sql.raw(FOLDED)) }),
} as unknown as Kit;
