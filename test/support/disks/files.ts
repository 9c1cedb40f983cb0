import { Database } from "bun:sqlite";
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Every file of a folder with its bytes, to compare before and after. */
export function photograph(folder: string): Record<string, string> {
  const names = readdirSync(folder).toSorted();
  return Object.fromEntries(names.map((name) => [name, describe(join(folder, name))]));
}

function describe(path: string): string {
  if (!lstatSync(path).isFile()) return "not a file";
  return Bun.hash(readFileSync(path)).toString(16);
}

/** The first column of every row, read past the store. */
export function queryRaw(path: string, sql: string): unknown[] {
  const raw = new Database(path, { readonly: true });
  const rows = raw.query(sql).values();
  raw.close(true);
  return rows.map(([first]) => first);
}
