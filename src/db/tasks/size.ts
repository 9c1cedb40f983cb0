import { type SQL, sql } from "drizzle-orm";
import { MAX_TASK_BYTES, MAX_TASK_FIELDS, SMALL_TASK_BYTES } from "../../domain/task/size.ts";
import type { Dialect } from "../dialect.ts";
import { isSetTag, listKnownFields } from "../registers.ts";

/**
 * Whether a task stays within its limits when `theirs` is merged into `mine`. One that is beyond them already, because it is older
 * than the limits or because its server holds more, may change but not grow.
 */
export function fits(dialect: Dialect, mine: SQL, theirs: SQL): SQL {
  const [maxFields, maxBytes] = [MAX_TASK_FIELDS, MAX_TASK_BYTES].map((limit) => sql.raw(String(limit)));
  return sql`(${areSmall(dialect, mine, theirs)} or exists (
    select 1 from ${measure(dialect, dialect.merge(mine, theirs))} merged cross join ${measure(dialect, mine)} mine
    where merged.fields <= ${maxFields} and merged.bytes <= ${maxBytes}
      or merged.fields <= mine.fields and merged.bytes <= mine.bytes))`;
}

/** Whether both together are within the limits of a task for certain. Of most tasks nothing more is looked at. */
export function areSmall(dialect: Dialect, mine: SQL, theirs: SQL): SQL {
  return sql`(${dialect.size(mine)} + ${dialect.size(theirs)} <= ${sql.raw(String(SMALL_TASK_BYTES))})`;
}

/** The same as `measureTask` in the domain. */
function measure(dialect: Dialect, registers: SQL): SQL {
  const [key, value] = [dialect.quote(sql.raw("m.key")), dialect.quote(sql.raw("m.value"))];
  return sql`(
    select count(*) as fields,
      coalesce(sum(octet_length(${key}) + octet_length(${value}) + case when ${isSetTag("m")} then 3 else 2 end), 0) as bytes
    from ${dialect.members(registers)} m where m.key not in (${listKnownFields()}))`;
}
