import { codeOf } from "../../domain/errors.ts";
import { CLOCK_LENGTH } from "../../domain/task/clock.ts";
import type { StoreMeasures } from "../../ports/store.ts";
import type { RawDatabase } from "./raw.ts";

/** The problems of a database, from SQLite's own check and from traces of incomplete writes. */
export function checkFile(raw: RawDatabase): string[] {
  const checks = [checkIntegrity, listMissingTables, countBrokenRegisters];
  return [...new Set(checks.flatMap((check) => findProblems(raw, check)))];
}

/** A damage can end the check that looks for it, such as registers from which an index can't be computed. */
function findProblems(raw: RawDatabase, check: (raw: RawDatabase) => string[]): string[] {
  try {
    return check(raw);
  } catch (error) {
    if (error instanceof Error && /^SQLITE_(CORRUPT|ERROR)/.test(codeOf(error) ?? "")) return [error.message];
    throw error;
  }
}

/** Sizes, and counts of a user, for `todo info`. */
export function measureFile(raw: RawDatabase, user: string, node: string): StoreMeasures {
  const counts = raw
    .query<Omit<StoreMeasures, "node">>(
      `select
         (select page_count * page_size from pragma_page_count, pragma_page_size) as bytes,
         (select max(name) from migrations) as schema,
         count(*) filter (where user_id = ?1 and deleted_at is null and completed_at is null) as pending,
         count(*) filter (where user_id = ?1 and deleted_at is null and completed_at is not null) as completed,
         count(*) filter (where user_id = ?1 and deleted_at is null and completed_at is not null
           and substr(registers ->> '$.cancelled', ${CLOCK_LENGTH + 1}) = 'true') as cancelled,
         count(*) filter (where user_id = ?1 and deleted_at is not null) as deleted,
         (select count(distinct clock) from history where user_id = ?1) as changes,
         count(*) filter (where user_id <> ?1 and deleted_at is null) as others
       from tasks`,
    )
    .get(user);
  return {
    ...(counts ?? { bytes: 0, schema: "", pending: 0, completed: 0, cancelled: 0, deleted: 0, changes: 0, others: 0 }),
    node,
  };
}

function checkIntegrity(raw: RawDatabase): string[] {
  return raw
    .query<{ integrity_check: string }>("pragma integrity_check")
    .all()
    .map((row) => row.integrity_check)
    .filter((line) => line !== "ok");
}

function listMissingTables(raw: RawDatabase): string[] {
  const there = raw.query<{ name: string }>("select name from sqlite_schema").all();
  return ["users", "tasks", "history", "replica", "tasks_open", "tasks_handle", "tasks_revision", "tasks_created"]
    .filter((name) => !there.some((entry) => entry.name === name))
    .map((name) => `${name} is missing`);
}

function countBrokenRegisters(raw: RawDatabase): string[] {
  const row = raw
    .query<{ broken: number }>("select count(*) as broken from tasks where not json_valid(registers)")
    .get();
  return row && row.broken > 0 ? [`${row.broken} tasks have unreadable registers`] : [];
}
