import { type SQL, sql } from "drizzle-orm";
import type { Task } from "../../domain/task/task.ts";
import type { Dialect } from "../dialect.ts";
import type { Engine } from "../engine.ts";
import { clockOf, isPart, isSetTag, listKnownFields } from "../registers.ts";
import { MAX_READ_BYTES } from "../scans.ts";
import { decodeTask, type TaskRow } from "./rows.ts";

/** A task of so many bytes is read as it is: to pick from it would take longer. */
const MAX_WHOLE_BYTES = sql.raw("4096");

/** A row of a task. If its registers are long, about how many bytes they have stands in their place. */
export type LightRow = TaskRow;

/** The columns of such a row. They are as many as those of a whole one, because each column of a row takes time. */
export function lightColumns(dialect: Dialect): SQL<LightRow> {
  return sql<LightRow>`id, handle, revision, ${lightRegisters(dialect)} as registers`;
}

/**
 * The registers, or about how many bytes they have if that is much. What looks short may be long, and is measured because it is
 * about to be read.
 */
export function lightRegisters({ weight, exactWeight, asRegisters }: Dialect): SQL {
  const measured = weight === exactWeight ? [weight] : [weight, exactWeight];
  const cases = measured.map((bytes) => sql`when ${bytes} > ${MAX_WHOLE_BYTES} then ${asRegisters(bytes)}`);
  return sql`case ${sql.join(cases, sql` `)} else registers end`;
}

/** The bytes of a row that is long, or 0: as many short ones as a page can have are few bytes. */
export function weigh({ registers }: { readonly registers: unknown }): number {
  return typeof registers === "number" ? registers : 0;
}

/** The tasks in the rows. Of long ones only what a task shows is read. One that is gone since is left out. */
export async function decodeLightRows(engine: Engine, user: string, rows: readonly LightRow[]): Promise<Task[]> {
  const { dialect } = engine;
  const long = rows.filter((row) => weigh(row) > 0);
  if (long.length === 0) return rows.map((row) => decodeTask(dialect, row));
  const shown = new Map((await readShown(engine, user, long)).map((row) => [row.id, row]));
  return rows.flatMap((row) => {
    const whole = weigh(row) === 0 ? row : shown.get(row.id);
    return whole ? [decodeTask(dialect, whole)] : [];
  });
}

function readShown(engine: Engine, user: string, long: readonly LightRow[]): Promise<TaskRow[]> {
  const bytes = long.reduce((sum, row) => sum + weigh(row), 0);
  const read = bytes > MAX_READ_BYTES ? engine.scanLarge : engine.read;
  const ids = long.map(({ id }) => id);
  return read(user, selectShown(engine.dialect, user, ids));
}

/**
 * What `readTask` looks at: the known fields, the tags that are set, notes and other parts, and the latest clock of all, under a name of
 * its own.
 */
function selectShown(dialect: Dialect, user: string, ids: readonly string[]): SQL<TaskRow> {
  const registers = dialect.members(sql`tasks.registers`);
  return sql<TaskRow>`
    select id, handle, revision, (
      select ${dialect.group(sql`key`, sql`value`)} from (
        select m.key as key, m.value as value from ${registers} m
        where m.key in (${listKnownFields()}) or ${isSetTag("m")} or ${isPart("m")}
        union all select '', max(${clockOf("m.value")}) from ${registers} m) shown) as registers
    from tasks where user_id = ${user} and id in (select wanted.value from ${dialect.strings(JSON.stringify(ids))} wanted)`;
}
