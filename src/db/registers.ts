import { type SQL, sql } from "drizzle-orm";
import { KNOWN_FIELDS } from "../domain/task/fields.ts";
import { PART_PREFIXES, TAG_PREFIX } from "../domain/task/registers.ts";
import { CLOCK_LENGTH, COUNTER_BITS } from "../domain/task/clock.ts";

// Where the parts of registers and clocks stand, in both databases. What is taken is text and not a template: that of a module is made
// at the start of every command, and each takes 10 µs.

/** The number of a clock's characters. */
export const LENGTH_OF_CLOCK = sql.raw(String(CLOCK_LENGTH));

/** Factor from milliseconds (Unix) to ticks, as `firstTick` uses it in the domain. */
export const TICKS_OF_MILLI = sql.raw(String(2 ** COUNTER_BITS));

/** The clock of a register. */
export function clockOf(register: string): SQL {
  return sql.raw(`substr(${register}, 1, ${CLOCK_LENGTH})`);
}

/** The value of a register as JSON text. */
export function valueOf(register: string): SQL {
  return sql.raw(`substr(${register}, ${CLOCK_LENGTH + 1})`);
}

/** The first sign of the value of a register, which says of what type it is. */
export function startOfValue(register: string): SQL {
  return sql.raw(`substr(${register}, ${CLOCK_LENGTH + 1}, 1)`);
}

/** The millisecond (Unix) of a tick. */
export function millisOfTick(tick: string): SQL {
  return sql.raw(`${tick} >> ${COUNTER_BITS}`);
}

/** The fields that this version knows, as a list of texts. */
export function listKnownFields(): SQL {
  return sql.raw([...KNOWN_FIELDS].map((field) => `'${field}'`).join(", "));
}

/** Whether a member of registers, a row of `key` and `value`, is a tag that the task has. */
export function isSetTag(member: string): SQL {
  return sql`${begins(member, TAG_PREFIX)} and ${valueOf(`${member}.value`)} = 'true'`;
}

/** Whether a member of registers is a note, a dependency or another field of which a task has any number, but for tags. */
export function isPart(member: string): SQL {
  const parts = PART_PREFIXES.map((prefix) => begins(member, prefix));
  return sql`(${sql.join(parts, sql` or `)})`;
}

/** Whether the key of a member of registers begins so. */
export function begins(member: string, prefix: string): SQL {
  return sql.raw(`substr(${member}.key, 1, ${prefix.length}) = '${prefix}'`);
}
