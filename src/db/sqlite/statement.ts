import type { Statement, Values } from "../compiled.ts";
import { createWriter } from "../statement.ts";
import type { RawDatabase } from "./raw.ts";

/** Puts a statement into words of SQLite. */
export const writeStatement = createWriter({ pick: ({ sqlite }) => sqlite, mark: () => "?" });

/** Runs a statement that the driver keeps prepared by its text, so that the same one costs only its rows the next time. */
export function runStatement<Row>(raw: RawDatabase, query: Statement<Row>, values?: Values): Row[] {
  const { text, params } = writeStatement(query, values);
  return raw.query<Row>(text).all(...params);
}
