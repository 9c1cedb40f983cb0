import type { SQL, SQLWrapper } from "drizzle-orm";
import type { Registers } from "../domain/task/registers.ts";

/** SQL that means the same on both databases but is written differently. `json` stands for JSON text. */
export type Dialect = {
  /** The database's clock in Unix milliseconds. */
  now: SQL;
  /** JSON text as an object for the functions below. */
  json: (text: SQLWrapper) => SQL;
  /** The elements of an array of `{ id, handle, fields?, at?, registers? }` as rows of these and `ord`, from 0. */
  changes: (json: SQLWrapper) => SQL;
  /** The elements of an array of strings as rows of `value`. It needs a name in the statement. */
  strings: (json: string) => SQL;
  /** The table `tasks`, read by this index. null: the database knows how many rows a condition leaves, and chooses itself. */
  tasksBy: ((index: string) => SQL) | null;
  /** Whether each of the registers with these keys is there and says `true`. Cheaper than to go through all of them. */
  areTrue: (registers: SQLWrapper, keys: readonly string[]) => SQL;
  /** How names are compared: without case. */
  names: Names;
  /** A text as a search compares it. */
  foldText: (text: string) => SQL;
  /** The title and the description of a row of `tasks`, folded so, and both together. */
  folded: { readonly title: SQL; readonly description: SQL; readonly both: SQL };
  /** Whether a folded text contains this one, which is folded once and not for each row. */
  includes: (folded: SQL, text: string) => SQL;
  /** The text in a register. Null for another type. */
  textOf: (register: string) => string;
  /** When a row of `tasks` was changed last, in Unix milliseconds: its `updatedAt`. */
  updatedTime: SQL;
  /** True for all values that begin with the text without case, and cheaper than to fold them. Perhaps for others. */
  mayBegin: (column: string, text: string) => SQL;
  /** True when a row of `tasks` has the tag, without case. All of its keys are read, so `areTrue` is cheaper. */
  isTagged: (tag: string) => SQL;
  /** The members of an object as rows of `key` and `value`. It needs a name in the statement. */
  members: (object: SQLWrapper) => SQL;
  /** A tick as hex digits, the first part of a clock. */
  hex: (tick: SQLWrapper) => SQL;
  /** An object with one more member, whose value is this text. */
  put: (object: SQLWrapper, key: string, text: SQLWrapper) => SQL;
  /** Registers from fields (values as JSON text), each with the clock before it. */
  stamp: (fields: SQLWrapper, clock: SQLWrapper) => SQL;
  /** An object of the keys and values of all rows. */
  group: (key: SQLWrapper, value: SQLWrapper) => SQL;
  /** Those of the registers whose keys are among the fields. */
  pick: (registers: SQLWrapper, fields: SQLWrapper) => SQL;
  /** For each key the larger of two registers, by bytes. The same as `mergeRegisters` in the domain. */
  merge: (one: SQLWrapper, other: SQLWrapper) => SQL;
  /** True when merging `other` into `one` changes it. */
  differs: (one: SQLWrapper, other: SQLWrapper) => SQL;
  /** The bytes of an object as JSON text. */
  size: (object: SQLWrapper) => SQL;
  /** About how many bytes it takes to read the column `registers`, known without reading it. Dull texts are more by far. */
  weight: SQL;
  /** Exactly how many. That costs as much as to read it, so it is for what is about to be read. */
  exactWeight: SQL;
  /** A number where registers could stand, so that one column can have either. */
  asRegisters: (number: SQLWrapper) => SQL;
  /** A text as JSON. */
  quote: (text: SQLWrapper) => SQL;
  /** Registers from the driver's value of a JSON column. */
  decode: (value: unknown) => Registers;
  /** The bytes that a value of a column takes, without reading a large one. */
  storedSize: (column: string) => SQL;
  /** What a write says of the folded text of a task. null: the database computes it. */
  folding: Folding | null;
  /** The due key of a row of `tasks`, cheaply also where no index has it. */
  dueKey: SQL;
  /** What titles are ordered by. The same as `titleKey` in the domain. */
  titleKey: SQL;
};

export type Names = {
  /** A column with a name. */
  readonly fold: (column: string) => SQL;
  /** A name to compare with those. It is folded once and not for each row. */
  readonly needle: (name: string) => SQL;
};

/** The part of a statement that writes tasks which keeps their folded text. */
export type Folding = {
  readonly columns: SQL;
  /** Their values in a new row. The change is an object of registers, or of values as JSON text. */
  readonly insert: (change: SQLWrapper, revision: SQLWrapper) => SQL;
  /** What sets them in a row that is there. `theirs` is what the change brings. */
  readonly update: (mine: SQLWrapper, theirs: SQLWrapper) => SQL;
};
