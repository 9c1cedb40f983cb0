import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { TICK_DIGITS } from "../../domain/task/clock.ts";
import { TAG_PREFIX, type Registers } from "../../domain/task/registers.ts";
import { FOLD_SEPARATOR, foldName, foldText } from "../../domain/task/text.ts";
import type { Dialect, Names } from "../dialect.ts";
import { isSetTag } from "../registers.ts";
import { FOLD_NAME, FOLD_REGISTERS, FOLD_TASK, FOLD_TEXT, INCLUDES, PAD_NUMBERS, UPDATED_TIME } from "./functions.ts";
import { dueKeyOf, textOf, VALUE_START } from "./text-of.ts";

/** JSON of so many bytes has at most 30 fields. */
const FEW_FIELDS_BYTES = sql.raw("1000");

const START_OF_VALUE = sql.raw(String(VALUE_START));
const HEX = sql.raw(`'%0${TICK_DIGITS}x'`);

/** To look for more at each place of a text takes longer than to call a function for the text. */
const MAX_CHEAP_CHARACTERS = 32;

/**
 * A process of an older version changes a task and not what is folded of it, or folds less and notes the revision as it is. So the
 * revision is noted with a minus, of which it takes no notice.
 */
const FOLDED = `(case when folded_at = -revision then folded else ${FOLD_TASK}(title, description) end)`;

/** The folded title. To call a function of JavaScript for the few that have a number is faster than for all. */
const TITLE = `substr(${FOLDED}, 1, instr(${FOLDED}, '${FOLD_SEPARATOR}') - 1)`;

/** SQLite's own function knows ASCII alone, but a call of JavaScript takes a microsecond, and most names have nothing else. */
const NAMES: Names = {
  fold: (column) =>
    sql.raw(`(case when ${column} glob '*[^ -~]*' then ${FOLD_NAME}(${column}) else lower(${column}) end)`),
  needle: (name) => sql`${readName(name)}`,
};

const WEIGHT = sql.raw("octet_length(registers)");

export const sqliteDialect: Dialect = {
  now: sql`cast(unixepoch('subsec') * 1000 as integer)`,

  json: (text) => sql`${text}`,

  changes: (json) => sql`(
    select key as ord, value ->> 'id' as id, value ->> 'handle' as handle, value -> 'fields' as fields,
      value ->> 'at' as at, value -> 'registers' as registers
    from json_each(${json}))`,

  strings: (json) => sql`json_each(${json})`,

  tasksBy: (index) => sql.raw(`tasks indexed by ${index}`),

  // SQLite keeps what it has parsed last. In a path, a key is written as in JSON.
  areTrue: (registers, keys) => {
    const paths = keys.map((key) => `$.${JSON.stringify(key)}`);
    const each = paths.map((path) => sql`substr(${registers} ->> ${path}, ${START_OF_VALUE}) is 'true'`);
    return sql`(${sql.join(each, sql` and `)})`;
  },

  names: NAMES,

  foldText: (text) => sql.raw(`${FOLD_TEXT}(${text})`),

  folded: {
    both: sql.raw(FOLDED),
    title: sql.raw(TITLE),
    description: sql.raw(`substr(${FOLDED}, instr(${FOLDED}, '${FOLD_SEPARATOR}') + 1)`),
  },

  includes: (folded, text) => {
    const needle = foldText(text);
    if (needle.length > MAX_CHEAP_CHARACTERS) return sql`${sql.raw(INCLUDES)}(${folded}, ${needle})`;
    return sql`instr(${folded}, ${needle}) > 0`;
  },

  textOf,

  updatedTime: sql.raw(`${UPDATED_TIME}(tasks.registers)`),

  mayBegin: (column, text) => sql`${sql.raw(column)} like ${`${toPattern(text)}%`}`,

  // To look at the text spares nearly all of the time for the tasks that have no such key.
  isTagged: (tag) => sql`(tasks.registers like ${`%"${toPattern(TAG_PREFIX + tag)}":%`} and exists (
    select 1 from json_each(tasks.registers) m where ${isSetTag("m")} and ${NAMES.fold("m.key")} = ${NAMES.needle(TAG_PREFIX + tag)}))`,

  members: (object) => sql`json_each(${object})`,

  hex: (tick) => sql`printf(${HEX}, ${tick})`,

  put: (object, key, text) => sql`json_set(${object}, ${sql.raw(`'$.${key}'`)}, ${text})`,

  stamp: (fields, clock) => sql`(select json_group_object(key, ${clock} || value) from json_each(${fields}))`,

  group: (key, value) => sql`json_group_object(${key}, ${value})`,

  pick: (registers, fields) => sql`(
    select json_group_object(r.key, r.value) from json_each(${fields}) f join json_each(${registers}) r on r.key = f.key)`,

  merge: (one, other) => sql`(
    select json_group_object(key, larger) from (
      select key, max(value) as larger from (
        select key, value from json_each(${one}) union all select key, value from json_each(${other}))
      group by key))`,

  // The first way ends at the first difference and is faster for few fields, but reads all of one for each of the other.
  differs: (one, other) => sql`case when octet_length(${other}) <= ${FEW_FIELDS_BYTES} then exists (
      select 1 from json_each(${other}) theirs
      where theirs.value > coalesce((select value from json_each(${one}) ours where ours.key = theirs.key), ''))
    else exists (
      select 1 from (
        select key, value as theirs, '' as mine from json_each(${other}) union all select key, '', value from json_each(${one}))
      group by key having max(theirs) > max(mine)) end`,

  size: (object) => sql`octet_length(${object})`,

  // Nothing is compressed here, so the weight is exact.
  weight: WEIGHT,

  exactWeight: WEIGHT,

  asRegisters: (number) => sql`${number}`,

  quote: (text) => sql`json_quote(${text})`,

  decode: (value) => JSON.parse(value as string) as Registers,

  storedSize: (column) => sql.raw(`octet_length(${column})`),

  folding: {
    columns: sql`folded, folded_at`,
    insert: (change, revision) =>
      sql`${sql.raw(FOLD_REGISTERS)}(${change} ->> 'title', ${change} ->> 'description'), -(${revision})`,
    update: (mine, theirs) => sql`
      folded = case
        when tasks.folded_at = -tasks.revision and coalesce(${theirs} ->> 'title', ${theirs} ->> 'description') is null
          then tasks.folded
        else ${sql.raw(FOLD_REGISTERS)}(${larger("title", mine, theirs)}, ${larger("description", mine, theirs)}) end,
      folded_at = -excluded.revision`,
  },

  // The column is computed from the registers of each row. An index of the date has all that this asks.
  dueKey: sql.raw(dueKeyOf("due_date")),

  titleKey: sql.raw(`(case when ${TITLE} glob '*[0-9]*' then ${PAD_NUMBERS}(${TITLE}) else ${TITLE} end)`),
};

function readName(name: string): string {
  return foldName(name.normalize("NFC"));
}

/**
 * A pattern that fits every text which folds to this one, and others. `like` knows the case of ASCII alone. So anything may stand for
 * other letters, for k and i̇, to which letters beyond ASCII fold too, and for what a pattern or JSON writes in another way.
 */
function toPattern(text: string): string {
  return readName(text).replaceAll(/(?:i\u0307|[^ -~]|[k%_"\\/])+/g, "%");
}

/** The register of a field as the merge leaves it. */
function larger(field: string, one: SQLWrapper, other: SQLWrapper): SQL {
  const registerOf = (object: SQLWrapper) => sql`coalesce(${object} ->> ${sql.raw(`'${field}'`)}, '')`;
  return sql`max(${registerOf(one)}, ${registerOf(other)})`;
}
