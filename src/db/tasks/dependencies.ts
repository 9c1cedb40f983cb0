import { sql } from "drizzle-orm";
import { DEPENDENCY_PREFIX } from "../../domain/task/registers.ts";
import type { Engine } from "../engine.ts";
import { LINKED } from "./index-ranges.ts";
import { chooseRead, compileSource } from "./plan-read.ts";
import { begins, valueOf } from "../registers.ts";

const START_OF_ID = sql.raw(String(DEPENDENCY_PREFIX.length + 1));

/**
 * The open tasks that wait for other open tasks, each with the ids of these. Each end is looked up by its key: PostgreSQL turns an
 * `exists` into a join, which compares all with all while nobody has counted the tasks.
 */
export async function readOpenDependencies(engine: Engine, user: string): Promise<Map<string, string[]>> {
  const { dialect } = engine;
  const end = sql`substr(m.key, ${START_OF_ID})`;
  const read = await chooseRead(engine, user, LINKED);
  const edges = await read(
    user,
    sql<{ id: string; waits_for: string }>`
    select tasks.id, ${end} as waits_for
    from ${compileSource(engine, LINKED)} join ${dialect.members(sql`tasks.registers`)} m
      on ${begins("m", DEPENDENCY_PREFIX)} and ${valueOf("m.value")} = 'true'
    where tasks.user_id = ${user} and ${LINKED.rows} and tasks.deleted_at is null and tasks.completed_at is null
      and (select ends.deleted_at is null and ends.completed_at is null from tasks ends
        where ends.user_id = ${user} and ends.id = ${end})
    order by tasks.id, m.key`,
  );
  const dependencies = new Map<string, string[]>();
  for (const { id, waits_for: waitsFor } of edges) {
    const ends = dependencies.get(id);
    if (ends) ends.push(waitsFor);
    else dependencies.set(id, [waitsFor]);
  }
  return dependencies;
}
