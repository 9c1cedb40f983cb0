import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { CLOCK_LENGTH, TICK_DIGITS } from "../../domain/task/clock.ts";
import { MAX_TIME_MS } from "../../domain/task/read-task.ts";
import { type Registers, TAG_PREFIX, WALL_CLOCK } from "../../domain/task/registers.ts";
import { FOLD_SEPARATOR, NUMBER_DIGITS } from "../../domain/task/text.ts";
import type { Dialect, Names } from "../dialect.ts";
import { valueOf } from "../registers.ts";
import { VALUE_START } from "../sqlite/text-of.ts";
import { foldNameOf, foldTextOf } from "./fold.ts";
import { textOf } from "./text-of.ts";

// What comes out of JSON has the collation of the database. Clocks, keys and values compare by bytes, so it is set aside.

/** True for a register of `theirs` that the object lacks or has with a smaller text. */
function isLarger(object: SQLWrapper): SQL {
  return sql`theirs.value collate "C" > coalesce(${object} ->> theirs.key, '')`;
}

type Fold = (text: string) => string;

function foldBy(fold: Fold, text: string): SQL {
  return sql.raw(`${fold(text)} collate "C"`);
}

/**
 * Both sides are folded by the server: its Unicode may be older than JavaScript's, and a title must be found as it stands. This
 * one is folded in a subquery, which runs once and not for each task.
 */
function needleBy(fold: Fold, text: string): SQL {
  return sql`(
    select ${foldBy(fold, "needle")} from (select cast(${text.normalize("NFC")} as text) as needle) asked)`;
}

const NAMES: Names = {
  fold: (column) => foldBy(foldNameOf, column),
  needle: (name) => needleBy(foldNameOf, name),
};

const CLOCK = "'^[0-6][0-9a-f]{23}'";

/** The clock of the latest edit. Other registers are looked at only if the largest has none, because that takes twice as long. */
const LATEST_CLOCK = `case when largest ~ ${CLOCK} then substr(largest, 1, ${CLOCK_LENGTH}) else coalesce((
    select max(substr(value, 1, ${CLOCK_LENGTH}) collate "C") from jsonb_each_text(tasks.registers)
    where value collate "C" ~ ${CLOCK}), '${"0".repeat(CLOCK_LENGTH)}') end`;

/** The wall clock of the latest edit, or else the time of its clock. No text that may be no number is cast. */
const UPDATED_TIME = sql.raw(`(
  select coalesce(
    case when substr(wall, 1, ${CLOCK_LENGTH}) = latest and substr(wall, ${VALUE_START}) ~ '^[0-9]{1,15}$'
      then nullif(least(substr(wall, ${VALUE_START})::bigint, ${MAX_TIME_MS + 1}), ${MAX_TIME_MS + 1}) end,
    ('x' || substr(latest, 1, 12))::bit(48)::bigint)
  from (
    select tasks.registers ->> '${WALL_CLOCK}' as wall, ${LATEST_CLOCK} as latest
    from (select max(value collate "C") as largest from jsonb_each_text(tasks.registers)) found) changed)`);

const TITLE = `split_part(folded, '${FOLD_SEPARATOR}', 1)`;

/** Each number gets as many zeros as it could lack, and then loses those that it did not. */
function padNumbers(text: string): string {
  const zeros = "0".repeat(NUMBER_DIGITS);
  const padded = `regexp_replace(${text}, '([0-9]+)', '${zeros}\\1', 'g')`;
  return `regexp_replace(${padded}, '0+([0-9]{${NUMBER_DIGITS},})', '\\1', 'g')`;
}

export const postgresDialect: Dialect = {
  now: sql`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`,

  json: (text) => sql`(${text}::text::jsonb)`,

  changes: (json) => sql`(
    select ord - 1 as ord, e ->> 'id' as id, e ->> 'handle' as handle, e -> 'fields' as fields, e ->> 'at' as at,
      e -> 'registers' as registers
    from jsonb_array_elements(${json}::text::jsonb) with ordinality as elements (e, ord) offset 0)`,

  strings: (json) => sql`(
    select value collate "C" as value from jsonb_array_elements_text(${json}::text::jsonb))`,

  tasksBy: null,

  // A long object is stored compressed, and unpacked for each key unless it is made anew before.
  areTrue: (registers, keys) => sql`not exists (
    select 1 from (select ${registers} || '{}' as registers offset 0) unpacked,
      lateral (select unpacked.registers ->> key as register from jsonb_array_elements_text(${JSON.stringify(keys)}::text::jsonb) key) r
    where ${valueOf("r.register")} is distinct from 'true')`,

  names: NAMES,

  foldText: (text) => foldBy(foldTextOf, text),

  folded: {
    both: sql.raw("folded"),
    title: sql.raw(TITLE),
    description: sql.raw(`split_part(folded, '${FOLD_SEPARATOR}', 2)`),
  },

  includes: (folded, text) => sql`strpos(${folded}, ${needleBy(foldTextOf, text)}) > 0`,

  textOf,

  updatedTime: UPDATED_TIME,

  // It folds faster than it could find that out.
  mayBegin: () => sql`true`,

  // To go through the keys takes two thirds of the time of going through keys and values.
  isTagged: (tag) => sql`exists (
    select 1 from jsonb_object_keys(tasks.registers) key
    where starts_with(key, '${sql.raw(TAG_PREFIX)}') and ${NAMES.fold("key")} = ${NAMES.needle(TAG_PREFIX + tag)}
      and ${valueOf("(tasks.registers ->> key)")} = 'true')`,

  members: (object) => sql`lateral (
    select key collate "C" as key, value collate "C" as value from jsonb_each_text(${object}))`,

  hex: (tick) => sql`lpad(to_hex(${tick}), ${sql.raw(String(TICK_DIGITS))}, '0')`,

  put: (object, key, text) => sql`${object} || jsonb_build_object(${sql.raw(`'${key}'`)}, ${text})`,

  stamp: (fields, clock) => sql`(
    select coalesce(jsonb_object_agg(key, ${clock} || value), '{}') from jsonb_each_text(${fields}))`,

  group: (key, value) => sql`jsonb_object_agg(${key}, ${value})`,

  pick: (registers, fields) => sql`(
    select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each_text(${registers})
    where jsonb_exists(${fields}, key))`,

  merge: (one, other) => sql`${one} || (
    select coalesce(jsonb_object_agg(theirs.key, theirs.value), '{}') from jsonb_each_text(${other}) theirs
    where ${isLarger(one)})`,

  differs: (one, other) => sql`exists (select 1 from jsonb_each_text(${other}) theirs where ${isLarger(one)})`,

  size: (object) => sql`octet_length((${object})::text)`,

  // What is compressed takes less room than it has bytes. Texts that people write get a third as long, the dullest a hundredth.
  weight: sql.raw("(case when pg_column_compression(registers) is null then 1 else 8 end * pg_column_size(registers))"),

  exactWeight: sql.raw(`(
    case when pg_column_compression(registers) is null then pg_column_size(registers) else octet_length(registers::text) end)`),

  asRegisters: (number) => sql`to_jsonb(${number})`,

  quote: (text) => sql`to_json(${text})::text`,

  decode: (value) => value as Registers,

  storedSize: (column) => sql.raw(`pg_column_size(${column})`),

  folding: null,

  dueKey: sql.raw("due_key"),

  titleKey: sql.raw(`(case when ${TITLE} ~ '[0-9]' then ${padNumbers(TITLE)} else ${TITLE} end)`),
};
