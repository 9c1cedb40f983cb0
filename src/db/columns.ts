import { type Column, type SQL, sql, type Table } from "drizzle-orm";

/** A 64-bit number is a text to some drivers. */
export type Count = number | string;

/** A row of a table as the drivers answer it: by the names of the columns, before anything is decoded. */
export type RowOf<Of extends Table> = {
  readonly [Key in keyof Of["_"]["columns"] as Of["_"]["columns"][Key]["_"]["name"]]: ValueOf<Of["_"]["columns"][Key]>;
};

type ValueOf<Of extends Column> = Driven<Of["_"]["data"]> | (Of["_"]["notNull"] extends true ? never : null);
type Driven<Data> = Data extends number ? Count : Data;

/**
 * Names columns of a table in a statement, and types their rows. The table is only a type: loading it would cost each
 * command more than its statements. `prefix` is the table's name in the statement.
 */
export function columns<Of extends Table>(prefix?: string) {
  return <const Name extends keyof RowOf<Of> & string>(...names: Name[]): SQL<Pick<RowOf<Of>, Name>> =>
    sql.raw(names.map((name) => (prefix === undefined ? name : `${prefix}.${name}`)).join(", ")) as SQL<
      Pick<RowOf<Of>, Name>
    >;
}

/** A row of such columns. */
export type Row<Of extends SQL> = Of["_"]["type"];

/** Reads columns. `from` is all that comes behind them. */
export function select<Found>(found: SQL<Found>, from: SQL): SQL<Found> {
  return sql<Found>`select ${found} ${from}`;
}
