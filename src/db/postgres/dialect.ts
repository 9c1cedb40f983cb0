import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { TICK_DIGITS } from "../../domain/task/clock.ts";
import { TAG_PREFIX, type Registers } from "../../domain/task/registers.ts";
import { FOLD_SEPARATOR, NUMBER_DIGITS } from "../../domain/task/text.ts";
import type { Dialect, Folded } from "../dialect.ts";
import { valueOf } from "../registers.ts";
import { foldNameOf, foldTextOf } from "./fold.ts";

// What comes out of JSON has the collation of the database. Clocks, keys and values compare by bytes, so it is set aside.

/** True for a register of `theirs` that the object lacks or has with a smaller text. */
function isLarger(object: SQLWrapper): SQL {
  return sql`theirs.value collate "C" > coalesce(${object} ->> theirs.key, '')`;
}

/**
 * Both sides are folded by the server: its Unicode may be older than JavaScript's, and a title must be found as it stands. The
 * needle is folded in a subquery, which runs once and not for each task.
 */
function foldBy(foldOf: (text: string) => string): Folded {
  const fold = (column: string) => sql.raw(`${foldOf(column)} collate "C"`);
  return {
    fold,
    needle: (text) => sql`(
      select ${fold("needle")} from (select cast(${text.normalize("NFC")} as text) as needle) asked)`,
  };
}

const NAMES = foldBy(foldNameOf);
const TEXTS = foldBy(foldTextOf);

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

  // The planner knows how many rows a condition leaves.
  tasksBy: () => sql`tasks`,

  // A long object is stored compressed, and unpacked for each key unless it is made anew before.
  areTrue: (registers, keys) => sql`not exists (
    select 1 from (select ${registers} || '{}' as registers offset 0) unpacked,
      lateral (select unpacked.registers ->> key as register from jsonb_array_elements_text(${JSON.stringify(keys)}::text::jsonb) key) r
    where ${valueOf("r.register")} is distinct from 'true')`,

  names: NAMES,

  texts: TEXTS,

  includes: (folded, needle) => sql`strpos(${folded}, ${needle}) > 0`,

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

  titleKey: sql.raw(`(case when ${TITLE} ~ '[0-9]' then ${padNumbers(TITLE)} else ${TITLE} end)`),

  contains: (text) => sql`strpos(folded, ${TEXTS.needle(text)}) > 0`,
};
