import { sql } from "drizzle-orm";
import { bigint, customType, index, pgTable, primaryKey } from "drizzle-orm/pg-core";
import type { Registers } from "../domain/registers.ts";
import { dueKeyOf, type Kit } from "./kit.sqlite.ts";

/** Bytes decide in both databases, whatever the collation of this one. */
const bytes = customType<{ data: string }>({ dataType: () => 'text collate "C"' });

/** Bun's client would encode a JSON string a second time, so the text is cast on the server. */
const registers = customType<{ data: Registers }>({
  dataType: () => "jsonb",
  toDriver: (value) => sql`${JSON.stringify(value)}::text::jsonb`,
});

/** Only texts: another type reads as absent, as it does in `readTask`. */
function valueOf(key: string): string {
  const register = `registers ->> '${key}'`;
  return `(case when substr(${register}, 25, 1) = '"' then substr(${register}, 25)::jsonb #>> '{}' end)`;
}

// The one cast: both kits build tables of the same shape, which TypeScript can't see through Drizzle's two families of types.
export const kit = {
  table: pgTable,
  text: bytes,
  index,
  primaryKey,
  counter: (name: string) => bigint(name, { mode: "number" }),
  tick: (name: string) => bigint(name, { mode: "number" }),
  registers,
  register: (key: string) => bytes(key).generatedAlwaysAs(sql.raw(valueOf(key))),
  dueKey: (name: string, key: string) => bytes(name).generatedAlwaysAs(sql.raw(dueKeyOf(valueOf(key)))),
} as unknown as Kit;
