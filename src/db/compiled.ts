import type { SQL } from "drizzle-orm";

/** A value for a placeholder. */
export type Value = string | number | boolean | null;

/** Values for the placeholders of a statement, by name. */
export type Values<Name extends string = string> = Readonly<Record<Name, Value>>;

/** The name of a placeholder, or a value that the statement brings along. */
export type CompiledParam<Name extends string = string> = Name | { readonly value: Value };

/** A statement as one database reads it. */
export type Wording<Name extends string = string> = {
  readonly text: string;
  readonly params: readonly CompiledParam<Name>[];
};

/** A statement that was put into words when the program was built (compile.ts). It is plain data. */
export type Compiled<Row = unknown, Name extends string = string> = {
  readonly sqlite: Wording<Name>;
  readonly postgres: Wording<Name>;
  /** The columns of its rows that are numbers, which some drivers answer as texts. */
  readonly numbers: readonly string[];
  /** The type of its rows, and of nothing that is there. */
  readonly row?: Row;
};

/** A row that a compiled statement finds. */
export type Found<Of extends Compiled> = NonNullable<Of["row"]>;

/** A template, or a statement that was compiled. */
export type Statement<Row = unknown> = SQL<Row> | Compiled<Row>;
