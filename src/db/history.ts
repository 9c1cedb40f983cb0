import { and, desc, eq, isNull, notExists, sql } from "drizzle-orm";
import type { HistoryEntry, UndoableEntry } from "../domain/store.ts";
import type { Engine } from "./engine.ts";

/** The newest entries first, of one task or of all. */
export async function readHistory(
  engine: Engine,
  user: string,
  filter: { readonly id?: string; readonly limit?: number },
): Promise<HistoryEntry[]> {
  const { history } = engine.tables;
  const statement = engine.db
    .select(entryColumns(engine.tables))
    .from(history)
    .where(and(eq(history.userId, user), filter.id === undefined ? undefined : eq(history.id, filter.id)))
    .orderBy(desc(history.clock), history.id);
  return engine.read(filter.limit === undefined ? statement : statement.limit(filter.limit));
}

/** The entries of the newest change that is not an undo and was not undone. */
export async function readLastChange(engine: Engine, user: string): Promise<UndoableEntry[]> {
  const { history, tasks } = engine.tables;
  const undo = engine.db
    .select({ found: sql`1` })
    .from(sql`${history} undo`)
    .where(sql`undo.user_id = ${user} and undo.undoes = ${history.clock}`);
  const newest = engine.db
    .select({ clock: history.clock })
    .from(history)
    .where(and(eq(history.userId, user), isNull(history.undoes), notExists(undo)))
    .orderBy(desc(history.clock))
    .limit(1);
  const current = engine.dialect.pick(sql`${tasks.registers}`, sql`${history.after}`);
  return engine.read(
    engine.db
      .select({
        ...entryColumns(engine.tables),
        current: sql`${current}`.mapWith(tasks.registers),
        revision: tasks.revision,
      })
      .from(history)
      .innerJoin(tasks, and(eq(tasks.userId, history.userId), eq(tasks.id, history.id)))
      .where(and(eq(history.userId, user), eq(history.clock, newest)))
      .orderBy(history.id),
  );
}

function entryColumns({ history }: Engine["tables"]) {
  return {
    clock: history.clock,
    at: history.at,
    command: history.command,
    id: history.id,
    before: history.before,
    after: history.after,
    undoes: history.undoes,
  };
}
