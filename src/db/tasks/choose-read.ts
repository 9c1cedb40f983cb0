import { sql } from "drizzle-orm";
import type { Condition, TaskQuery } from "../../domain/query/query.ts";
import type { Engine, Read } from "../engine.ts";
import { MAX_READ_TASKS } from "../scans.ts";
import { compileConditions, compileSource, findIndexed, isRangeOfIndex } from "./conditions.ts";

/** What a write asks for before it knows what to do. */
const ASKED_BY_WRITES: ReadonlySet<Condition["kind"]> = new Set(["child_of", "linked", "record_of", "root"]);

/** How a page is read. A search of a user who has too many of them is refused, what a write needs is not. */
export async function chooseRead(engine: Engine, user: string, query: TaskQuery): Promise<Read> {
  if (isRangeOfIndex(query) || (await isFew(engine, user, query))) return engine.read;
  const isForWrite = !query.isSearch && query.where.some(({ kind }) => ASKED_BY_WRITES.has(kind));
  return isForWrite ? engine.scanLarge : engine.scan;
}

/** Whether a partial index finds so few tasks that no other process need look at them. */
async function isFew(engine: Engine, user: string, query: TaskQuery): Promise<boolean> {
  const indexed = findIndexed(query);
  if (indexed === undefined || engine.read === engine.scan) return false;
  const { dialect } = engine;
  const [condition] = compileConditions(dialect, [indexed]);
  const found = await engine.read(
    user,
    sql<{ found: number }>`
    select 1 as found from ${compileSource(dialect, { where: [indexed] })} where user_id = ${user} and ${condition} limit ${MAX_READ_TASKS + 1}`,
  );
  return found.length <= MAX_READ_TASKS;
}
