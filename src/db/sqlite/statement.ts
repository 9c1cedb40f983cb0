import type { Database, SQLQueryBindings } from "bun:sqlite";
import type { SQL } from "drizzle-orm";
import type { Values } from "../engine.ts";
import { createWriter } from "../statement.ts";

const write = createWriter(() => "?");

/** Runs a statement that the driver keeps prepared by its text, so that the same one costs only its rows the next time. */
export function runStatement<Row>(raw: Database, query: SQL<Row>, values?: Values): Row[] {
  const { text, params } = write(query, values);
  return raw.query<Row, SQLQueryBindings[]>(text).all(...(params as SQLQueryBindings[]));
}
